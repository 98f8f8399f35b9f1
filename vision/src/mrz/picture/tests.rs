//! Pictures without zones, any picture at all, and what several readings agree on. Zones that are read are in
//! `vision/bench/tests/zones.rs`, where documents are drawn.

use proptest::prelude::*;

use super::*;

const PASSPORT: &str = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n\
                        L898902C36UTO7408122F1204159ZE184226B<<<<<10";

/// A reading of a text, so sure of each character.
fn reading(text: &str, sure: f32) -> Reading {
    let characters = text.bytes().filter(|byte| *byte != b'\n').count();
    let zone = Zone::read(text).unwrap();
    Reading { text: text.into(), zone, confidence: vec![sure; characters], changed: 0, turn: 0 }
}

fn agreed(readings: &[Reading]) -> Option<String> {
    let mut agreement = Agreement::new();
    readings.iter().fold(None, |_, reading| agreement.add(reading.clone())).map(|agreed| agreed.text().into())
}

#[test]
fn two_frames_that_say_the_same_are_believed() {
    let agreed = agreed(&[reading(PASSPORT, 0.99), reading(PASSPORT, 0.98)]);
    assert_eq!(agreed.as_deref(), Some(PASSPORT));
}

#[test]
fn one_frame_is_not_believed_however_often_it_is_shown() {
    let same = reading(PASSPORT, 0.99);
    assert_eq!(agreed(&[same.clone(), same.clone(), same]), None);
}

#[test]
fn what_no_digit_guards_is_believed_when_two_more_frames_say_it_than_say_else() {
    let other = PASSPORT.replace("ERIKSSON", "ERIKSSQN");
    assert!(Zone::read(&other).unwrap().all_right());
    let (right, wrong) = (reading(PASSPORT, 0.99), reading(&other, 0.99));
    assert_eq!(agreed(&[wrong.clone(), right.clone()]), None);
    assert_eq!(agreed(&[wrong.clone(), right.clone(), reading(PASSPORT, 0.97)]), None, "2 to 1");
    let third = [wrong, right, reading(PASSPORT, 0.97), reading(PASSPORT, 0.96)];
    assert_eq!(agreed(&third).as_deref(), Some(PASSPORT), "3 to 1");
}

#[test]
fn frames_that_are_wrong_in_different_places_are_right_together() {
    let texts = [
        PASSPORT.replace("ERIKSSON", "ERIKSSQN"),
        PASSPORT.replace("L898902C3", "L8989O2C3"),
        PASSPORT.replace("740812", "74O812"),
        PASSPORT.into(),
    ];
    let readings = texts.map(|text| reading(&text, 0.95));
    assert_eq!(agreed(&readings).as_deref(), Some(PASSPORT));
}

#[test]
fn a_zone_with_a_wrong_digit_is_not_believed_however_many_say_it() {
    let wrong = PASSPORT.replace("740812", "740813");
    let readings = [0.99, 0.98, 0.97, 0.96].map(|sure| reading(&wrong, sure));
    assert_eq!(agreed(&readings), None);
}

#[test]
fn frames_that_are_not_sure_do_not_convince_each_other() {
    assert_eq!(agreed(&[reading(PASSPORT, 0.5), reading(PASSPORT, 0.6)]), None);
}

#[test]
fn another_document_does_not_inherit_the_votes_of_the_former() {
    let visa = "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nL8988901C4XXX4009078F9612109<<<<<<<<";
    assert_eq!(agreed(&[reading(PASSPORT, 0.99), reading(visa, 0.99)]), None);
    let then = [reading(PASSPORT, 0.99), reading(visa, 0.99), reading(visa, 0.98)];
    assert_eq!(agreed(&then).as_deref(), Some(visa));
}

#[test]
fn what_is_read_is_not_shown_by_accident() {
    let mut agreement = Agreement::new();
    agreement.add(reading(PASSPORT, 0.99));
    let agreed = agreement.add(reading(PASSPORT, 0.98)).expect("two frames agree");
    let shown = format!("{:?} {agreed:?} {agreement:?}", reading(PASSPORT, 0.99));
    for secret in ["ERIKSSON", "ANNA", "L898902C3", "740812", "ZE184226B"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[test]
fn a_picture_without_print_has_no_zone() {
    let even = Plane::of(640, 360, |_, _| 200);
    let stripes = Plane::of(640, 360, |x, _| if x % 12 < 6 { 30 } else { 220 });
    let squares = Plane::of(640, 360, |x, y| if (x / 7 + y / 9) % 2 == 0 { 30 } else { 220 });
    let mut state = 1u32;
    let noise = Plane::of(640, 360, |_, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    });
    for plane in [even, stripes, squares, noise] {
        assert!(read(&plane, None).is_none());
        assert!(read(&plane, Some(&Quad::rectangle(40.0, 30.0, 600.0, 340.0))).is_none());
    }
}

#[test]
fn corners_that_are_no_document_have_no_zone() {
    let plane = Plane::of(64, 64, |x, y| (x * y) as u8);
    let line = Quad([0.0, 10.0, 20.0, 30.0].map(|at| Point::new(at, at)));
    let strange = Quad([f32::NAN, f32::INFINITY, -1e30, 1e30].map(|at| Point::new(at, -at)));
    assert!(read(&plane, Some(&line)).is_none());
    assert!(read(&plane, Some(&strange)).is_none());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_picture_makes_the_reader_panic(
        width in 1usize..90,
        height in 1usize..90,
        seed in any::<u32>(),
        corners in prop::array::uniform4((-20f32..110.0, -20f32..110.0)),
    ) {
        let plane = Plane::of(width, height, |x, y| (seed.rotate_left((x * 7 + y * 3) as u32 % 32) >> 8) as u8);
        let _ = read(&plane, None);
        let _ = read(&plane, Some(&Quad(corners.map(|(x, y)| Point::new(x, y)))));
    }
}
