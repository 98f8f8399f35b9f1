//! Steps, corrections, files, nonces and the ends of lives.

use vestibule_protocol::field::FieldProblem;
use vestibule_protocol::problem::RefusedField;
use vestibule_protocol::secret::Reveal;
use vestibule_protocol::session::{SessionStatus, StepWord};
use vestibule_protocol::step::{Screen, StepView};

use super::*;

fn name(step: Option<&StepView>) -> Option<&str> {
    step.map(|step| step.name.as_str())
}

fn fields(step: &StepView) -> Vec<(&str, Option<&str>)> {
    let Screen::Form { fields } = &step.screen else { panic!("no form") };
    fields.iter().map(|field| (field.name.as_str(), field.value.as_deref())).collect()
}

#[test]
fn a_person_walks_from_the_first_step_to_the_result() {
    let mut person = Person::new(IDENTITY);
    let opened = person.open().unwrap();
    assert_eq!(opened.status, SessionStatus::Created);
    assert_eq!(opened.about.steps[2], StepWord::Document);
    assert_eq!(name(opened.next.as_ref()), Some("personal_data"));

    let answer = person.submit("personal_data", &personal()).unwrap();
    assert_eq!((answer.status, name(answer.next.as_ref())), (SessionStatus::InProgress, Some("consent")));
    person.submit("consent", &data(&[("identity_check", "1.0")])).unwrap();
    let answer = person.submit("document", &data(&[("kind", "id_card")])).unwrap();
    let uploads = answer.uploads.unwrap();
    assert_eq!(uploads.step_id, answer.step_id);
    let asked: Vec<_> = uploads.remaining.iter().map(|slot| slot.name).collect();
    assert_eq!(asked, [UploadName::Front, UploadName::Back]);
    assert_eq!(name(answer.next.as_ref()), Some("selfie"));

    let refused = person.submit("selfie", &Data::default()).unwrap_err();
    let missing = |field: &str| RefusedField { field: field.into(), problem: FieldProblem::NotUploaded };
    assert_eq!(refused, SubmitRefused::UploadsMissing(vec![missing("front"), missing("back")]));
    assert_eq!(person.photograph(UploadName::Front).remaining, [UploadName::Back]);
    assert_eq!(person.photograph(UploadName::Back).remaining, []);
    person.submit("selfie", &Data::default()).unwrap();
    person.photograph(UploadName::Selfie);
    let answer = person.submit("review", &Data::default()).unwrap();
    assert_eq!(answer.status, SessionStatus::Completed);
    assert!(answer.validation_token.is_some() && answer.temp_token.is_none() && answer.nonce.is_none());
}

#[test]
fn the_result_is_given_anew_until_it_is_redeemed_once() {
    let mut person = Person::new(IDENTITY);
    person.arrive_at_review();
    let first = person.submit("review", &Data::default()).unwrap().validation_token.unwrap();
    let second = person.open().unwrap().validation_token.unwrap();
    let (first, second) = (Digest::of_secret(&first), Digest::of_secret(&second));
    assert!(person.session.clone().redeem(&first, person.now).is_err(), "voided by the second");
    let late = person.now.plus_seconds(LIVES.result);
    assert!(person.session.clone().redeem(&second, late).is_err(), "expired");
    person.session = person.session.clone().redeem(&second, person.now).unwrap().0;
    assert!(person.session.clone().redeem(&second, person.now).is_err(), "redeemed");
    let opened = person.open().unwrap();
    assert_eq!(opened.status, SessionStatus::Completed);
    assert!(opened.validation_token.is_none());
}

