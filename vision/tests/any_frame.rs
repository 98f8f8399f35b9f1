//! Whatever comes from a camera, a look at it ends, and says nothing strange.

use proptest::prelude::*;
use vestibule_vision::frame::{Frame, Plane};
use vestibule_vision::look::look;
use vestibule_vision::quality;
use vestibule_vision::report::{Expectation, Report, Side, Subject};

fn subject() -> impl Strategy<Value = Subject> {
    prop_oneof![
        Just(Subject::Card(Side::Front)),
        Just(Subject::Card(Side::Back)),
        Just(Subject::Passport),
        Just(Subject::Face)
    ]
}

/// Rectangles on each other, of any colour: edges, corners, and what may be a document.
fn collage() -> impl Strategy<Value = (usize, usize, Vec<u8>)> {
    let rectangle = (any::<[u8; 4]>(), any::<[u8; 3]>());
    (1usize..320, 1usize..240, proptest::collection::vec(rectangle, 1..6)).prop_map(
        |(width, height, shapes)| {
            let mut rgba = Vec::with_capacity(width * height * 4);
            for at in 0..width * height {
                let (x, y) = (at % width * 256 / width, at / width * 256 / height);
                let within = |[left, top, wide, high]: [u8; 4]| {
                    let (left, top) = (usize::from(left), usize::from(top));
                    (left..left + usize::from(wide)).contains(&x)
                        && (top..top + usize::from(high)).contains(&y)
                };
                let top = shapes.iter().rev().find(|(place, _)| within(*place));
                let [red, green, blue] = top.map_or([120; 3], |(_, colour)| *colour);
                rgba.extend([red, green, blue, 255]);
            }
            (width, height, rgba)
        },
    )
}

fn is_sound(report: &Report) {
    assert!((0.0..=255.0).contains(&report.brightness));
    if let Some(outline) = report.outline {
        assert!(outline.corners.is_convex());
        assert!((0.0..=1.0).contains(&outline.confidence));
    }
    if let Some(quality) = report.quality {
        assert!((0.0..=1.0).contains(&quality.glare));
        assert!((0.0..=255.0).contains(&quality.contrast));
        assert!(quality.edge_width.is_none_or(|width| width > 0.0));
    }
    assert!(report.turn.is_none_or(|turn| turn < 4));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn noise_of_any_size_is_looked_at(
        (width, height, rgba) in (1usize..70, 1usize..70).prop_flat_map(|(width, height)| {
            let bytes = proptest::collection::vec(any::<u8>(), width * height * 4);
            (Just(width), Just(height), bytes)
        }),
        subject in subject(),
    ) {
        let frame = Frame::new(width, height, &rgba).expect("as many bytes as it says");
        is_sound(&look(&frame, &Expectation { subject, zone: true, barcode: true }));
    }

    #[test]
    fn shapes_of_any_kind_are_looked_at((width, height, rgba) in collage(), subject in subject()) {
        let frame = Frame::new(width, height, &rgba).expect("as many bytes as it says");
        is_sound(&look(&frame, &Expectation { subject, zone: true, barcode: true }));
    }

    #[test]
    fn any_plane_is_judged(width in 1usize..90, height in 1usize..90, seed in any::<u32>()) {
        let plane = Plane::of(width, height, |x, y| {
            let mixed = seed.wrapping_mul(x as u32 * 31 + 7).wrapping_add(y as u32 * 101).wrapping_mul(2_654_435_761);
            (mixed >> 24) as u8
        });
        let judged = quality::assess(&plane);
        prop_assert!((0.0..=1.0).contains(&judged.glare) && judged.contrast >= 0.0);
    }
}

#[test]
fn strips_of_pixels_take_no_longer_than_frames() {
    for (width, height) in [(16_384, 1), (1, 16_384), (16_384, 3)] {
        let rgba: Vec<u8> = (0..width * height * 4).map(|at| (at * 7919 >> 3) as u8).collect();
        let frame = Frame::new(width, height, &rgba).expect("within what is looked at");
        is_sound(&look(&frame, &Expectation { subject: Subject::Passport, zone: true, barcode: true }));
    }
}
