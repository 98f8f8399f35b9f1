//! What is found in a frame as surely as it has to be.

use vestibule_vision::frame::Frame;
use vestibule_vision::outline::find;
use vestibule_vision::report::{Outline, Subject};

/// From this confidence on an outline is acted on: see `vestibule_vision::look`.
pub const ACTED_ON: f32 = 0.5;

/// The document in a frame, where it is at least so sure.
pub fn outline(frame: &Frame, subject: Subject, least: f32) -> Option<Outline> {
    find(frame, subject).outline().filter(|outline| outline.confidence >= least)
}
