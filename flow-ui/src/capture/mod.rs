//! The camera and the pictures that come from it.
//!
//! - [`viewport`]: geometry, pure: where the guide stands, and which pixels of the video it shows;
//! - [`camera`]: a camera that is on, until it is dropped;
//! - [`failure`]: why a camera could not be had, pure but for one question to the browser;
//! - [`lens`]: which of a phone's lenses is the one for documents, pure;
//! - [`picture`]: a photograph, from the video or from a file;
//! - [`sight`]: what a worker sees in the frames, and reads there;
//! - [`wake`]: the screen stays lit meanwhile.

pub mod camera;
pub mod failure;
mod first_picture;
pub(crate) mod js;
mod lens;
pub mod picture;
pub mod sight;
mod stream;
pub mod viewport;
pub mod wake;
