//! Frames of a camera, looked at for everything.

#![no_main]

use libfuzzer_sys::fuzz_target;
use vestibule_vision::frame::Frame;
use vestibule_vision::look::look;
use vestibule_vision::report::{Expectation, Side, Subject};
use vestibule_vision_fuzz::Input;

fuzz_target!(|bytes: &[u8]| {
    let Some(Input { plane, place }) = Input::of(bytes) else { return };
    let rgba: Vec<u8> = plane.pixels().iter().flat_map(|&value| [value, value ^ 7, value, 255]).collect();
    let frame = Frame::new(plane.width(), plane.height(), &rgba).expect("as many bytes as it says");
    let subject = match place.0[0].x.to_bits() % 4 {
        0 => Subject::Card(Side::Front),
        1 => Subject::Card(Side::Back),
        2 => Subject::Passport,
        _ => Subject::Face,
    };
    let report = look(&frame, &Expectation { subject, zone: true, barcode: true });
    assert!(report.outline.is_none_or(|outline| outline.corners.is_convex()));
});
