//! Made-up documents before a made-up camera, with the exact truth of each picture: what the readers of
//! `vestibule-vision` learn from, are set by, and are measured with. No picture of a real person or a real
//! document is needed, and none is here.
//!
//! ```no_run
//! use vestibule_vision_bench::{Conditions, Kind, Seeds, Studio};
//! let studio = Studio::open()?;
//! let shot = studio.shot(Seeds::Tuning.seed(7), &Conditions::usual().of(&[Kind::Passport]));
//! let frame = shot.picture.frame();
//! let truth = shot.truth.expect("a passport");
//! # Ok::<(), vestibule_vision_bench::fonts::FontMissing>(())
//! ```

pub mod aamva;
pub mod arguments;
pub mod asked;
pub mod camera;
pub mod canvas;
pub mod conditions;
pub mod document;
pub mod film;
pub mod fonts;
mod noise;
pub mod pdf417;
pub mod person;
pub mod portrait;
pub mod pose;
pub mod random;
pub mod scene;
pub mod score;
mod seeds;
pub mod shot;
pub mod surely;
pub mod zone;

pub use self::canvas::{Canvas, Picture};
pub use self::conditions::Conditions;
pub use self::document::{Document, Kind};
pub use self::seeds::Seeds;
pub use self::shot::{Shot, Studio, Truth};
