//! Reports → hints, hints → a steady one, frames → the shutter; and all three over random films.

use proptest::prelude::*;

use super::hint::{HINTS, Hint, of, speed};
use super::shutter::{Release, Shutter};
use super::steady::Steady;
use super::*;
use crate::geometry::Point;
use crate::report::{Face, Outline, Quality, Side, Subject};

const FRONT: Expectation = Expectation { subject: Subject::Card(Side::Front), zone: false, barcode: false };
const BACK: Expectation = Expectation { subject: Subject::Card(Side::Back), zone: false, barcode: true };
const PASSPORT: Expectation = Expectation { subject: Subject::Passport, zone: true, barcode: false };
const FACE: Expectation = Expectation { subject: Subject::Face, zone: false, barcode: false };

/// A card that fills so much of a frame of 1000 × 700, in its middle.
fn card(fill: f32) -> Report {
    let (width, height) = (1_000.0 * fill, 1_000.0 * fill * 54.0 / 85.6);
    let (left, top) = ((1_000.0 - width) / 2.0, (700.0 - height) / 2.0);
    Report {
        width: 1_000,
        height: 700,
        brightness: 120.0,
        outline: Some(Outline {
            corners: Quad::rectangle(left, top, left + width, top + height),
            confidence: 0.95,
            cut: false,
        }),
        quality: Some(Quality { edge_width: Some(3.5), glare: 0.0, brightness: 150.0, contrast: 140.0 }),
        ..Report::default()
    }
}

fn good() -> Report {
    card(0.8)
}

/// A good card but for this.
fn but(change: impl FnOnce(&mut Report, &mut Outline, &mut Quality)) -> Report {
    let mut report = good();
    let (mut outline, mut quality) = (report.outline.unwrap(), report.quality.unwrap());
    change(&mut report, &mut outline, &mut quality);
    Report { outline: Some(outline), quality: Some(quality), ..report }
}

fn nothing() -> Report {
    Report { width: 1_000, height: 700, brightness: 120.0, ..Report::default() }
}

fn face(x: f32, y: f32, size: f32) -> Report {
    let face = Face { middle: Point::new(x, y), size, brightness: 110.0 };
    Report { faces: vec![face], ..nothing() }
}

fn at_rest(report: &Report, expectation: &Expectation) -> Hint {
    of(report, expectation, Some(0.0))
}

#[test]
fn every_fault_has_its_hint() {
    let leaning = |outline: &mut Outline| {
        outline.corners.0[0].x += 130.0;
        outline.corners.0[1].x -= 130.0;
    };
    for (report, expected) in [
        (good(), Hint::Good),
        (nothing(), Hint::Seek),
        (Report { brightness: 20.0, ..nothing() }, Hint::MoreLight),
        (but(|_, outline, _| outline.confidence = 0.3), Hint::Seek),
        (but(|_, outline, _| outline.cut = true), Hint::Whole),
        (
            Report { outline: card(0.99).outline.map(|outline| Outline { cut: true, ..outline }), ..good() },
            Hint::Farther,
        ),
        (card(0.5), Hint::Closer),
        (card(0.99), Hint::Farther),
        (but(|report, _, _| report.side = Some(Side::Back)), Hint::TurnOver),
        (but(|report, _, _| report.side = Some(Side::Front)), Hint::Good),
        (but(|_, outline, _| leaning(outline)), Hint::Flat),
        (but(|_, _, quality| quality.brightness = 50.0), Hint::MoreLight),
        (but(|_, _, quality| quality.glare = 0.05), Hint::Glare),
        (but(|_, _, quality| quality.edge_width = Some(12.0)), Hint::Still),
        (but(|_, _, quality| quality.edge_width = None), Hint::Good),
        (Report { quality: None, ..good() }, Hint::Still),
    ] {
        assert_eq!(at_rest(&report, &FRONT), expected, "{report:?}");
    }
}

#[test]
fn of_several_faults_the_one_to_be_mended_first_is_told() {
    let everything = but(|report, outline, quality| {
        report.side = Some(Side::Back);
        outline.cut = true;
        quality.glare = 0.5;
        quality.edge_width = Some(30.0);
    });
    assert_eq!(at_rest(&everything, &FRONT), Hint::Whole);
    let far_and_blurred =
        Report { quality: but(|_, _, quality| quality.edge_width = Some(30.0)).quality, ..card(0.4) };
    assert_eq!(at_rest(&far_and_blurred, &FRONT), Hint::Closer, "what is near is sharper by itself");
    let blurred_by_glare = but(|_, _, quality| {
        quality.glare = 0.5;
        quality.edge_width = Some(30.0);
    });
    assert_eq!(at_rest(&blurred_by_glare, &FRONT), Hint::Glare);
}

