//! Each check, asked of sessions that are walked to their end.

use vestibule_protocol::date::Date;
use vestibule_protocol::outcome::Verdict::{self, Fail, Ok as Good, Unknown, Warn};
use vestibule_protocol::outcome::{Check, Outcome, Status};

use super::*;
use crate::engine::decide::{Known, document_numbers};
use crate::engine::session::Stage;

/// Doc 9303-4, appendix B, made valid until 2034 and given its digits anew.
const ZONE: &str = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F3404159ZE184226B<<<<<16";

fn today() -> Date {
    Timestamp::from_millis(START).date()
}

/// A skill that asks for these fields, none of them required, and photographs this document.
fn skill(rules: &str, fields: &[&str], document: Option<&str>) -> String {
    let fields: String =
        fields.iter().map(|name| format!("{{ name = \"{name}\", required = false }},")).collect();
    let document = document.map_or_else(String::new, |kind| {
        format!("[[steps]]\nname = \"document\"\nkind = \"document\"\ndocuments = [\"{kind}\"]\n")
    });
    format!(
        "name = \"own_#1.0\"\ntitle = \"Own\"\n[rules]\n{rules}\n\
         [[steps]]\nname = \"form\"\nkind = \"form\"\nfields = [{fields}]\n\
         {document}[[steps]]\nname = \"review\"\nkind = \"review\"\n"
    )
}

/// The session of somebody who gives this, in a skill that asks for just that and for the document.
fn walked(rules: &str, given: &[(&str, &str)], document: Option<&str>) -> Session {
    let fields: Vec<_> = given.iter().map(|(name, _)| *name).chain(["note"]).collect();
    let source = skill(rules, &fields, document).replace("\"note\",", "\"note\", format = \"name\",");
    let mut person = Person::new(&source);
    person.submit("form", &data(given)).unwrap();
    if let Some(kind) = document {
        person.submit("document", &data(&[("kind", kind)])).unwrap();
        person.photograph(UploadName::Front);
        if kind != "passport" {
            person.photograph(UploadName::Back);
        }
    }
    person.submit("review", &Data::default()).unwrap();
    person.session
}

fn outcome(session: &Session) -> Outcome {
    let Stage::Completed(completion) = &session.state.stage else { panic!("not complete") };
    completion.outcome.clone()
}

fn verdict(outcome: &Outcome, check: Check) -> Option<Verdict> {
    outcome.checks.iter().find(|result| result.check == check).map(|result| result.verdict)
}

fn found(check: Check, given: &[(&str, &str)], document: Option<&str>) -> Option<Verdict> {
    verdict(&outcome(&walked("minimum_age = 18", given, document)), check)
}

/// What the check finds of a passport of which this is known.
fn of_passport(check: Check, given: &[(&str, &str)]) -> Option<Verdict> {
    found(check, given, Some("passport"))
}

fn barcode(number: &str, born: &str, family: &str) -> String {
    format!(
        "@\n\u{1e}\rANSI 636000080001DL00310150DLDAQ{number}\nDCS{family}\nDACANNA\nDADMARIA\nDBB{born}\n\
         DBA12102034\nDBC2\nDCGUSA\r"
    )
}

const MRZ: &str = "document.passport.mrz";
const BARCODE: &str = "document.drivers_license.barcode";

#[test]
fn of_a_document_that_nobody_has_read_nothing_is_known() {
    let typed = [("id.first_name", "Anna"), ("id.last_name", "Eriksson"), ("id.dob", "1974-08-12")];
    let read = outcome(&walked("minimum_age = 18", &typed, Some("passport")));
    for check in [
        Check::Mrz,
        Check::DocumentConsistency,
        Check::DocumentExpiry,
        Check::DuplicateDocument,
        Check::NameMatch,
    ] {
        assert_eq!(verdict(&read, check), Some(Unknown), "{check:?}");
    }
    assert_eq!((read.status, read.requires_manual_review), (Status::Pass, true));
}

