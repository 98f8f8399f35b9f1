//! Machine-readable zones of drawn documents: every layout, every direction, with and without corners.

use vestibule_vision::geometry::Quad;
use vestibule_vision::mrz::Layout;
use vestibule_vision::mrz::picture::{Agreement, Reading, read};
use vestibule_vision_bench::{Conditions, Kind, Seeds, Shot, Studio, Truth};

fn studio() -> Studio {
    Studio::open().expect("the fonts are installed")
}

fn shown(conditions: &Conditions, kind: Kind, index: u64) -> (Shot, Truth) {
    let shot = studio().shot(Seeds::Tuning.seed(index), &conditions.clone().of(&[kind]));
    let truth = shot.truth.clone().expect("a document is shown");
    (shot, truth)
}

fn with_corners(shot: &Shot, truth: &Truth) -> Option<Reading> {
    read(&shot.picture.frame().luma(), Some(&truth.corners))
}

#[test]
fn every_layout_is_read_from_a_good_picture() {
    for (at, kind) in Kind::WITH_ZONE.into_iter().enumerate() {
        let (shot, truth) = shown(&Conditions::good(), kind, 40 + at as u64);
        let reading = with_corners(&shot, &truth).expect("it has a zone");
        assert_eq!(Some(reading.text()), truth.zone.as_deref(), "{kind:?}");
        assert_eq!(Some(reading.zone().layout), kind.layout());
        assert!(reading.zone().all_right(), "{reading:?}");
        assert_eq!(reading.confidence().len(), reading.text().replace('\n', "").len());
        assert!(reading.confidence().iter().all(|sure| (0.0..=1.0).contains(sure)));
    }
}

#[test]
fn it_does_not_matter_how_the_document_lies() {
    let turned = Conditions { turned: true, fill: [0.9, 0.95], ..Conditions::good() };
    let mut seen = [false; 4];
    for index in 0..12 {
        let (shot, truth) = shown(&turned, Kind::LargeCard, index);
        if std::mem::replace(&mut seen[usize::from(truth.turn)], true) {
            continue;
        }
        let reading = with_corners(&shot, &truth).expect("it has a zone");
        assert_eq!(Some(reading.text()), truth.zone.as_deref(), "turned by {}", truth.turn);
        assert_eq!(reading.turn(), truth.turn);
    }
    assert_eq!(seen, [true; 4], "each of them was drawn");
}

#[test]
fn a_zone_is_read_that_leans_and_one_beside_which_more_is_like_print() {
    let usual = Conditions::usual().of(&Kind::WITH_ZONE);
    for (index, why) in [(1280, "it leans by 20 degrees"), (1091, "it lies on what is like print")] {
        let shot = studio().shot(Seeds::Tuning.seed(index), &usual);
        let truth = shot.truth.as_ref().expect("a document is shown");
        let reading = with_corners(&shot, truth).expect(why);
        assert_eq!(Some(reading.text()), truth.zone.as_deref(), "{why}");
    }
}

#[test]
fn frames_do_not_agree_on_what_is_left_of_letters_that_a_lamp_outshines() {
    // In each of them an O is left that is like a C, in a name, which no check digit counts.
    let usual = Conditions::usual().of(&Kind::WITH_ZONE);
    let mut agreement = Agreement::new();
    let studio = studio();
    for take in 0..6 {
        let shot = studio.take(Seeds::Tuning.seed(4113), take, &usual);
        let truth = shot.truth.as_ref().expect("a document is shown");
        assert!(truth.zone_covered > 0);
        let agreed = with_corners(&shot, truth).and_then(|reading| agreement.add(reading));
        assert!(agreed.is_none_or(|agreed| Some(agreed.text()) == truth.zone.as_deref()), "frame {take}");
    }
}

#[test]
fn a_zone_is_found_without_the_corners_of_its_document() {
    let (shot, truth) = shown(&Conditions::good(), Kind::Passport, 3);
    let reading = read(&shot.picture.frame().luma(), None).expect("it has a zone");
    assert_eq!(Some(reading.text()), truth.zone.as_deref());
    assert_eq!(reading.turn(), 0);
}

#[test]
fn two_frames_of_a_document_agree() {
    let conditions = Conditions::good().of(&[Kind::CardBackZone]);
    let mut agreement = Agreement::new();
    let mut frames = (0..2).map(|take| studio().take(Seeds::Tuning.seed(5), take, &conditions));
    let agreed = frames.find_map(|shot| {
        let truth = shot.truth.clone()?;
        let agreed = agreement.add(with_corners(&shot, &truth)?)?;
        Some((agreed, truth))
    });
    let (agreed, truth) = agreed.expect("two good pictures are enough");
    assert_eq!(Some(agreed.text()), truth.zone.as_deref());
    assert_eq!(agreed.zone().layout, Layout::Td1);
}

#[test]
fn what_has_no_zone_is_not_made_to_have_one() {
    for kind in [Kind::CardFront, Kind::CardBackPlain, Kind::CardBackBarcode] {
        let (shot, truth) = shown(&Conditions::usual(), kind, 60);
        assert!(with_corners(&shot, &truth).is_none(), "{kind:?}");
        assert!(read(&shot.picture.frame().luma(), None).is_none(), "{kind:?}");
    }
    let scene = studio().shot(Seeds::Tuning.seed(61), &Conditions::hard().empty());
    let plane = scene.picture.frame().luma();
    assert!(read(&plane, None).is_none());
    assert!(read(&plane, Some(&Quad::rectangle(100.0, 50.0, 1100.0, 700.0))).is_none());
}

#[test]
fn a_large_still_picture_is_read_too() {
    let large = Conditions::good().sized(3264, 2448);
    let (shot, truth) = shown(&large, Kind::Passport, 8);
    assert_eq!(with_corners(&shot, &truth).map(|reading| reading.text().to_owned()), truth.zone);
}
