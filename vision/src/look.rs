//! One look at a frame: all that is asked about it.

use crate::frame::Frame;
use crate::report::{Expectation, Report};

/// Looks at a frame. What is not expected takes no time.
pub fn look(frame: &Frame, _: &Expectation) -> Report {
    let luma = frame.luma();
    let sum: u64 = luma.pixels().iter().map(|&value| u64::from(value)).sum();
    Report {
        width: frame.width() as u32,
        height: frame.height() as u32,
        brightness: sum as f32 / luma.pixels().len() as f32,
        ..Report::default()
    }
}
