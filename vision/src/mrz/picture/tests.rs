//! Pictures without zones, any picture at all, and what several readings agree on. Zones that are read are in
//! `vision/bench/tests/zones.rs`, where documents are drawn.

use proptest::prelude::*;

use super::net::NOTHING;
use super::*;
use crate::mrz::check_digit;

const PASSPORT: &str = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n\
                        L898902C36UTO7408122F1204159ZE184226B<<<<<10";

/// What a frame sees that is so sure of each character of a text.
fn seen(text: &str, sure: f32) -> Sights {
    let sight = |character: char| {
        let mut sight = [((1.0 - sure) / (CLASSES - 1) as f32).ln(); CLASSES];
        sight[class(character)] = sure.ln();
        sight
    };
    text.lines().map(|line| line.chars().map(sight).collect()).collect()
}

fn class(character: char) -> usize {
    ALPHABET.iter().position(|&other| char::from(other) == character).unwrap()
}

fn read_of(sights: Sights) -> Reading {
    Reading::new(decode(&sights).unwrap(), sights, 0)
}

/// A reading of a text, so sure of each character.
fn reading(text: &str, sure: f32) -> Reading {
    let reading = read_of(seen(text, sure));
    assert_eq!(reading.text(), text);
    reading
}

fn agreed(readings: impl IntoIterator<Item = Reading>) -> Option<String> {
    let mut agreement = Agreement::new();
    let last = readings.into_iter().fold(None, |_, reading| agreement.add(reading));
    last.map(|agreed| agreed.text().into())
}

/// A passport with a number of nine characters; its digits are right.
fn numbered(number: &str) -> String {
    let second = format!("{number}{}UTO7408122F1204159ZE184226B<<<<<1", check_digit(number));
    let composite = check_digit(&[&second[..10], &second[13..20], &second[21..]].concat());
    format!("{}\n{second}{composite}", PASSPORT.lines().next().unwrap())
}

#[test]
fn two_frames_that_say_the_same_are_believed() {
    let agreed = agreed([reading(PASSPORT, 0.99), reading(PASSPORT, 0.98)]);
    assert_eq!(agreed.as_deref(), Some(PASSPORT));
}

#[test]
fn one_frame_is_not_believed_however_often_it_is_shown() {
    let same = reading(PASSPORT, 0.99);
    assert_eq!(agreed([same.clone(), same.clone(), same]), None);
}

#[test]
fn what_no_digit_guards_is_believed_when_two_more_frames_say_it_than_say_else() {
    let other = PASSPORT.replace("ERIKSSON", "ERIKSSQN");
    assert!(Zone::read(&other).unwrap().all_right());
    let (right, wrong) = (reading(PASSPORT, 0.99), reading(&other, 0.99));
    assert_eq!(agreed([wrong.clone(), right.clone()]), None);
    assert_eq!(agreed([wrong.clone(), right.clone(), reading(PASSPORT, 0.97)]), None, "2 to 1");
    let third = [wrong, right, reading(PASSPORT, 0.97), reading(PASSPORT, 0.96)];
    assert_eq!(agreed(third).as_deref(), Some(PASSPORT), "3 to 1");
}

#[test]
fn frames_that_are_wrong_in_different_places_are_right_together() {
    let texts = [
        PASSPORT.replace("ERIKSSON", "ERIKSSQN"),
        PASSPORT.replace("L898902C3", "L8989O2C3"),
        PASSPORT.replace("L898902C3", "L898902O3"),
        PASSPORT.into(),
    ];
    let readings = texts.map(|text| reading(&text, 0.97));
    assert_eq!(agreed(readings).as_deref(), Some(PASSPORT));
}

#[test]
fn a_zone_with_a_wrong_digit_is_not_believed_however_many_say_it() {
    let wrong = PASSPORT.replace("740812", "740813");
    let readings = [0.99, 0.98, 0.97, 0.96].map(|sure| reading(&wrong, sure));
    assert_eq!(agreed(readings), None);
}

#[test]
fn frames_that_are_not_sure_do_not_convince_each_other() {
    assert_eq!(agreed([reading(PASSPORT, 0.6), reading(PASSPORT, 0.65)]), None);
    let unsure_of_one = |sure: f32| {
        let mut sights = seen(PASSPORT, 0.99);
        sights[0][7][class('I')] = sure.ln();
        sights[0][7][class('L')] = (1.0 - sure).ln();
        read_of(sights)
    };
    assert_eq!(agreed([unsure_of_one(0.6), unsure_of_one(0.7)]), None);
    assert_eq!(agreed([unsure_of_one(0.9), unsure_of_one(0.99)]).as_deref(), Some(PASSPORT));
}

/// The lines of `numbered`, of which these columns of the second are so likely a 0, and else an O.
fn zeros(text: &str, columns: &[usize], sure: f32, zero: f32) -> Reading {
    let mut sights = seen(text, sure);
    for &column in columns {
        sights[1][column][class('0')] = zero.ln();
        sights[1][column][class('O')] = (0.999 - zero).ln();
    }
    read_of(sights)
}

