//! What a camera frame shows, and what a document says. Pure, and total: whatever was seen or read, it is
//! understood or refused, nothing panics, and no search is without bounds. Made for servers and for
//! browsers: no dependencies, and no clock; where the day matters it is an argument.
//!
//! **Invariant:** what is read is personal, so `Debug` of a reading shows how well it was read and
//! nothing that stands in it.

pub mod aamva;
mod angle;
mod convolution;
pub mod country;
pub mod day;
pub mod face;
pub mod frame;
pub mod geometry;
pub mod guide;
pub mod lie;
pub mod look;
pub mod mrz;
pub mod outline;
pub mod pdf417;
pub mod quality;
mod rank;
pub mod reading;
pub mod rectify;
pub mod report;
pub mod spelling;

/// What a document says of its holder's sex.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
    /// Left open by the document.
    Unspecified,
}
