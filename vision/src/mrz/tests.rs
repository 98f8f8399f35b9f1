//! Zones as Doc 9303 prints them, zones made up after them, and any text at all.

use proptest::prelude::*;

use super::*;
use crate::day::Day;

/// Part 4, appendix B.
const PASSPORT: &str = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n\
                        L898902C36UTO7408122F1204159ZE184226B<<<<<10";
/// Part 5, appendix B.
const CARD: &str =
    "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<";
/// Part 6, appendix B.
const LARGER_CARD: &str = "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6";
/// Part 7, appendix B.
const VISA: &str = "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n\
                    L8988901C4XXX4009078F96121096ZE184226B<<<<<<";
const SMALLER_VISA: &str = "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nL8988901C4XXX4009078F9612109<<<<<<<<";
/// The specimen of the French interior ministry.
const FRENCH_CARD: &str = "IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<\n8806923102858CORINNE<<<<<<<6512068F6";

fn read(text: &str) -> Zone {
    Zone::read(text).unwrap()
}

fn today() -> Day {
    Day::new(2026, 11, 20).unwrap()
}

fn born(zone: &Zone) -> Option<Day> {
    Some(zone.birth.value?.birth(today())?.earliest())
}

#[test]
fn a_passport_says_all_that_is_in_it() {
    let zone = read(PASSPORT);
    assert_eq!(zone.layout, Layout::Td3);
    assert_eq!((&*zone.code, &*zone.issuer, &*zone.nationality), ("P", "UTO", "UTO"));
    assert_eq!((&*zone.name.primary, &*zone.name.secondary), ("ERIKSSON", "ANNA MARIA"));
    assert!(!zone.name.truncated);
    assert_eq!(zone.number.value, "L898902C3");
    assert_eq!(born(&zone), Day::new(1974, 8, 12));
    assert_eq!(zone.expiry.value.unwrap().expiry(today()), Day::new(2012, 4, 15));
    assert_eq!(zone.sex, Sex::Female);
    assert_eq!(zone.optional.value, "ZE184226B");
    assert!(zone.digits().iter().all(|(_, digit)| *digit == CheckDigit::Right));
}

#[test]
fn every_layout_of_the_standard_is_read() {
    let read_as = |text| {
        let zone = read(text);
        assert!(zone.all_right(), "{zone:?}");
        assert_eq!((&*zone.name.primary, &*zone.name.secondary), ("ERIKSSON", "ANNA MARIA"));
        (zone.layout, zone.number.value, zone.composite)
    };
    assert_eq!(read_as(CARD), (Layout::Td1, "D23145890".into(), CheckDigit::Right));
    assert_eq!(read_as(LARGER_CARD), (Layout::Td2, "D23145890".into(), CheckDigit::Right));
    assert_eq!(read_as(VISA), (Layout::MrvA, "L8988901C".into(), CheckDigit::Absent));
    assert_eq!(read_as(SMALLER_VISA), (Layout::MrvB, "L8988901C".into(), CheckDigit::Absent));
    assert_eq!(read(VISA).optional.value, "6ZE184226B");
}

#[test]
fn the_older_french_card_has_a_layout_of_its_own() {
    let zone = read(FRENCH_CARD);
    assert!(zone.all_right(), "{zone:?}");
    assert_eq!((&*zone.name.primary, &*zone.name.secondary), ("BERTHIER", "CORINNE"));
    assert_eq!(zone.number.value, "880692310285");
    assert_eq!(born(&zone), Day::new(1965, 12, 6));
    assert_eq!((zone.expiry.value, zone.expiry.digit), (None, CheckDigit::Absent));
}

#[test]
fn germany_is_one_letter_and_leaves_out_the_digit_of_nothing() {
    let zone =
        read("P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<<<<<<<<<\nC01X00T478D<<6408125F2702283<<<<<<<<<<<<<<<4");
    assert_eq!((&*zone.issuer, &*zone.nationality), ("D", "D"));
    assert!(zone.digits().iter().all(|(_, digit)| *digit == CheckDigit::Right), "{zone:?}");
}

#[test]
fn a_number_of_more_than_nine_characters_goes_on_in_the_optional_ones() {
    let card =
        "I<UTOD23145890<7349<AB1<<<<<<<\n3407127F9507122UTO<<<<<<<<<<<6\nSTEVENSON<<PETER<<<<<<<<<<<<<<";
    let larger = "I<UTOSTEVENSON<<PETER<<<<<<<<<<<<<<<\nD23145890<UTO3407127F95071227349<<<8";
    for (text, rest) in [(card, "AB1"), (larger, "")] {
        let zone = read(text);
        assert!(zone.all_right(), "{zone:?}");
        assert_eq!((&*zone.number.value, &*zone.optional.value), ("D23145890734", rest));
    }
    let misread = read(&card.replace("7349", "7348"));
    assert_eq!(misread.number.digit, CheckDigit::Wrong);
    let nothing = read(&CARD.replace("D231458907", "D23145890<"));
    assert_eq!((&*nothing.number.value, nothing.number.digit), ("D23145890", CheckDigit::Wrong));
}

#[test]
fn a_larger_card_that_france_issues_by_the_standard_is_read_by_it() {
    let zone = read(&LARGER_CARD.replacen("I<UTO", "IDFRA", 1));
    assert_eq!((zone.layout, zone.all_right()), (Layout::Td2, true), "{zone:?}");
    assert_eq!((&*zone.issuer, &*zone.name.secondary), ("FRA", "ANNA MARIA"));
}