#[test]
fn steps_come_in_order_and_refusals_change_nothing() {
    let mut person = Person::new(IDENTITY);
    for step in ["consent", "selfie", "review", "nowhere"] {
        assert_eq!(person.submit(step, &Data::default()).unwrap_err(), SubmitRefused::StepUnavailable);
    }
    let mut wrong = personal();
    wrong.push("id.ssn9", Raw::from("123-45-6789"));
    let SubmitRefused::Fields(fields) = person.submit("personal_data", &wrong).unwrap_err() else {
        panic!("the fields")
    };
    assert_eq!(fields, [RefusedField { field: "id.ssn9".into(), problem: FieldProblem::Unknown }]);
    person.submit("personal_data", &personal()).unwrap();
}

#[test]
fn a_correction_takes_the_place_of_what_was_given() {
    let mut person = Person::new(IDENTITY);
    let review = person.arrive_at_review().next.unwrap();
    let Screen::Review { steps } = &review.screen else { panic!("the review") };
    let shown: Vec<_> = steps.iter().map(|step| step.name.as_str()).collect();
    assert_eq!(shown, ["personal_data", "consent", "document", "selfie"]);
    assert_eq!(fields(&steps[0])[0], ("id.first_name", Some("Jane")));

    let answer = person.submit("document", &data(&[("kind", "drivers_license")])).unwrap();
    assert_eq!(name(answer.next.as_ref()), Some("review"));
    assert_eq!(answer.uploads.unwrap().remaining.len(), 2, "the passport's picture is void");
    assert!(matches!(
        person.submit("review", &Data::default()),
        Err(SubmitRefused::UploadsMissing(missing)) if missing.len() == 2
    ));
    person.photograph(UploadName::Front);
    person.photograph(UploadName::Back);
    assert!(person.submit("review", &Data::default()).is_ok());
}

#[test]
fn a_correction_in_the_middle_of_uploading_keeps_what_was_uploaded() {
    let mut person = Person::new(IDENTITY);
    person.submit("personal_data", &personal()).unwrap();
    person.submit("consent", &data(&[("identity_check", "1.0")])).unwrap();
    person.submit("document", &data(&[("kind", "id_card")])).unwrap();
    person.photograph(UploadName::Front);
    let before = person.uploads.clone().unwrap();
    let answer = person.submit("personal_data", &personal()).unwrap();
    let uploads = answer.uploads.unwrap();
    assert_eq!(uploads.step_id, before.step_id);
    assert_eq!(uploads.remaining.len(), 1);
    let back = person.upload_to(&before.step_id, &before.nonce, UploadName::Back, REJECTED);
    assert!(
        back.is_ok() && before.nonce.reveal() != uploads.nonce.reveal(),
        "the fresh nonce is a further one"
    );
    assert_eq!(person.photograph(UploadName::Back).remaining, []);
}

#[test]
fn what_the_tenant_knows_is_filled_in_and_a_whole_step_is_skipped() {
    let partly = data(&[("id.first_name", "Jane"), ("id.dob", "1870-01-01"), ("business.tin", "123456789")]);
    let (mut person, ignored) = Person::begin(IDENTITY, &partly, None);
    assert_eq!(ignored, ["id.dob", "business.tin"]);
    let first = person.open().unwrap().next.unwrap();
    assert_eq!(
        fields(&first)[..3],
        [("id.first_name", Some("Jane")), ("id.last_name", None), ("id.dob", None)]
    );

    let (mut person, ignored) = Person::begin(IDENTITY, &personal(), None);
    assert!(ignored.is_empty());
    let opened = person.open().unwrap();
    assert_eq!((opened.status, name(opened.next.as_ref())), (SessionStatus::Created, Some("consent")));
    let mut corrected = personal();
    corrected.push("id.phone_number", Raw::from("+49 151 1234567"));
    let answer = person.submit("personal_data", &corrected).unwrap();
    assert_eq!(name(answer.next.as_ref()), Some("consent"));
}

