//! From what was given to what is decided.

use vestibule_protocol::outcome::{Check, Outcome, Status, Verdict};

use super::*;
use crate::engine::session::Stage;

fn outcome_of(dob: &str, fixed: Option<SandboxOutcome>) -> Outcome {
    let mut given = Data::default();
    for (name, value) in personal().iter() {
        given.push(name, if name == "id.dob" { Raw::from(dob) } else { value.clone() });
    }
    let (mut person, _) = Person::begin(DETAILS, &Data::default(), fixed);
    person.submit("personal_data", &given).unwrap();
    person.submit("consent", &data(&[("data_use", "1.0")])).unwrap();
    match person.session.state.stage {
        Stage::Completed(completion) => completion.outcome,
        Stage::Walking | Stage::Expired => panic!("not complete"),
    }
}

fn verdict(outcome: &Outcome, check: Check) -> Option<Verdict> {
    outcome.checks.iter().find(|result| result.check == check).map(|result| result.verdict)
}

#[test]
fn who_is_old_enough_passes_and_who_is_not_fails() {
    let adult = outcome_of("2008-11-20", None);
    assert_eq!((adult.status, adult.requires_manual_review), (Status::Pass, false));
    assert_eq!(verdict(&adult, Check::RequiredData), Some(Verdict::Ok));
    assert_eq!(verdict(&adult, Check::Consent), Some(Verdict::Ok));
    assert_eq!(verdict(&adult, Check::Uploads), None, "this skill asks for no files");

    let minor = outcome_of("2008-11-21", None);
    assert_eq!(minor.status, Status::Fail);
    assert_eq!(verdict(&minor, Check::MinimumAge), Some(Verdict::Fail));
}

#[test]
fn the_sandbox_may_fix_the_outcome_and_says_so() {
    let failed = outcome_of("1990-05-17", Some(SandboxOutcome::Fail));
    assert_eq!(failed.status, Status::Fail);
    assert_eq!(verdict(&failed, Check::SandboxOutcome), Some(Verdict::Fail));
    assert_eq!(verdict(&failed, Check::MinimumAge), Some(Verdict::Ok), "the checks ran all the same");

    let review = outcome_of("1990-05-17", Some(SandboxOutcome::ManualReview));
    assert_eq!((review.status, review.requires_manual_review), (Status::Pass, true));
    let ruled = outcome_of("2020-05-17", Some(SandboxOutcome::UseRulesOutcome));
    assert_eq!((ruled.status, verdict(&ruled, Check::SandboxOutcome)), (Status::Fail, None));
}

#[test]
fn an_age_that_nobody_gave_is_for_a_person_to_look_at() {
    let source = DETAILS.replace("    { name = \"id.dob\" },\n", "");
    let mut person = Person::new(&source);
    let mut given = Data::default();
    for (name, value) in personal().iter().filter(|(name, _)| *name != "id.dob") {
        given.push(name, value.clone());
    }
    person.submit("personal_data", &given).unwrap();
    person.submit("consent", &data(&[("data_use", "1.0")])).unwrap();
    let Stage::Completed(completion) = &person.session.state.stage else { panic!("not complete") };
    assert_eq!(verdict(&completion.outcome, Check::MinimumAge), Some(Verdict::Unknown));
    assert!(completion.outcome.requires_manual_review);
}

#[test]
fn a_document_whose_last_day_is_past_fails() {
    let field = "{ name = \"document.passport.expires_at\" }, { name = \"id.email\" }";
    let source = DETAILS.replace("{ name = \"id.email\" }", field);
    let verdict_for = |last_day: &str| {
        let mut person = Person::new(&source);
        let mut given = personal();
        given.push("document.passport.expires_at", Raw::from(last_day));
        person.submit("personal_data", &given).unwrap();
        person.submit("consent", &data(&[("data_use", "1.0")])).unwrap();
        let Stage::Completed(completion) = person.session.state.stage else { panic!("not complete") };
        verdict(&completion.outcome, Check::DocumentExpiry)
    };
    assert_eq!(verdict_for("2026-11-19"), Some(Verdict::Fail));
    assert_eq!(verdict_for("2026-11-20"), Some(Verdict::Ok));
}
