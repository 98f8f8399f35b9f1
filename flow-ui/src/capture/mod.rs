//! The camera and the pictures that come from it.
