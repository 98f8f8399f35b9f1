//! What forms get of a zone and of a barcode, when it is believed, and when typed and read differ.

use proptest::prelude::*;

use super::*;

/// Doc 9303-4, appendix B.
const PASSPORT: &str =
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";

fn today() -> Day {
    Day::new(2026, 11, 29).unwrap()
}

fn said<'a>(reading: &'a Reading, word: &str) -> Option<&'a str> {
    let found = reading.words().iter().find(|(name, _)| *name == word);
    found.map(|(_, value)| value.as_str())
}

fn licence(elements: &str) -> String {
    let subfile = format!("DL{elements}\r");
    format!("@\n\u{1e}\rANSI 636000100001DL{:04}{:04}{subfile}", 31, subfile.len())
}

#[test]
fn a_zone_fills_the_fields_that_ask_for_what_it_says() {
    let reading = Reading::of_zone(PASSPORT, today()).unwrap();
    for (word, value) in [
        ("first_name", "ANNA MARIA"),
        ("last_name", "ERIKSSON"),
        ("dob", "1974-08-12"),
        ("document_number", "L898902C3"),
        ("expires_at", "2012-04-15"),
        ("mrz", PASSPORT),
    ] {
        assert_eq!(said(&reading, word), Some(value));
    }
    assert_eq!(said(&reading, "nationality"), None, "Utopia is no country");
    assert_eq!(format!("{reading:?}"), "Reading(6)");
}

#[test]
fn a_zone_with_one_wrong_digit_says_nothing() {
    for (right, wrong) in [("L898902C3", "L898902C8"), ("7408122", "7408132"), ("<10", "<11")] {
        assert_eq!(Reading::of_zone(&PASSPORT.replace(right, wrong), today()), None);
    }
    assert_eq!(Reading::of_zone("P<UTO", today()), None);
}

#[test]
fn what_may_be_cut_or_is_half_known_is_not_offered() {
    let long = "P<UTONILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K\nD231458907UTO7408122F1204159<<<<<<<<<<<<<<06";
    let reading = Reading::of_zone(long, today()).unwrap();
    assert_eq!((said(&reading, "last_name"), said(&reading, "dob")), (None, Some("1974-08-12")));
    let born_some_day =
        "I<UTOD231458907<<<<<<<<<<<<<<<\n7408<<7<3004157UTO<<<<<<<<<<<2\nARKFREITH<<<<<<<<<<<<<<<<<<<<<";
    let reading = Reading::of_zone(born_some_day, today()).unwrap();
    assert_eq!((said(&reading, "dob"), said(&reading, "first_name")), (None, None));
    assert_eq!(said(&reading, "expires_at"), Some("2030-04-15"));
}

#[test]
fn a_licence_fills_the_address_too() {
    let text = licence(
        "DAQT64235789\nDCSSAMPLE\nDDEN\nDACMICHAEL\nDDFN\nDADJOHN\nDDGN\nDBD06062019\nDBB06061986\nDBA12102034\n\
         DAG2300 WEST BROAD STREET\nDAIRICHMOND\nDAJVA\nDAK232690000  \nDCGUSA",
    );
    let reading = Reading::of_barcode(&text).unwrap();
    for (word, value) in [
        ("first_name", "MICHAEL JOHN"),
        ("last_name", "SAMPLE"),
        ("dob", "1986-06-06"),
        ("document_number", "T64235789"),
        ("drivers_license_number", "T64235789"),
        ("drivers_license_state", "VA"),
        ("expires_at", "2034-12-10"),
        ("issued_at", "2019-06-06"),
        ("address_line1", "2300 WEST BROAD STREET"),
        ("city", "RICHMOND"),
        ("state", "VA"),
        ("zip", "23269"),
        ("country", "US"),
        ("barcode", &*text),
    ] {
        assert_eq!(said(&reading, word), Some(value));
    }
    let cut = Reading::of_barcode(&licence("DAQ1\nDCSSAMPLE\nDDET\nDACMICHAEL")).unwrap();
    assert_eq!((said(&cut, "last_name"), said(&cut, "document_number")), (None, Some("1")));
    assert_eq!(Reading::of_barcode("WIFI:S:home;;"), None);
}

#[test]
fn two_frames_must_say_the_same() {
    let mut agreement = Agreement::default();
    assert!(!agreement.see("ERIKSS0N"));
    assert!(!agreement.see("ERIKSSON"));
    assert_eq!(agreement.agreed(), None);
    assert!(agreement.see("ERIKSSON"), "an error between does not matter");
    assert!(!agreement.see("ERIKSS0N"), "what is agreed on stands");
    assert!(!agreement.see("ERIKSS0N"));
    assert_eq!(agreement.agreed(), Some("ERIKSSON"));
}

#[test]
fn names_differ_only_where_no_document_would_spell_them_so() {
    for (read, typed) in [
        ("ERIKSSON", "Eriksson"),
        ("MUELLER", "Müller"),
        ("MULLER", "Müller"),
        ("ANNA MARIA", "Anna"),
        ("ANNA MARIA", "Maria Anna"),
        ("ANNA", "Anna-Maria"),
        ("OCONNOR", "O’Connor"),
        ("KORNEEV", "Корнеев"),
        ("WANG", "王"),
        ("MUHAMMAD", "محمد"),
    ] {
        assert!(!differs("last_name", read, typed), "{read} {typed}");
    }
    for (read, typed) in
        [("ERIKSSON", "Ericsson"), ("ANNA MARIA", "Anne"), ("SMITH", "Jones"), ("ERIKSSON", "Erik")]
    {
        assert!(differs("first_name", read, typed), "{read} {typed}");
    }
}

#[test]
fn numbers_and_days_differ_and_addresses_are_left_in_peace() {
    assert!(!differs("document_number", "L898902C3", "l 898-902 c3"));
    assert!(differs("document_number", "L898902C3", "L898902C8"));
    assert!(differs("dob", "1974-08-12", "1974-12-08"));
    assert!(!differs("nationality", "SE", "SE"));
    assert!(differs("nationality", "SE", "NO"));
    for word in ["address_line1", "city", "zip", "country", "mrz", "anything"] {
        assert!(!differs(word, "one", "another"), "{word}");
    }
}

proptest! {
    #[test]
    fn whatever_is_read_or_typed_nothing_breaks(read in ".{0,90}", typed in ".{0,40}") {
        let _ = Reading::of_zone(&read, today());
        let _ = Reading::of_barcode(&read);
        let _ = Reading::of_barcode(&licence(&read));
        for word in ["first_name", "dob", "document_number"] {
            prop_assert!(!differs(word, &read, &read));
            let _ = differs(word, &read, &typed);
        }
    }
}