#[test]
fn a_check_that_has_nothing_to_ask_is_not_listed() {
    let listed = |given: &[(&str, &str)], document| -> Vec<Check> {
        outcome(&walked("", given, document)).checks.into_iter().map(|result| result.check).collect()
    };
    let name = [("id.first_name", "Anna"), ("id.last_name", "Eriksson")];
    assert_eq!(listed(&name, None), [Check::RequiredData]);
    assert_eq!(
        listed(&[("id.drivers_license_number", "D1")], None),
        [Check::RequiredData, Check::DuplicateDocument]
    );
    assert_eq!(
        listed(&[("document.visa.expires_at", "2030-01-01")], None),
        [Check::RequiredData, Check::DocumentExpiry]
    );
    let licence = listed(&name, Some("drivers_license"));
    assert!(!licence.contains(&Check::Mrz), "a driving licence has no zone: {licence:?}");
    assert!(!licence.contains(&Check::DocumentConsistency), "there is one place alone: {licence:?}");
    assert!(licence.contains(&Check::NameMatch) && licence.contains(&Check::Uploads));
}

#[test]
fn a_zone_is_right_if_all_its_digits_are() {
    assert_eq!(of_passport(Check::Mrz, &[(MRZ, ZONE)]), Some(Good));
    assert_eq!(of_passport(Check::Mrz, &[(MRZ, &ZONE.replace("740812", "740813"))]), Some(Fail));
    assert_eq!(found(Check::Mrz, &[(MRZ, ZONE)], None), Some(Good), "it need not be photographed");
    assert_eq!(found(Check::Mrz, &[(MRZ, ZONE)], Some("id_card")), Some(Unknown), "the card's was not read");
    let card = "document.id_card.barcode";
    let american = [(card, &*barcode("T1", "08121974", "ERIKSSON"))];
    assert_eq!(found(Check::Mrz, &american, Some("id_card")), None, "it has a barcode in its place");
}

#[test]
fn a_document_is_valid_until_its_last_day_wherever_that_is_said() {
    let typed = |day| of_passport(Check::DocumentExpiry, &[("document.passport.expires_at", day)]);
    assert_eq!((typed("2026-11-20"), typed("2026-11-19")), (Some(Good), Some(Fail)));
    assert_eq!(of_passport(Check::DocumentExpiry, &[(MRZ, ZONE)]), Some(Good));
    assert_eq!(of_passport(Check::DocumentExpiry, &[(MRZ, &ZONE.replace("340415", "120415"))]), Some(Fail));
    let both = [(MRZ, ZONE), ("document.passport.expires_at", "2026-01-01")];
    assert_eq!(of_passport(Check::DocumentExpiry, &both), Some(Fail), "past in one place");
    let licence = [(BARCODE, &*barcode("T1", "08121974", "ERIKSSON"))];
    assert_eq!(found(Check::DocumentExpiry, &licence, None), Some(Good));
}

#[test]
fn an_age_is_told_by_every_birth_date_there_is() {
    let age = |given: &[(&str, &str)]| of_passport(Check::MinimumAge, given);
    assert_eq!(age(&[(MRZ, ZONE)]), Some(Good));
    assert_eq!(age(&[("id.dob", "2008-11-21")]), Some(Fail));
    assert_eq!(age(&[(MRZ, ZONE), ("id.dob", "2010-01-01")]), Some(Fail), "too young by one of them");
    assert_eq!(
        age(&[(MRZ, &ZONE.replace("740812", "0811<<"))]),
        Some(Unknown),
        "this month or the next year"
    );
    assert_eq!(age(&[(MRZ, &ZONE.replace("740812", "08<<<<"))]), Some(Unknown));
    assert_eq!(age(&[(MRZ, &ZONE.replace("740812", "09<<<<"))]), Some(Fail));
    assert_eq!(age(&[(MRZ, &ZONE.replace("740812", "07<<<<"))]), Some(Good));
    assert_eq!(age(&[]), Some(Unknown));
}