#[test]
fn what_is_fine_depends_on_what_is_to_be_read() {
    assert_eq!(at_rest(&card(0.7), &FRONT), Hint::Good);
    assert_eq!(at_rest(&card(0.7), &BACK), Hint::Closer, "bars are finer than print");
    let soft = but(|_, _, quality| quality.edge_width = Some(5.5));
    assert_eq!(at_rest(&soft, &FRONT), Hint::Good);
    assert_eq!(at_rest(&soft, &PASSPORT), Hint::Still, "a passport is larger, and its print is not");
}

#[test]
fn a_document_that_moves_or_has_just_come_is_not_still() {
    assert_eq!(of(&good(), &FRONT, None), Hint::Still);
    assert_eq!(of(&good(), &FRONT, Some(1.0)), Hint::Still);
    let place = |x: f32| Quad::rectangle(x, 0.0, x + 500.0, 300.0);
    assert_eq!(speed(&place(0.0), &place(5.0), 100), 0.0, "corners waver by so much");
    let crossing = speed(&place(0.0), &place(100.0), 100);
    assert!((1.8..2.0).contains(&crossing), "{crossing} lengths a second");
    assert!(speed(&place(0.0), &place(100.0), 0).is_finite());
}

#[test]
fn a_face_is_guided_to_the_middle() {
    let faces = |sizes: [f32; 2]| Report {
        faces: sizes.map(|size| face(500.0, 350.0, size).faces.remove(0)).to_vec(),
        ..nothing()
    };
    for (report, expected) in [
        (nothing(), Hint::Seek),
        (Report { brightness: 10.0, ..nothing() }, Hint::MoreLight),
        (face(500.0, 350.0, 300.0), Hint::Ready),
        (face(500.0, 350.0, 100.0), Hint::Closer),
        (face(500.0, 350.0, 600.0), Hint::Farther),
        (face(800.0, 350.0, 300.0), Hint::Centre),
        (faces([300.0, 280.0]), Hint::Alone),
        (faces([300.0, 60.0]), Hint::Ready),
    ] {
        assert_eq!(at_rest(&report, &FACE), expected, "{report:?}");
    }
}

#[test]
fn every_hint_has_a_word_and_its_own_number() {
    for (number, hint) in HINTS.into_iter().enumerate() {
        assert_eq!(hint as usize, number);
        let namesakes = HINTS.iter().filter(|other| other.word() == hint.word());
        assert_eq!(namesakes.count(), 1, "{hint:?}");
    }
}

/// The hints that stand, of one frame each 100 ms.
fn shown(hints: &[Hint]) -> Vec<Hint> {
    let mut steady = Steady::new(Hint::Seek, 1_500);
    (0..).step_by(100).zip(hints).map(|(at, hint)| steady.next(*hint, at)).collect()
}

#[test]
fn a_hint_follows_what_frames_say_once_it_has_been_read() {
    let shown = shown(&[Hint::Closer; 40]);
    let changed = shown.iter().position(|hint| *hint == Hint::Closer);
    assert_eq!(changed, Some(15), "after a second and a half");
    assert!(shown[15..].iter().all(|hint| *hint == Hint::Closer));
}

#[test]
fn what_flickers_is_shown_as_one() {
    let flickering: Vec<Hint> = [Hint::Glare, Hint::Still, Hint::Glare].repeat(30);
    let shown = shown(&flickering);
    let changes = shown.windows(2).filter(|pair| pair[0] != pair[1]).count();
    assert_eq!((changes, shown.last()), (1, Some(&Hint::Glare)));
}

#[test]
fn what_was_long_ago_is_forgotten() {
    let mut steady = Steady::new(Hint::Seek, 1_500);
    for at in (0..5_000).step_by(100) {
        steady.next(Hint::Glare, at);
    }
    assert_eq!(steady.next(Hint::Closer, 9_000), Hint::Closer, "nothing was seen for four seconds");
}

/// What a shutter does with frames each 100 ms, each sharper or not.
fn released(frames: &[Option<f32>], reading: bool) -> Vec<Release> {
    let mut shutter = Shutter::default();
    (0..).step_by(100).zip(frames).map(|(at, frame)| shutter.next(*frame, at, reading)).collect()
}

#[test]
fn the_shutter_takes_the_sharpest_of_the_frames_that_held() {
    use Release::{Keep, Pass, Take, TakeThis};
    let frames = [None, Some(1.0), Some(3.0), Some(2.0), Some(2.0), Some(2.0), Some(9.0)];
    assert_eq!(released(&frames, false), [Pass, Keep, Keep, Pass, Pass, Take, Pass]);
    let rising = [Some(1.0), Some(2.0), Some(3.0), Some(4.0), Some(5.0)];
    assert_eq!(released(&rising, false), [Keep, Keep, Keep, Keep, TakeThis]);
}