#[test]
fn a_masked_field_that_is_left_out_keeps_its_value() {
    let source =
        DETAILS.replace("{ name = \"id.email\" }", "{ name = \"id.ssn9\" }, { name = \"id.email\" }");
    let mut person = Person::new(&source);
    let mut first = personal();
    first.push("id.ssn9", Raw::from("123-45-6789"));
    assert!(matches!(person.submit("personal_data", &personal()), Err(SubmitRefused::Fields(_))));
    person.submit("personal_data", &first).unwrap();
    person.submit("personal_data", &personal()).unwrap();
    let step = person.session.skill.steps[0].clone();
    let view = crate::engine::view::step(&person.session, &step, person.now);
    let Screen::Form { fields } = view.screen else { panic!("no form") };
    let ssn = fields.iter().find(|field| field.name.as_str() == "id.ssn9").unwrap();
    assert_eq!((ssn.value.as_deref(), ssn.masked.as_deref()), (None, Some("••••6789")));
}

#[test]
fn attempts_are_counted_and_end() {
    let mut person = Person::new(IDENTITY);
    person.submit("personal_data", &personal()).unwrap();
    person.submit("consent", &data(&[("identity_check", "1.0")])).unwrap();
    person.submit("document", &data(&[("kind", "passport")])).unwrap();
    assert_eq!(person.upload(UploadName::Back, REJECTED).unwrap_err(), UploadRefused::NotWanted);
    for left in (0..10).rev() {
        assert_eq!(person.upload(UploadName::Front, REJECTED).unwrap().attempts_left, left);
    }
    assert_eq!(person.upload(UploadName::Front, REJECTED).unwrap_err(), UploadRefused::TooManyAttempts);
}

#[test]
fn nonces_and_sessions_expire_and_opening_renews_the_nonce() {
    let mut person = Person::new(IDENTITY);
    person.wait(LIVES.nonce);
    assert_eq!(person.submit("personal_data", &personal()).unwrap_err(), SubmitRefused::NonceExpired);
    let expired = person.nonce.clone();
    person.open().unwrap();
    let fresh = std::mem::replace(&mut person.nonce, expired);
    assert_eq!(person.submit("personal_data", &personal()).unwrap_err(), SubmitRefused::NonceUnknown);
    person.nonce = fresh;
    person.submit("personal_data", &personal()).unwrap();

    person.submit("consent", &data(&[("identity_check", "1.0")])).unwrap();
    person.submit("document", &data(&[("kind", "passport")])).unwrap();
    person.wait(LIVES.nonce);
    assert_eq!(person.upload(UploadName::Front, REJECTED).unwrap_err(), UploadRefused::NonceExpired);
    assert_eq!(person.open().unwrap().uploads.unwrap().remaining.len(), 1);
    person.photograph(UploadName::Front);

    person.wait(LIVES.session);
    assert_eq!(person.submit("selfie", &Data::default()).unwrap_err(), SubmitRefused::SessionExpired);
    assert_eq!(person.upload(UploadName::Front, REJECTED).unwrap_err(), UploadRefused::SessionExpired);
    assert!(person.open().is_err());
}

#[test]
fn a_reviewer_asks_for_some_steps_alone() {
    let known = personal();
    let (mut person, _) = Person::begin_part(IDENTITY, &known, None, Some(&["selfie", "personal_data"]));
    let opened = person.open().unwrap();
    assert_eq!(opened.about.note.as_deref(), Some("Your photo was blurred."));
    assert_eq!(opened.about.steps, [StepWord::Form, StepWord::Selfie, StepWord::Review]);
    let first = opened.next.unwrap();
    assert_eq!((first.name.as_str(), first.total), ("personal_data", 3), "shown, though all of it is known");
    assert_eq!(fields(&first)[0], ("id.first_name", Some("Jane")));
    assert_eq!(
        person.submit("document", &data(&[("kind", "passport")])).unwrap_err(),
        SubmitRefused::StepUnavailable
    );
    person.submit("personal_data", &known).unwrap();
    person.submit("selfie", &Data::default()).unwrap();
    person.photograph(UploadName::Selfie);
    let answer = person.submit("review", &Data::default()).unwrap();
    assert_eq!(answer.status, SessionStatus::Completed);
}
