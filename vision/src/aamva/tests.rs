//! Barcodes of each version, made up after the standard's example, their deviations, and any text.

use proptest::prelude::*;

use super::*;

/// The header of a card with one subfile, and the subfile, with an offset and a length that fit.
fn barcode(version: u8, issuer: &str, kind: &str, elements: &[&str]) -> String {
    let own = if version < 2 { "" } else { "00" };
    let subfile = format!("{kind}{}\r", elements.join("\n"));
    let offset = 21 + own.len() + 10;
    format!("@\n\u{1e}\rANSI {issuer}{version:02}{own}01{kind}{offset:04}{:04}{subfile}", subfile.len())
}

/// The example of the standard, with the number and the name of nobody.
fn example() -> String {
    barcode(
        10,
        "636000",
        "DL",
        &[
            "DAQT64235789",
            "DCSSAMPLE",
            "DDEN",
            "DACMICHAEL",
            "DDFN",
            "DADJOHN",
            "DDGN",
            "DCUJR",
            "DCAD",
            "DBD06062019",
            "DBB06061986",
            "DBA12102034",
            "DBC1",
            "DAU068 in",
            "DAG2300 WEST BROAD STREET",
            "DAIRICHMOND",
            "DAJVA",
            "DAK232690000  ",
            "DCF2424244747474786102204",
            "DCGUSA",
        ],
    )
}

fn read(text: &str) -> Card {
    Card::read(text).unwrap()
}

fn day(year: u16, month: u8, day: u8) -> Option<Day> {
    Day::new(year, month, day)
}

#[test]
fn a_licence_says_all_that_is_in_it() {
    let card = read(&example());
    assert_eq!((card.version, card.kind), (10, Kind::Licence));
    assert_eq!(card.issuer, Some(Issuer { country: "US", region: "VA" }));
    assert_eq!((&*card.name.family, &*card.name.given, &*card.name.suffix), ("SAMPLE", "MICHAEL JOHN", "JR"));
    assert!(!card.name.truncated);
    assert_eq!(card.number.as_deref(), Some("T64235789"));
    assert_eq!((card.birth, card.expiry, card.issued), (day(1986, 6, 6), day(2034, 12, 10), day(2019, 6, 6)));
    assert_eq!(card.sex, Sex::Male);
    assert_eq!((card.element("DAK"), card.element("DAI")), (Some("232690000"), Some("RICHMOND")));
    assert_eq!(card.element("DCL"), None);
}

#[test]
fn every_version_of_the_standard_is_read() {
    let whole_name = ["DAQ1", "DAASAMPLE,MICHAEL,JOHN", "DBB19860606", "DBA20341210"];
    let given_names = ["DAQ1", "DCSSAMPLE", "DCTMICHAEL,JOHN", "DBB06061986", "DBA12102034", "DCGUSA"];
    let parts = ["DAQ1", "DCSSAMPLE", "DACMICHAEL", "DADJOHN", "DBB06061986", "DBA12102034", "DCGUSA"];
    for version in 1..=10 {
        let elements: &[&str] = match version {
            1 => &whole_name,
            2 | 3 => &given_names,
            _ => &parts,
        };
        for (name, kind) in [("DL", Kind::Licence), ("ID", Kind::IdCard)] {
            let card = read(&barcode(version, "636014", name, elements));
            assert_eq!((card.version, card.kind), (version, kind));
            assert_eq!(
                (&*card.name.family, &*card.name.given),
                ("SAMPLE", "MICHAEL JOHN"),
                "version {version}"
            );
            assert_eq!((card.birth, card.expiry), (day(1986, 6, 6), day(2034, 12, 10)), "version {version}");
        }
    }
}