#[test]
fn what_is_said_in_two_places_must_agree() {
    let consistent = |given: &[(&str, &str)]| of_passport(Check::DocumentConsistency, given);
    let with_zone = |name, value| consistent(&[(MRZ, ZONE), (name, value)]);
    assert_eq!(with_zone("id.dob", "1974-08-12"), Some(Good));
    assert_eq!(with_zone("id.dob", "1974-08-13"), Some(Fail));
    assert_eq!(with_zone("document.passport.document_number", "l898902c3"), Some(Good));
    assert_eq!(with_zone("document.passport.document_number", "L898902C4"), Some(Fail));
    assert_eq!(with_zone("document.passport.expires_at", "2034-04-15"), Some(Good));
    assert_eq!(with_zone("document.passport.expires_at", "2035-04-15"), Some(Fail));
    assert_eq!(with_zone("document.passport.issuing_country", "SE"), Some(Fail));
    assert_eq!(with_zone("document.passport.full_name", "Eriksson, Anna Maria"), Some(Good));
    assert_eq!(with_zone("document.passport.full_name", "Maria Eriksson"), Some(Warn));
    assert_eq!(with_zone("document.passport.full_name", "Jane Doe"), Some(Fail));
    let unknown_day = [(MRZ, &*ZONE.replace("740812", "7408<<")), ("id.dob", "1974-08-31")];
    assert_eq!(consistent(&unknown_day), Some(Good), "the day is unknown");
    let nothing_in_common = [("document.passport.issuing_country", "SE"), ("id.dob", "1974-08-12")];
    assert_eq!(consistent(&nothing_in_common), Some(Unknown));
}

#[test]
fn a_licence_agrees_with_what_its_holder_typed() {
    let text = barcode("T64235789", "08121974", "ERIKSSON");
    let with = |name, value| found(Check::DocumentConsistency, &[(BARCODE, &text), (name, value)], None);
    assert_eq!(with("id.drivers_license_number", "T64-235-789"), Some(Good));
    assert_eq!(with("id.drivers_license_number", "T64-235-788"), Some(Fail));
    assert_eq!(with("id.drivers_license_state", "VA"), Some(Good));
    assert_eq!(with("id.drivers_license_state", "CA"), Some(Fail));
    assert_eq!(with("document.drivers_license.issuing_country", "US"), Some(Good), "the state is left out");
    assert_eq!(with("id.dob", "1974-12-08"), Some(Fail), "day and month exchanged");
    let unreadable = [(BARCODE, "https://bank.example"), ("id.dob", "1974-08-12")];
    assert_eq!(found(Check::DocumentConsistency, &unreadable, None), Some(Unknown), "that is no card's");
}

#[test]
fn the_name_that_was_typed_is_the_one_on_the_document() {
    let typed = |first, last| {
        of_passport(Check::NameMatch, &[(MRZ, ZONE), ("id.first_name", first), ("id.last_name", last)])
    };
    assert_eq!(typed("Anna", "Eriksson"), Some(Good));
    assert_eq!(typed("Jane", "Doe"), Some(Fail));
    assert_eq!(typed("Anna", "Lindqvist"), Some(Warn));
    assert_eq!(typed("安娜", "埃里克森"), Some(Unknown));
    let middle =
        [(MRZ, ZONE), ("id.first_name", "Anna"), ("id.middle_name", "Maria"), ("id.last_name", "Eriksson")];
    assert_eq!(of_passport(Check::NameMatch, &middle), Some(Good));
    assert_eq!(of_passport(Check::NameMatch, &[(MRZ, ZONE)]), None, "nobody typed a name");
}

