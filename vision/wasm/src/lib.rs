//! What the browser's worker asks of vision. A module of its own, loaded when a camera is near.

mod eye;
mod wanted;

pub use eye::{Eye, differs};
