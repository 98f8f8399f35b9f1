//! What the omni family reads off a session, without a server.

use vestibule_protocol::omni::OnboardingStatus::{
    self, Expired, IdValidationFinished, ManualReviewApproved, ManualReviewRejected, OnboardingFinished,
    PostProcessingFinished, Unknown,
};
use vestibule_protocol::omni::{FinishAction, ImageName, OcrData, ScoreStatus, TypeOfId};
use vestibule_protocol::outcome::ReviewDecision;

use super::*;
use crate::engine::omni::{finish_status, interview_code, ocr_data, picture, score, status, statuses};

/// A passport whose last day is typed, and no selfie.
const PASSPORT: &str = "name = \"own_#1.0\"\ntitle = \"Own\"\n\
    [[steps]]\nname = \"paper\"\nkind = \"document\"\ndocuments = [\"passport\"]\n\
    [[steps]]\nname = \"read\"\nkind = \"form\"\nfields = [\n\
    { name = \"document.passport.document_number\" },\n\
    { name = \"document.passport.full_name\" },\n\
    { name = \"document.passport.dob\" },\n\
    { name = \"document.passport.expires_at\" },\n\
    { name = \"document.passport.issuing_country\" },\n\
    { name = \"id.first_name\" },\n\
    { name = \"id.dob\" },\n\
    { name = \"id.ssn9\" },\n\
    { name = \"id.address_line1\" },\n\
    { name = \"id.address_line2\" },\n\
    { name = \"id.city\" },\n\
    ]\n";

fn passport(last_day: &str) -> Data {
    data(&[
        ("document.passport.document_number", "L898902C3"),
        ("document.passport.full_name", "Anna Maria Eriksson"),
        ("document.passport.dob", "1969-12-31"),
        ("document.passport.expires_at", last_day),
        ("document.passport.issuing_country", "SE"),
        ("id.first_name", "Anna"),
        ("id.dob", "1970-01-01"),
        ("id.ssn9", "123-45-6789"),
        ("id.address_line1", "1 Long Street"),
        ("id.address_line2", "Door 2"),
        ("id.city", "Zenith"),
    ])
}

impl Person {
    fn reached(&self) -> Vec<OnboardingStatus> {
        statuses(&self.session, self.now)
    }

    fn reviewed(&self, decision: ReviewDecision) -> Self {
        let session = self.session.clone().review(decision, self.now).unwrap().unwrap();
        Self { session, now: self.now, random: Sequence::default(), nonce: None, uploads: None }
    }
}

fn walked(outcome: Option<SandboxOutcome>) -> Person {
    let (mut person, _) = Person::begin(IDENTITY, &Data::default(), outcome);
    person.arrive_at_review();
    person.submit("review", &Data::default()).unwrap();
    person
}

#[test]
fn statuses_are_reached_in_order_and_none_is_claimed() {
    let mut person = Person::new(IDENTITY);
    assert_eq!((person.reached(), status(&person.session, person.now)), (vec![], Unknown));
    person.arrive_at_review();
    assert_eq!(person.reached(), [IdValidationFinished]);
    person.submit("document", &data(&[("kind", "id_card")])).unwrap();
    assert_eq!(person.reached(), [], "another document was chosen, and is not there yet");
    person.photograph(UploadName::Front);
    person.photograph(UploadName::Back);
    person.submit("review", &Data::default()).unwrap();
    let decided = [IdValidationFinished, PostProcessingFinished, OnboardingFinished];
    assert_eq!(person.reached(), decided, "nobody has looked at the face");
    person.wait(LIVES.session);
    assert_eq!(person.reached(), decided, "what is decided does not expire");

    let mut given_up = Person::new(IDENTITY);
    given_up.wait(LIVES.session);
    assert_eq!(given_up.reached(), [Expired]);
}

#[test]
fn a_skill_without_documents_validates_none() {
    let mut person = Person::new(DETAILS);
    person.submit("personal_data", &personal()).unwrap();
    person.submit("consent", &data(&[("data_use", "1.0")])).unwrap();
    assert_eq!(person.reached(), [OnboardingFinished]);
    let score = score(&person.session);
    assert!(score.id_validation.is_none() && score.liveness.is_none() && score.face_recognition.is_none());
    assert_eq!(score.overall.status, ScoreStatus::Ok);
    assert_eq!(picture(&person.session, ImageName::Selfie), None);
}

#[test]
fn a_reviewer_has_the_last_word() {
    let flagged = walked(Some(SandboxOutcome::ManualReview));
    let finish = finish_status(&flagged.session);
    assert_eq!((finish.action, finish.score_status), (FinishAction::None, ScoreStatus::Manual));
    assert_eq!(flagged.reached().last(), Some(&OnboardingFinished));

    for (decision, reached, action, score_status) in [
        (ReviewDecision::Approve, ManualReviewApproved, FinishAction::Approved, ScoreStatus::Ok),
        (ReviewDecision::Reject, ManualReviewRejected, FinishAction::Rejected, ScoreStatus::Fail),
    ] {
        let person = flagged.reviewed(decision);
        assert_eq!(person.reached().last(), Some(&reached));
        let finish = finish_status(&person.session);
        assert_eq!((finish.action, finish.score_status), (action, score_status));
        assert_eq!(score(&person.session).overall.status, score_status);
    }
}