#[test]
fn a_document_of_another_person_is_noticed() {
    let mut session = walked("", &[(MRZ, ZONE)], Some("passport"));
    assert_eq!(verdict(&outcome(&session), Check::DuplicateDocument), Some(Good));
    let numbers = document_numbers(&session, today());
    let [number] = numbers.as_slice() else { panic!("one document has one number") };
    assert_eq!((&*number.issuer, &*number.kind, &*number.number), ("UTO", "passport", "L898902C3"));
    assert_eq!(format!("{number:?}"), "DocumentNumber(…)");

    session.decide_knowing(Known { document_of_another: true }, None, today());
    let again = outcome(&session);
    assert_eq!(verdict(&again, Check::DuplicateDocument), Some(Warn));
    assert_eq!((again.status, again.requires_manual_review), (Status::Pass, true));
}

#[test]
fn a_number_is_that_of_its_issuer() {
    let numbers = |given: &[(&str, &str)]| -> Vec<(String, String)> {
        let session = walked("", given, None);
        let numbers = document_numbers(&session, today()).into_iter();
        numbers.map(|number| (number.issuer, number.number)).collect()
    };
    let text = barcode("T64235789", "08121974", "ERIKSSON");
    let virginia = [("US-VA".into(), "T64235789".into())];
    assert_eq!(numbers(&[(BARCODE, &text)]), virginia);
    let both = [(BARCODE, &*text), ("id.drivers_license_number", "T642-35789")];
    assert_eq!(numbers(&both), virginia, "one document, said twice");
    let typed = [("id.drivers_license_number", "T64235789"), ("id.drivers_license_state", "VA")];
    assert_eq!(numbers(&typed), virginia);
    assert_eq!(numbers(&[("document.passport.document_number", "X1")]), [(String::new(), "X1".into())]);
    assert_eq!(numbers(&[("document.passport.expires_at", "2030-01-01")]), []);
}

#[test]
fn rules_say_which_findings_count() {
    let decided = |rules: &str, given: &[(&str, &str)]| {
        let outcome = outcome(&walked(rules, given, Some("passport")));
        (outcome.status, outcome.requires_manual_review)
    };
    let wrong = [(MRZ, &*ZONE.replace("740812", "740813"))];
    assert_eq!(decided("", &wrong), (Status::Fail, false), "what is unknown of who fails calls nobody");
    assert_eq!(decided("fail_if = []\nreview_if = [\"mrz.fail\"]", &wrong), (Status::Pass, true));
    assert_eq!(decided("fail_if = [\"mrz.fail\"]\nreview_if = [\"mrz.fail\"]", &wrong), (Status::Fail, true));
    assert_eq!(decided("fail_if = []\nreview_if = []", &wrong), (Status::Pass, false));
    assert_eq!(decided("fail_if = [\"mrz.unknown\"]", &[]), (Status::Fail, false));
    assert_eq!(decided("review_if = [\"mrz.unknown\"]", &[]), (Status::Pass, true));
    assert_eq!(decided("review_if = [\"mrz.warn\"]", &[]), (Status::Pass, false));
}

#[test]
fn what_the_store_knew_counts_when_the_files_never_come() {
    let source = skill("", &["document.passport.mrz"], Some("passport"))
        .replace("[\"passport\"]", "[\"passport\"]\nafter_token = true")
        .replace("[[steps]]\nname = \"review\"\nkind = \"review\"\n", "");
    let mut person = Person::new(&source);
    person.submit("form", &data(&[(MRZ, ZONE)])).unwrap();
    person.submit("document", &data(&[("kind", "passport")])).unwrap();
    person.session.decide_knowing(Known { document_of_another: true }, None, today());
    assert_eq!(outcome(&person.session).status, Status::Pending, "the photograph may still come");
    person.wait(LIVES.session);
    let late = outcome(&person.session.decide_late(person.now));
    assert_eq!(verdict(&late, Check::DuplicateDocument), Some(Warn));
    assert_eq!(verdict(&late, Check::Uploads), Some(Fail));
}