#[test]
fn each_digit_speaks_for_its_own_part() {
    let wrong = |text: &str| -> Vec<Part> {
        let digits = read(text).digits().into_iter();
        digits.filter(|(_, digit)| *digit == CheckDigit::Wrong).map(|(part, _)| part).collect()
    };
    assert_eq!(wrong(PASSPORT), []);
    assert_eq!(wrong(&PASSPORT.replace("L898902C3", "L898902C4")), [Part::Number, Part::Composite]);
    assert_eq!(wrong(&PASSPORT.replace("740812", "740813")), [Part::Birth, Part::Composite]);
    assert_eq!(wrong(&PASSPORT.replace("120415", "320415")), [Part::Expiry, Part::Composite]);
    assert_eq!(wrong(&PASSPORT.replace("ZE184226B", "ZE184226C")), [Part::Optional, Part::Composite]);
    assert_eq!(wrong(&PASSPORT.replace("<<<10", "<<<11")), [Part::Composite]);
    assert_eq!(wrong(&PASSPORT.replace("ERIKSSON", "ERIKSDON")), [], "no digit guards a name");
}

#[test]
fn what_is_not_known_is_not_made_up() {
    let zone = read(
        "I<UTOD231458907<<<<<<<<<<<<<<<\n7408<<7<3004157UTO<<<<<<<<<<<2\nARKFREITH<<<<<<<<<<<<<<<<<<<<<",
    );
    assert!(zone.all_right(), "{zone:?}");
    assert_eq!(zone.sex, Sex::Unspecified);
    let birth = zone.birth.value.unwrap().birth(today()).unwrap();
    assert_eq!((Some(birth.earliest()), Some(birth.latest())), (Day::new(1974, 8, 1), Day::new(1974, 8, 31)));
    assert_eq!((&*zone.name.primary, &*zone.name.secondary), ("ARKFREITH", ""));
    assert_eq!(read(&PASSPORT.replace("7408122", "7408A22")).birth.value, None);
}

#[test]
fn a_name_that_fills_its_place_may_have_been_cut() {
    let zone =
        read("P<UTONILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K\nD231458907UTO7408122F1204159<<<<<<<<<<<<<<06");
    assert!(zone.name.truncated);
    assert_eq!(zone.name.secondary, "CHAYAPA DEJTHAMRONG K");
}

#[test]
fn lines_may_be_parted_by_line_breaks_or_by_nothing() {
    for text in [PASSPORT, CARD, LARGER_CARD, VISA, SMALLER_VISA, FRENCH_CARD] {
        let zone = read(text);
        assert_eq!(read(&text.replace('\n', "")), zone);
        assert_eq!(read(&text.replace('\n', "\r\n\n ")), zone);
        assert_eq!(read(&text.to_lowercase()), zone);
        assert_eq!(read(&text.replace("<<", "< <")), zone);
    }
}

#[test]
fn what_is_no_zone_is_refused() {
    let refused = |text: &str| Zone::read(text).unwrap_err();
    assert_eq!(refused(""), NotAZone::Shape);
    assert_eq!(refused(&PASSPORT[..87]), NotAZone::Shape);
    let uneven = [&PASSPORT[..43], "\n<", &PASSPORT[45..]].concat();
    assert_eq!(refused(&uneven), NotAZone::Shape, "the whole has 88 characters, the lines have not 44");
    assert_eq!(refused(&PASSPORT.replace("L89", "L8-")), NotAZone::Character { line: 2, column: 3 });
    assert_eq!(refused(&PASSPORT.replace("ANNA", "ÄNNA")), NotAZone::Character { line: 1, column: 16 });
    assert_eq!(
        refused("\u{feff}").to_string(),
        "no machine-readable zone has the character at line 1, column 1"
    );
}

#[test]
fn what_is_read_is_not_shown_by_accident() {
    let shown = format!("{:?} {:?}", read(PASSPORT), read(PASSPORT).name);
    for secret in ["ERIKSSON", "ANNA", "L898902C3", "74", "ZE184226B"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in ".{0,100}") {
        let _ = Zone::read(&text);
    }

    #[test]
    fn no_zone_makes_the_reader_panic(text in "[A-Z0-9<]{72}|[A-Z0-9<]{88}|[A-Z0-9<]{90}|V[A-Z0-9<]{71}|IDFRA[A-Z0-9<]{67}") {
        let zone = Zone::read(&text).unwrap();
        let day = zone.birth.value.and_then(|birth| birth.birth(today()));
        prop_assert!(day.is_none_or(|born| born.earliest() <= today()));
        let _ = zone.expiry.value.map(|expiry| expiry.expiry(today()));
    }

    #[test]
    fn one_wrong_digit_is_always_seen(place in 0usize..44, digit in 0u8..10) {
        let guarded = [0..10, 13..20, 21..28, 43..44].into_iter().any(|part| part.contains(&place));
        let at = 45 + place;
        let was = PASSPORT.as_bytes()[at];
        if guarded && was.is_ascii_digit() && was != b'0' + digit {
            let mut text = PASSPORT.to_owned();
            text.replace_range(at..=at, &digit.to_string());
            prop_assert!(!read(&text).all_right());
        }
    }
}