#[test]
fn a_section_says_what_its_checks_found() {
    // The passport's zone was not read, which leaves its section open and calls a reviewer.
    for (last_day, found, section, overall) in [
        ("2030-01-01", ScoreStatus::Ok, ScoreStatus::Unknown, ScoreStatus::Manual),
        ("2020-01-01", ScoreStatus::Fail, ScoreStatus::Fail, ScoreStatus::Fail),
    ] {
        let mut person = Person::new(PASSPORT);
        person.submit("paper", &data(&[("kind", "passport")])).unwrap();
        person.photograph(UploadName::Front);
        let before = score(&person.session);
        assert_eq!(before.id_validation.unwrap().overall.status, ScoreStatus::Unknown, "nothing ran yet");
        let mut given = Data::default();
        for (name, value) in passport(last_day).iter() {
            given.push(name, if name == "id.dob" { Raw::from("1969-12-31") } else { value.clone() });
        }
        person.submit("read", &given).unwrap();
        let score = score(&person.session);
        let documents = score.id_validation.unwrap();
        let expiry = documents.id_specific.iter().find(|test| test.key == "document_expiry").unwrap();
        assert_eq!((expiry.status, expiry.value.as_deref()), (found, None));
        assert_eq!((documents.overall.status, score.overall.status), (section, overall));
        assert!(score.liveness.is_none() && score.id_ocr_confidence.is_none());
    }
}

#[test]
fn a_document_speaks_before_the_person() {
    let mut person = Person::new(PASSPORT);
    assert_eq!(ocr_data(&person.session, person.now.date()), OcrData::default());
    person.submit("paper", &data(&[("kind", "passport")])).unwrap();
    person.photograph(UploadName::Front);
    person.submit("read", &passport("2030-01-01")).unwrap();
    let given = ocr_data(&person.session, person.now.date());
    assert_eq!(given.type_of_id, Some(TypeOfId::Passport));
    assert_eq!(given.document_number.as_deref(), Some("L898902C3"));
    assert_eq!(given.birth_date, Some(-86_400_000), "of the document, before 1970");
    assert_eq!(given.expire_at, Some(1_893_456_000_000));
    assert_eq!((given.issuing_country.as_deref(), given.nationality), (Some("SE"), None));
    let name = given.name.unwrap();
    assert_eq!(name.full_name.as_deref(), Some("Anna Maria Eriksson"), "not put together from less");
    assert_eq!((name.first_name.as_deref(), name.paternal_last_name), (Some("Anna"), None));
    assert_eq!(given.address.as_deref(), Some("1 Long Street\nDoor 2\nZenith"));
    assert_eq!(given.address_fields.unwrap().street.as_deref(), Some("1 Long Street, Door 2"));
    assert!(!serde_json::to_string(&ocr_data(&person.session, person.now.date())).unwrap().contains("6789"));
    assert_eq!(format!("{:?}", ocr_data(&person.session, person.now.date())), "OcrData(…)");
}

/// After Doc 9303-4, appendix B, valid until 2034.
const ZONE: &str =
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F3404159ZE184226B<<<<<16";

#[test]
fn a_machine_speaks_before_both_unless_it_misread() {
    let skill =
        PASSPORT.replace("{ name = \"document.passport.dob\" }", "{ name = \"document.passport.mrz\" }");
    for (zone, number, born) in [
        (ZONE.to_owned(), "L898902C3", Some(145_497_600_000)),
        (ZONE.replace("L898902C36", "L898902C96"), "X1", Some(145_497_600_000)),
    ] {
        let mut person = Person::new(&skill);
        person.submit("paper", &data(&[("kind", "passport")])).unwrap();
        person.photograph(UploadName::Front);
        let mut given = Data::default();
        for (name, value) in passport("2030-01-01").iter() {
            match name {
                "document.passport.dob" => given.push("document.passport.mrz", Raw::from(zone.as_str())),
                "document.passport.document_number" => given.push(name, Raw::from("X1")),
                _ => given.push(name, value.clone()),
            }
        }
        person.submit("read", &given).unwrap();
        let read = ocr_data(&person.session, person.now.date());
        assert_eq!((read.document_number.as_deref(), read.birth_date), (Some(number), born));
        let name = read.name.unwrap();
        assert_eq!(name.machine_readable_full_name.as_deref(), Some("ANNA MARIA ERIKSSON"));
        assert_eq!(name.full_name.as_deref(), Some("Anna Maria Eriksson"), "with its small letters");
    }
}

#[test]
fn pictures_are_those_that_were_accepted() {
    let person = walked(None);
    let name = |image| picture(&person.session, image).map(|upload| upload.name);
    assert_eq!(name(ImageName::Selfie), Some(UploadName::Selfie));
    assert_eq!(name(ImageName::FullFrameFrontId), Some(UploadName::Front));
    for none in [
        ImageName::FullFrameBackId,
        ImageName::CroppedFrontId,
        ImageName::CroppedBackId,
        ImageName::CroppedFace,
    ] {
        assert_eq!(name(none), None, "{}", none.as_str());
    }
}

#[test]
fn people_can_say_the_code_of_a_session() {
    let (one, other) = (Person::new(DETAILS), walked(None));
    let code = interview_code(&one.session);
    assert_eq!((code.len(), &code), (6, &interview_code(&one.session)));
    assert!(code.bytes().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit()));
    assert!(!code.contains(['O', 'I', '0', '1']) && !interview_code(&other.session).contains('0'));
}