#[test]
fn canada_writes_the_year_first_and_who_does_otherwise_is_understood() {
    let born = |country: &str, text: &str| {
        read(&barcode(8, "636012", "DL", &["DAQ1", &format!("DBB{text}"), &format!("DCG{country}")])).birth
    };
    assert_eq!(born("CAN", "19860706"), day(1986, 7, 6));
    assert_eq!(born("USA", "07061986"), day(1986, 7, 6));
    assert_eq!(born("CAN", "07061986"), day(1986, 7, 6), "the other order");
    assert_eq!(born("USA", "19860706"), day(1986, 7, 6), "the other order");
    assert_eq!(born("NONE", "19860706"), day(1986, 7, 6), "the issuer is Ontario's");
    for nonsense in ["", "00000000", "1986-7-6", "13131986", "198607", "ÄÄÄÄ"] {
        assert_eq!(born("CAN", nonsense), None, "{nonsense}");
    }
}

#[test]
fn the_usual_deviations_are_forgiven() {
    let good = read(&example());
    let same = |text: &str| assert_eq!(read(text), good, "{text:?}");
    same(&example().replacen("0031", "0030", 1));
    same(&example().replacen("0033", "9999", 1));
    same(&example().replacen("@\n\u{1e}\r", "", 1));
    same(&example().replacen("@\n\u{1e}\rANSI ", "@\r\n\u{1c}\rAAMVA", 1));
    same(&example().replace('\n', "\r\n"));
    same(&example().replacen("DLDAQ", "DL\nDAQ", 1));
    let further = example().replacen("01DL", "02DL", 1).replacen("DLDAQ", "ZV03190008DLDAQ", 1);
    same(&[&further, "ZVZVA01\r"].concat());
    let later = example().replacen("01DL", "02ZV03190008DL", 1);
    same(&[&later, "ZVZVA01\r"].concat());
    assert_eq!(read(&example().replacen("DBC1", "DBCF ", 1)).sex, Sex::Female);
}

#[test]
fn what_an_issuer_has_no_word_for_is_left_out() {
    let elements = ["DAQ1", "DCSSAMPLE", "DDET", "DACMICHAEL", "DADNONE", "DCUunavl", "DBC9", "DBB"];
    let card = read(&barcode(8, "999999", "ID", &elements));
    assert_eq!((&*card.name.given, &*card.name.suffix), ("MICHAEL", ""));
    assert!(card.name.truncated);
    assert_eq!((card.issuer, card.birth, card.expiry, card.sex), (None, None, None, Sex::Unspecified));
}

#[test]
fn what_is_no_card_is_refused() {
    for text in
        ["", "@", "ANSI", "ANSI 63600A0801", "https://example.com", "ANSI 6360000800", "ÄANSI 636000Ä"]
    {
        let refused = Card::read(text).unwrap_err();
        assert!(matches!(refused, NotACard::Header | NotACard::Subfile), "{text}");
    }
    assert_eq!(Card::read("ANSI 636000").unwrap_err(), NotACard::Header);
    assert_eq!(Card::read("ANSI 636000080001DL00310003DLX\r").unwrap_err(), NotACard::Subfile);
    assert_eq!(Card::read(&barcode(8, "636000", "DL", &["DAQ", "DCSNONE"])).unwrap_err(), NotACard::Subfile);
    assert_eq!(Card::read(&barcode(8, "636000", "EN", &["DAQ1"])).unwrap_err(), NotACard::Subfile);
}

#[test]
fn what_is_read_is_not_shown_by_accident() {
    let card = read(&example());
    let shown = format!("{card:?} {:?}", card.name);
    for secret in ["SAMPLE", "MICHAEL", "T64235789", "1986", "BROAD"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in "\\PC{0,80}") {
        let _ = Card::read(&text);
        let _ = Card::read(&["ANSI 636000", &text].concat());
    }

    #[test]
    fn no_barcode_makes_the_reader_panic(
        header in "(@\n\u{1e}\r)?(ANSI |AAMVA)[0-9]{8,14}((DL|ID|ZV)[0-9]{8}){0,3}",
        elements in "(DL|ID|)(D[A-Z]{2}[0-9A-Zé ,]{0,12}[\n\r\u{1e}]?){0,8}",
    ) {
        let _ = Card::read(&[header, elements].concat());
    }
}
