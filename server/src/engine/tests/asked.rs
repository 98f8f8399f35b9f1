//! What a reviewer may ask of a person, without a server.

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