/// The same, as likely an O as a 0.
fn in_doubt(text: &str, columns: &[usize], sure: f32) -> Reading {
    zeros(text, columns, sure, 0.4995)
}

#[test]
fn check_digits_tell_what_looks_alike_where_they_can() {
    let one = numbered("00898902C");
    let doubts = [0.99, 0.98].map(|sure| in_doubt(&one, &[1], sure));
    assert_eq!(agreed(doubts).as_deref(), Some(&*one));
    // Their weights are 7 and 3: two letters instead of two digits make the same sum.
    let two = numbered("OO898902C");
    assert_eq!(two.as_bytes()[54], one.as_bytes()[54], "the digit is the same");
    let doubts = [0.99, 0.98, 0.97, 0.96].map(|sure| in_doubt(&one, &[0, 1], sure));
    assert_eq!(agreed(doubts), None);
}

#[test]
fn frames_that_all_take_letters_for_zeros_do_not_outvote_the_doubt() {
    // Where a print makes an O look like a zero, it does so in every frame, and in both places of this number.
    let number = numbered("00898902C");
    let frames =
        |zero: f32| [0.999, 0.998, 0.997, 0.996, 0.995].map(|sure| zeros(&number, &[0, 1], sure, zero));
    assert_eq!(agreed(frames(0.86)), None);
    let [one, other, ..] = frames(0.99);
    assert_eq!(agreed([one, other]).as_deref(), Some(&*number));
}

#[test]
fn a_country_that_there_is_not_is_not_read_from_half_a_letter() {
    // Of the X of Sint Maarten a finger leaves what looks like an M.
    let covered = |sure: f32| {
        let mut sights = seen(&PASSPORT.replace("36UTO", "36SXM"), sure);
        sights[1][11][class('M')] = 0.98_f32.ln();
        sights[1][11][class('X')] = 0.015_f32.ln();
        sights
    };
    assert_eq!(read_of(covered(0.99)).zone().nationality, "SXM");
    assert_eq!(agreed([0.99, 0.98].map(|sure| read_of(covered(sure)))), None);
    // Where the next letter is hidden, it could be San Marino, SMR.
    let more = [0.99, 0.98].map(|sure| {
        let mut sights = covered(sure);
        sights[1][12] = seen("<", 0.001)[0][0];
        sights[1][12][NOTHING] = 0.96_f32.ln();
        read_of(sights)
    });
    assert_eq!(agreed(more), None);
}

#[test]
fn what_nobody_saw_is_believed_behind_the_end_of_a_name_alone() {
    let hidden = |column: usize| {
        [0.99, 0.98].map(|sure| {
            let mut sights = seen(PASSPORT, sure);
            sights[0][column] = seen("<", 0.001)[0][0];
            sights[0][column][NOTHING] = 0.96_f32.ln();
            read_of(sights)
        })
    };
    assert_eq!(agreed(hidden(40)).as_deref(), Some(PASSPORT));
    assert_eq!(agreed(hidden(24)), None, "it may be another letter");
    assert_eq!(agreed(hidden(8)), None);
}

#[test]
fn a_letter_behind_the_end_of_a_name_is_read_when_it_is_clear() {
    let odd = PASSPORT.replacen("<<<<<\n", "<<<X<\n", 1);
    let readings = [0.99, 0.98, 0.97].map(|sure| reading(&odd, sure));
    assert_eq!(agreed(readings).as_deref(), Some(&*odd));
    let mut sights = seen(PASSPORT, 0.99);
    sights[0][42][class('C')] = 0.9_f32.ln();
    sights[0][42][class('<')] = 0.09_f32.ln();
    assert_eq!(read_of(sights).text(), PASSPORT);
}

#[test]
fn another_document_does_not_inherit_the_votes_of_the_former() {
    let visa = "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nL8988901C4XXX4009078F9612109<<<<<<<<";
    assert_eq!(agreed([reading(PASSPORT, 0.99), reading(visa, 0.99)]), None);
    let then = [reading(PASSPORT, 0.99), reading(visa, 0.99), reading(visa, 0.98)];
    assert_eq!(agreed(then).as_deref(), Some(visa));
    let other = numbered("D23145890").replace("ERIKSSON<<ANNA", "SMITH<<GEORGIA");
    assert_eq!(agreed([reading(PASSPORT, 0.99), reading(&other, 0.99)]), None);
    let then = [reading(PASSPORT, 0.99), reading(&other, 0.99), reading(&other, 0.98)];
    assert_eq!(agreed(then), Some(other));
}

#[test]
fn a_text_from_elsewhere_is_a_reading() {
    let told = Reading::of_text(PASSPORT).unwrap();
    assert_eq!(told.text(), PASSPORT);
    assert!(told.zone().all_right());
    assert_eq!(Reading::of_text("P<UTO"), None);
    assert_eq!(Reading::of_text(&PASSPORT.to_lowercase()), None);
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