#[test]
fn one_frame_may_waver_and_two_begin_anew() {
    use Release::{Keep, Pass, Take};
    let one = [Some(1.0), None, Some(1.0), Some(1.0), Some(1.0)];
    assert_eq!(released(&one, false), [Keep, Pass, Pass, Pass, Take]);
    let two = [Some(1.0), None, None, Some(0.5), Some(0.5), Some(0.5)];
    assert_eq!(
        released(&two, false),
        [Keep, Pass, Pass, Keep, Pass, Pass],
        "what was kept before is of another run"
    );
}

#[test]
fn for_a_reading_one_waits_a_moment_and_no_longer() {
    let still = [Some(1.0); 20];
    let taken = |reading| released(&still, reading).iter().position(|release| *release == Release::Take);
    assert_eq!((taken(false), taken(true)), (Some(4), Some(9)));
    assert!(taken(true).unwrap() * 100 < 1_000, "in less than a second");
}

/// Any frame: what is seen, how long after the last, and whether something may still be read.
fn frames() -> impl Strategy<Value = Vec<(Report, u32, bool)>> {
    let report = prop_oneof![
        3 => Just(good()),
        1 => Just(nothing()),
        1 => (0.3f32..1.0).prop_map(card),
        1 => Just(but(|_, _, quality| quality.glare = 0.2)),
        1 => Just(but(|_, _, quality| quality.edge_width = Some(20.0))),
        1 => (-60.0f32..60.0).prop_map(|by| but(|_, outline, _| {
            outline.corners.0.iter_mut().for_each(|corner| corner.x += by);
        })),
    ];
    prop::collection::vec((report, 20u32..600, any::<bool>()), 1..80)
}

proptest! {
    #[test]
    fn whatever_is_seen_the_picture_is_taken_once_and_of_a_document(film in frames()) {
        let (mut guide, mut at, mut kept, mut taken) = (Guide::new(FRONT), 0, None, 0);
        for (report, passed, reading) in film {
            at += passed;
            let release = guide.see(&report, at, reading).release;
            if matches!(release, Release::Keep | Release::TakeThis) {
                prop_assert_eq!(at_rest(&report, &FRONT), Hint::Good);
                kept = Some(at);
            }
            if matches!(release, Release::Take | Release::TakeThis) {
                taken += 1;
                prop_assert!(kept.is_some_and(|kept| at - kept <= 2_500), "of the run that just held");
            }
        }
        prop_assert!(taken <= 1);
    }

    #[test]
    fn whatever_was_before_a_document_at_rest_is_taken_within_a_second(film in frames(), reading: bool, pace in 20u32..150) {
        let (mut guide, mut at, mut taken) = (Guide::new(FRONT), 0, false);
        let takes = |release| matches!(release, Release::Take | Release::TakeThis);
        for (report, passed, reading) in film {
            at += passed;
            taken |= takes(guide.see(&report, at, reading).release);
        }
        let begun = at;
        while !taken && at < begun + 1_200 {
            at += pace;
            taken |= takes(guide.see(&good(), at, reading).release);
        }
        prop_assert!(taken, "at a frame each {} ms", pace);
    }

    #[test]
    fn a_hint_stands_a_second_and_a_half_whatever_is_seen(film in frames()) {
        let (mut guide, mut at, mut stands) = (Guide::new(FRONT), 0, None::<(Hint, u32)>);
        for (report, passed, reading) in film {
            at += passed;
            let hint = guide.see(&report, at, reading).hint;
            match stands {
                Some((shown, since)) if shown != hint => {
                    prop_assert!(at - since >= 1_500);
                    stands = Some((hint, at));
                }
                None => stands = Some((hint, at)),
                Some(_) => {}
            }
        }
    }

    #[test]
    fn without_a_document_nothing_is_ever_taken(paces in prop::collection::vec(10u32..500, 1..200), dark: bool) {
        let (mut guide, mut at) = (Guide::new(PASSPORT), 0);
        let report = Report { brightness: if dark { 5.0 } else { 90.0 }, ..nothing() };
        for pace in paces {
            at += pace;
            let advice = guide.see(&report, at, true);
            prop_assert_eq!(advice.release, Release::Pass);
            prop_assert_eq!(advice.dark, dark);
        }
    }
}

#[test]
fn after_a_while_the_button_is_offered() {
    let mut guide = Guide::new(FRONT);
    assert!(!guide.see(&nothing(), 5_000, false).by_hand, "the clock may have begun long ago");
    assert!(!guide.see(&nothing(), 14_999, false).by_hand);
    assert!(guide.see(&nothing(), 15_000, false).by_hand);
}

#[test]
fn a_face_is_never_taken_by_itself() {
    let mut guide = Guide::new(FACE);
    for at in (0..5_000).step_by(100) {
        assert_eq!(guide.see(&face(500.0, 350.0, 300.0), at, false).release, Release::Pass);
    }
}
