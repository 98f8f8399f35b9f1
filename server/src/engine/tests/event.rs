//! What a transition tells by what it changes.

use vestibule_protocol::omni::OnboardingStatus;
use vestibule_protocol::outcome::{ReviewDecision, SandboxOutcome, Status};

use super::*;
use crate::engine::event::{Decision, Event, SessionEvent, UserEvent, of_session, of_user};
use crate::engine::session::Stage;
use crate::engine::user::User;

/// What has happened to the session since it was `before`.
fn since(before: Option<&Session>, person: &Person) -> Vec<SessionEvent> {
    let events = of_session(before, &person.session).into_iter();
    let of_this = events.map(|event| match event {
        Event::Session(run, what) => {
            assert_eq!((run.session, run.interview), (person.session.id.clone(), person.session.interview()));
            what
        }
        other => panic!("{other:?} is none of the session"),
    });
    of_this.filter(|what| !matches!(what, SessionEvent::Reached(_))).collect()
}

fn of_person(before: Option<&User>, after: &User) -> Vec<UserEvent> {
    let events = of_user(before, after).into_iter();
    let of_them = events.map(|event| match event {
        Event::User(_, what) => what,
        other => panic!("{other:?} is none of the person"),
    });
    of_them.collect()
}

fn step(name: &str) -> vestibule_protocol::id::StepName {
    name.parse().unwrap()
}

#[test]
fn every_transition_of_a_walk_is_told_once() {
    let mut person = Person::new(IDENTITY);
    assert_eq!(since(None, &person), [SessionEvent::Created]);
    let mut before = person.session.clone();
    person.open().unwrap();
    assert_eq!(since(Some(&before), &person), [], "to open a session is nothing new");

    person.submit("personal_data", &personal()).unwrap();
    assert_eq!(since(Some(&before), &person), [SessionEvent::Submitted(step("personal_data"))]);
    before = person.session.clone();
    person.submit("personal_data", &personal()).unwrap();
    assert_eq!(since(Some(&before), &person), [SessionEvent::Submitted(step("personal_data"))]);

    person.submit("consent", &data(&[("identity_check", "1.0")])).unwrap();
    person.submit("document", &data(&[("kind", "passport")])).unwrap();
    before = person.session.clone();
    person.upload(UploadName::Front, REJECTED).unwrap();
    assert_eq!(since(Some(&before), &person), [SessionEvent::UploadRejected(step("document"))]);
    before = person.session.clone();
    person.photograph(UploadName::Front);
    assert_eq!(since(Some(&before), &person), [], "an accepted file is no event");
    before = person.session.clone();
    person.upload(UploadName::Front, REJECTED).unwrap();
    assert_eq!(since(Some(&before), &person), [SessionEvent::UploadRejected(step("document"))]);

    person.submit("selfie", &Data::default()).unwrap();
    person.photograph(UploadName::Selfie);
    before = person.session.clone();
    person.submit("review", &Data::default()).unwrap();
    let passed = Decision { status: Status::Pass, requires_manual_review: false };
    assert_eq!(
        since(Some(&before), &person),
        [SessionEvent::Submitted(step("review")), SessionEvent::Completed, SessionEvent::Decided(passed)]
    );
    before = person.session.clone();
    person.open().unwrap();
    assert_eq!(since(Some(&before), &person), [], "a new result token is nothing new");

    let Stage::Completed(completion) = &mut person.session.state.stage else { panic!("not complete") };
    completion.outcome.status = Status::Fail;
    let failed = Decision { status: Status::Fail, requires_manual_review: false };
    assert_eq!(since(Some(&before), &person), [SessionEvent::Decided(failed)]);
}

/// The statuses that were reached since `before`.
fn reached(before: Option<&Session>, after: &Session) -> Vec<OnboardingStatus> {
    let events = of_session(before, after).into_iter();
    let reached = events.filter_map(|event| match event {
        Event::Session(_, SessionEvent::Reached(status)) => Some(status),
        _ => None,
    });
    reached.collect()
}

#[test]
fn every_status_of_the_omni_family_is_told_when_it_is_reached() {
    let mut person = Person::new(IDENTITY);
    assert_eq!(reached(None, &person.session), []);
    person.submit("personal_data", &personal()).unwrap();
    person.submit("consent", &data(&[("identity_check", "1.0")])).unwrap();
    person.submit("document", &data(&[("kind", "passport")])).unwrap();
    let before = person.session.clone();
    person.photograph(UploadName::Front);
    assert_eq!(reached(Some(&before), &person.session)[0], OnboardingStatus::IdValidationFinished);
    person.submit("selfie", &Data::default()).unwrap();
    person.photograph(UploadName::Selfie);
    let before = person.session.clone();
    assert_eq!(reached(Some(&before), &before), []);
    person.submit("review", &Data::default()).unwrap();
    let last = reached(Some(&before), &person.session);
    assert_eq!(last.last(), Some(&OnboardingStatus::OnboardingFinished));
    let complete = person.session.clone();
    let reviewed = complete.clone().review(ReviewDecision::Approve, person.now).unwrap().unwrap();
    assert_eq!(reached(Some(&complete), &reviewed), [OnboardingStatus::ManualReviewApproved]);
}

#[test]
fn a_session_expires_once_and_never_after_it_was_completed() {
    let mut person = Person::new(IDENTITY);
    let walking = person.session.clone();
    assert_eq!(of_session(Some(&walking), &walking.clone().expire(person.now)), []);
    person.wait(LIVES.session);
    person.session = walking.clone().expire(person.now);
    assert_eq!(since(Some(&walking), &person), [SessionEvent::Expired]);
    let expired = person.session.clone();
    assert_eq!(of_session(Some(&expired), &expired.clone().expire(person.now)), []);

    let mut person = Person::new(IDENTITY);
    person.arrive_at_review();
    person.submit("review", &Data::default()).unwrap();
    person.wait(LIVES.session);
    let complete = person.session.clone();
    assert_eq!(of_session(Some(&complete), &complete.clone().expire(person.now)), []);
}

#[test]
fn what_the_tenant_knew_was_not_submitted() {
    let (person, _) = Person::begin(IDENTITY, &personal(), None);
    assert_eq!(person.session.state.submissions.len(), 1);
    assert_eq!(since(None, &person), [SessionEvent::Created]);
}

#[test]
fn a_person_is_told_of_by_what_is_known_of_them() {
    let (mut person, _) = Person::begin(IDENTITY, &Data::default(), Some(SandboxOutcome::ManualReview));
    person.arrive_at_review();
    person.submit("review", &Data::default()).unwrap();
    let nobody = User::new(person.session.user.clone(), None);
    assert_eq!(of_person(None, &nobody), []);
    let mut known = nobody.clone();
    known.learn(&person.session);
    let events = of_person(Some(&nobody), &known);
    let UserEvent::VaultUpdated(fields) = &events[0] else { panic!("{events:?}") };
    assert_eq!(fields.len(), 10, "eight fields, a passport and a selfie: {fields:?}");
    let review = Decision { status: Status::Pass, requires_manual_review: true };
    assert_eq!(events[1..], [UserEvent::Reviewed(review)]);

    let mut again = known.clone();
    again.learn(&person.session);
    assert_eq!(of_person(Some(&known), &again), [], "the same data once more are nothing new");
    again.forget(&person.session.id);
    assert_eq!(of_person(Some(&known), &again), [events[0].clone()], "what was removed is told, too");
}
