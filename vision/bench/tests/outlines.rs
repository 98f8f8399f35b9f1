//! Documents are found where they lie, and it is told which way; empty frames are empty.

use vestibule_vision::frame::Frame;
use vestibule_vision::geometry::Quad;
use vestibule_vision::outline::{Found, find};
use vestibule_vision::report::Subject;
use vestibule_vision::{lie, look};
use vestibule_vision_bench::score::farthest;
use vestibule_vision_bench::{Conditions, Seeds, Studio};

/// How far the farthest corner is off, as a share of the document's length.
fn off(found: &Quad, truth: &Quad) -> f32 {
    let length = truth.sides().into_iter().fold(0.0, f32::max);
    farthest(found, truth) / length
}

#[test]
fn most_documents_are_found_and_the_sure_ones_are_right() {
    let studio = Studio::open().expect("the fonts are there");
    let conditions = Conditions::good().sized(640, 360);
    let mut offs = Vec::new();
    for index in 0..40 {
        let shot = studio.shot(Seeds::Tuning.seed(500 + index), &conditions);
        let truth = shot.truth.expect("a document");
        let frame = shot.picture.frame();
        let outline = find(&frame, truth.kind.subject()).outline().filter(|outline| outline.confidence > 0.8);
        offs.extend(outline.map(|outline| off(&outline.corners, &truth.corners)));
        assert_eq!(find(&frame, Subject::Face), Found::Nothing, "a face has no outline");
    }
    assert!(offs.len() >= 36, "{} of 40", offs.len());
    // The fold of one passport is fainter than its heading.
    offs.sort_by(f32::total_cmp);
    assert!(offs[offs.len() - 2] < 0.005 && offs[offs.len() - 1] < 0.025, "{offs:?}");
}

#[test]
fn nothing_is_found_where_nothing_lies() {
    let studio = Studio::open().expect("the fonts are there");
    let conditions = Conditions::hard().empty().sized(640, 360);
    for index in 0..8 {
        let shot = studio.shot(Seeds::Tuning.seed(600 + index), &conditions);
        assert_eq!(find(&shot.picture.frame(), Subject::Passport).outline(), None, "seed {index}");
    }
}

#[test]
fn it_is_told_which_way_most_documents_lie() {
    let studio = Studio::open().expect("the fonts are there");
    let conditions = Conditions { turned: true, ..Conditions::good() }.sized(800, 600);
    let mut told = 0;
    for index in 0..12 {
        let shot = studio.shot(Seeds::Tuning.seed(700 + index), &conditions);
        let truth = shot.truth.expect("a document");
        let flat = look::flat(&shot.picture.frame().luma(), &truth.corners).expect("a proper shape");
        let lie = lie::of(&flat);
        assert!(lie.turn.is_none_or(|turn| turn == truth.turn), "seed {index}: {lie:?}, not {}", truth.turn);
        if let (Some(said), Some(side)) = (lie.side, truth.side) {
            assert_eq!(said, side, "seed {index}");
        }
        told += usize::from(lie.turn.is_some());
    }
    assert!(told >= 8, "{told} of 12");
}

/// As a scanner gives it: nothing else is in the picture.
#[test]
fn a_document_that_fills_the_picture_is_seen() {
    let studio = Studio::open().expect("the fonts are there");
    let conditions = Conditions::good().sized(960, 540);
    let blank: Vec<u64> = (0..40)
        .filter(|index| {
            let shot = studio.shot(Seeds::Tuning.seed(800 + index), &conditions);
            let corners = shot.truth.expect("a document").corners.0;
            let most = |of: [f32; 2]| of[0].max(of[1]) as usize + 1;
            let least = |of: [f32; 2]| of[0].min(of[1]) as usize;
            let [a, b, c, d] = corners;
            let (left, right) = (most([a.x, d.x]), least([b.x, c.x]));
            let (top, bottom) = (most([a.y, b.y]), least([c.y, d.y]));
            let frame = shot.picture.frame();
            let pixels: Vec<u8> =
                (top..bottom).flat_map(|y| frame.row(y)[left..right].as_flattened().to_vec()).collect();
            let scan = Frame::new(right - left, bottom - top, &pixels).expect("a picture");
            find(&scan, Subject::Passport) == Found::Nothing
        })
        .collect();
    assert!(blank.is_empty(), "{blank:?}");
}
