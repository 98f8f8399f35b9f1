//! What a reviewer may ask of a person, without a server.

use vestibule_protocol::outcome::Status;

use super::*;
use crate::engine::onboarding::AskRefused;
use crate::engine::user::User;

fn decided() -> (Person, User) {
    let mut person = Person::new(IDENTITY);
    person.arrive_at_review();
    person.submit("review", &Data::default()).unwrap();
    let mut user = User::new(person.session.user.clone(), None);
    user.learn(&person.session);
    (person, user)
}

#[test]
fn a_reviewer_asks_for_steps_of_an_onboarding_that_is_decided() {
    let (person, mut user) = decided();
    let onboarding = user.decided_onboarding(None).unwrap().id.clone();
    assert_eq!(onboarding, person.session.state.origin.onboarding);
    let names = |names: &[&str]| names.iter().map(|name| name.parse().unwrap()).collect::<Vec<_>>();
    let skill = &person.session.skill;
    for (steps, refused) in [
        (names(&[]), AskRefused::NoSteps),
        (names(&["document", "passport"]), AskRefused::NoSuchStep("passport".parse().unwrap())),
        (names(&["review"]), AskRefused::NoSuchStep("review".parse().unwrap())),
    ] {
        assert_eq!(user.ask(&onboarding, skill, &steps, "Why?".into(), person.now), Err(refused));
    }
    let other = id(&person.random);
    let refused = user.ask(&other, skill, &names(&["document"]), "Why?".into(), person.now);
    assert_eq!(refused, Err(AskRefused::NothingDecided));
    assert_eq!(user.state.info_request, None, "a refusal asks for nothing");

    let steps = names(&["selfie", "document", "selfie"]);
    user.ask(&onboarding, skill, &steps, "The card, please.".into(), person.now).unwrap();
    let request = user.state.info_request.clone().unwrap();
    assert_eq!(request.steps, names(&["document", "selfie"]), "once each, in the skill's order");
    assert_eq!((request.at, request.note.as_str()), (person.now, "The card, please."));
}

#[test]
fn what_is_erased_is_asked_about_no_more() {
    let (person, mut user) = decided();
    let onboarding = user.decided_onboarding(None).unwrap().id.clone();
    let steps = ["document".parse().unwrap()];
    user.ask(&onboarding, &person.session.skill, &steps, "The card, please.".into(), person.now).unwrap();
    user.forget(&person.session.id);
    assert_eq!((user.state.onboardings.len(), user.state.info_request), (0, None));
    assert_eq!(user.state.vault.names().next(), None);
}

#[test]
fn a_person_of_an_earlier_version_has_no_onboardings_yet() {
    let kept = r#"{"status":"pass","requires_manual_review":false,"vault":{}}"#;
    let state: crate::engine::user::UserState = serde_json::from_str(kept).unwrap();
    assert!(state.onboardings.is_empty() && state.info_request.is_none());
}

/// The session in which a person answers a request about a former one.
fn answering(former: &Person, user: &User) -> Person {
    let request = user.state.info_request.clone().unwrap();
    let random = Sequence::default();
    // Names and secrets of its own.
    let _: [StepId; 64] = std::array::from_fn(|_| id(&random));
    let beginning = Beginning {
        id: uuid(&random),
        user: user.id.clone(),
        skill: asked_of(Arc::clone(&former.session.skill), Some(&request.steps)).unwrap(),
        origin: Origin { answers: Some(request.at), ..former.session.state.origin.clone() },
        sandbox_outcome: None,
        redirect_url: None,
        only: Some(request.steps),
        note: Some(request.note),
        remarks: Remarks::default(),
        burst: None,
        known: former.session.values(),
        bootstrap: &Data::default(),
        named: true,
    };
    let (session, _) = Session::begin(beginning, LIVES, former.now);
    let mut person = Person { session, now: former.now, random, nonce: None, uploads: None };
    person.open().unwrap();
    person
}

#[test]
fn what_was_asked_for_is_decided_with_what_was_given_before() {
    let mut person = Person::new(IDENTITY);
    let young = personal().iter().fold(Data::default(), |mut data, (name, value)| {
        data.push(name, if name == "id.dob" { Raw::from("2015-01-01") } else { value.clone() });
        data
    });
    person.arrive_at_review();
    person.submit("personal_data", &young).unwrap();
    person.submit("review", &Data::default()).unwrap();
    let mut user = User::new(person.session.user.clone(), None);
    user.learn(&person.session);
    assert_eq!(user.state.status, Status::Fail);

    let onboarding = user.decided_onboarding(None).unwrap().id.clone();
    let steps = ["personal_data".parse().unwrap()];
    user.ask(&onboarding, &person.session.skill, &steps, "Is this so?".into(), person.now).unwrap();
    let mut later = answering(&person, &user);
    later.submit_after("personal_data", &personal(), &person.session).unwrap();
    later.submit_after("review", &Data::default(), &person.session).unwrap();
    user.learn(&later.session);

    assert_eq!((user.state.status, &user.state.info_request), (Status::Pass, &None));
    let decided = user.onboarding(&onboarding).unwrap();
    assert_eq!((&decided.session, &decided.supplements[..]), (&person.session.id, &[later.session.id][..]));
    assert!(user.state.vault.has("document.passport.front"), "what was not asked for stays");
}

#[test]
fn a_newer_request_stays_when_an_older_one_is_answered() {
    let (person, mut user) = decided();
    let onboarding = user.decided_onboarding(None).unwrap().id.clone();
    let ask = |user: &mut User, step: &str, now| {
        let steps = [step.parse().unwrap()];
        user.ask(&onboarding, &person.session.skill, &steps, "Please.".into(), now).unwrap();
    };
    ask(&mut user, "personal_data", person.now);
    let first = answering(&person, &user);
    assert!(user.request_of(&first.session).is_some());
    ask(&mut user, "selfie", person.now.plus_seconds(60));
    assert_eq!(user.request_of(&first.session), None, "what it was to answer is asked for no more");
}

#[test]
fn a_step_up_ends_when_the_document_was_given_once_more() {
    let (mut person, _) = Person::begin(IDENTITY, &Data::default(), Some(SandboxOutcome::StepUp));
    person.arrive_at_review();
    person.submit("review", &Data::default()).unwrap();
    let mut user = User::new(person.session.user.clone(), None);
    user.learn(&person.session);
    assert_eq!((user.state.status, user.state.requires_manual_review), (Status::Incomplete, false));
    let request = user.state.info_request.clone().unwrap();
    assert_eq!(request.steps, ["document".parse().unwrap()], "and no other step");

    let mut again = answering(&person, &user);
    again.submit("document", &data(&[("kind", "passport")])).unwrap();
    again.photograph(UploadName::Front);
    again.submit_after("review", &Data::default(), &person.session).unwrap();
    user.learn(&again.session);
    assert_eq!((user.state.status, user.state.requires_manual_review), (Status::Pass, false));
    assert_eq!(user.state.info_request, None);
}

#[test]
fn a_step_up_without_a_document_asks_for_the_rest() {
    let (mut person, _) = Person::begin(DETAILS, &Data::default(), Some(SandboxOutcome::StepUp));
    person.submit("personal_data", &personal()).unwrap();
    person.submit("consent", &data(&[("data_use", "1.0")])).unwrap();
    let mut user = User::new(person.session.user.clone(), None);
    user.learn(&person.session);
    let request = user.state.info_request.unwrap();
    assert_eq!(request.steps, ["personal_data", "consent"].map(|name| name.parse().unwrap()));
}
