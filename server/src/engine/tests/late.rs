//! Files that come after the result token, and those that never come.

use vestibule_protocol::outcome::{Check, ReviewDecision, Status, Verdict};
use vestibule_protocol::session::SessionStatus;

use super::*;
use crate::engine::review::ReviewRefused;

fn application() -> Data {
    data(&[("value", "100000"), ("currency", "EUR"), ("period", "12")])
}

fn income() -> Data {
    let mut data = data(&[("income", "4000")]);
    data.push("correct", Raw::Bool(true));
    data
}

/// Two documents and a picture, none of which keeps anybody waiting.
const PATIENT: &str = "name = \"own_#1.0\"\ntitle = \"Own\"\n\
    [[steps]]\nname = \"paper\"\nkind = \"document\"\ndocuments = [\"id_card\"]\nafter_token = true\n\
    limits = { attempts = 2 }\n\
    [[steps]]\nname = \"portrait\"\nkind = \"selfie\"\nafter_token = true\n";

impl Person {
    fn status(&self) -> Status {
        self.session.completion().expect("a complete session").outcome.status
    }

    /// A photograph for a submission, with a nonce of its own.
    fn send(&mut self, to: &(StepId, Nonce), name: UploadName) -> Result<UploadAnswer, UploadRefused> {
        let picture = picture(id(&self.random), name);
        self.upload_to(&to.0, &to.1, name, Judged::Accepted(picture, None))
    }

    /// Submits a step, and gives where its files go and with which nonce: that of the submission.
    fn submit_patiently(&mut self, step: &str, data: &Data) -> (StepAnswer, (StepId, Nonce)) {
        let nonce = self.nonce.clone().unwrap();
        let answer = self.submit(step, data).unwrap();
        let place = (answer.step_id.clone(), nonce);
        (answer, place)
    }
}

#[test]
fn the_last_step_gives_the_token_and_its_files_may_follow() {
    let mut person = Person::new(APPLICATION);
    person.submit("product_form", &application()).unwrap();
    let answer = person.submit("income", &income()).unwrap();
    assert_eq!((answer.status, person.status()), (SessionStatus::Completed, Status::Pending));
    let uploads = answer.uploads.unwrap();
    assert_eq!((&uploads.step_id, uploads.remaining.len()), (&answer.step_id, 1));
    assert!(answer.nonce.is_none() && answer.next.is_none());

    let token = Digest::of_secret(&answer.validation_token.unwrap());
    let (redeemed, completion) = person.session.clone().redeem(&token, person.now).unwrap();
    assert_eq!(completion.outcome.status, Status::Pending);
    person.session = redeemed;

    assert_eq!(person.upload(UploadName::File, REJECTED).unwrap().remaining, [UploadName::File]);
    assert_eq!(person.status(), Status::Pending);
    assert_eq!(person.photograph(UploadName::File).remaining, []);
    assert_eq!(person.status(), Status::Pass);
    assert!(person.session.completion().unwrap().redeemed, "the rest is as it was");
    assert_eq!(person.upload(UploadName::File, REJECTED).unwrap_err(), UploadRefused::SessionCompleted);
    assert!(person.open().unwrap().uploads.is_none());
}

#[test]
fn files_that_may_wait_may_come_at_once_or_later_with_the_nonce_of_their_step() {
    let mut person = Person::new(PATIENT);
    let (answer, paper) = person.submit_patiently("paper", &data(&[("kind", "id_card")]));
    assert_eq!(answer.uploads.unwrap().remaining.len(), 2);
    person.send(&paper, UploadName::Front).unwrap();
    let (answer, portrait) = person.submit_patiently("portrait", &Data::default());
    assert_eq!(answer.uploads.unwrap().step_id, portrait.0, "those of the step that was submitted");
    person.send(&portrait, UploadName::Selfie).unwrap();
    assert_eq!(person.status(), Status::Pending);
    person.send(&paper, UploadName::Back).unwrap();
    assert_eq!(person.status(), Status::Pass);
}

#[test]
fn a_later_answer_asks_for_what_an_earlier_step_lacks() {
    let source = PATIENT.replace("kind = \"selfie\"\nafter_token = true", "kind = \"review\"");
    let mut person = Person::new(&source);
    let (_, paper) = person.submit_patiently("paper", &data(&[("kind", "id_card")]));
    let answer = person.submit("portrait", &Data::default()).unwrap();
    let uploads = answer.uploads.unwrap();
    assert!(uploads.step_id == paper.0 && answer.validation_token.is_some());
    person.send(&paper, UploadName::Front).unwrap();
    person.photograph(UploadName::Back);
    assert_eq!(person.status(), Status::Pass, "the step's own nonce and the fresh one are good");
}

#[test]
fn opening_a_complete_session_asks_for_the_files_one_step_after_the_other() {
    let mut person = Person::new(PATIENT);
    let (_, paper) = person.submit_patiently("paper", &data(&[("kind", "id_card")]));
    person.submit("portrait", &Data::default()).unwrap();
    let opened = person.open().unwrap();
    assert_eq!(opened.status, SessionStatus::Completed);
    assert!(opened.validation_token.is_some() && opened.nonce.is_none());
    assert_eq!(person.send(&paper, UploadName::Front).unwrap_err(), UploadRefused::NonceUnknown);
    person.photograph(UploadName::Front);
    person.photograph(UploadName::Back);
    assert_eq!(person.open().unwrap().uploads.unwrap().remaining[0].name, UploadName::Selfie);
    person.wait(LIVES.nonce);
    assert_eq!(person.upload(UploadName::Selfie, REJECTED).unwrap_err(), UploadRefused::NonceExpired);
    person.open().unwrap();
    person.photograph(UploadName::Selfie);
    assert_eq!(person.status(), Status::Pass);
}

#[test]
fn a_file_without_attempts_left_is_not_waited_for() {
    let mut person = Person::new(PATIENT);
    let (_, paper) = person.submit_patiently("paper", &data(&[("kind", "id_card")]));
    person.submit("portrait", &Data::default()).unwrap();
    person.photograph(UploadName::Selfie);
    person.send(&paper, UploadName::Front).unwrap();
    for left in [1, 0] {
        assert_eq!(person.status(), Status::Pending);
        let answer = person.upload_to(&paper.0, &paper.1, UploadName::Back, REJECTED).unwrap();
        assert_eq!(answer.attempts_left, left);
    }
    let outcome = &person.session.completion().unwrap().outcome;
    assert_eq!(outcome.status, Status::Fail);
    let uploads = outcome.checks.iter().find(|result| result.check == Check::Uploads).unwrap();
    assert_eq!(uploads.verdict, Verdict::Fail);
}

#[test]
fn what_has_not_come_when_the_session_ends_was_not_given() {
    let mut person = Person::new(APPLICATION);
    person.submit("product_form", &application()).unwrap();
    person.submit("income", &income()).unwrap();
    person.session = person.session.clone().decide_late(person.now);
    assert_eq!(person.status(), Status::Pending);
    let early = person.session.clone().review(ReviewDecision::Approve, person.now);
    assert_eq!(early.unwrap_err(), ReviewRefused::NothingDecided);

    person.wait(LIVES.session);
    assert_eq!(person.upload(UploadName::File, REJECTED).unwrap_err(), UploadRefused::SessionExpired);
    person.session = person.session.clone().decide_late(person.now);
    assert_eq!(person.status(), Status::Fail);
}

/// Two attempts for each submission, and thrice as many in all.
#[test]
fn to_submit_a_step_again_gives_fresh_attempts_but_not_for_ever() {
    let source = [
        &PATIENT.replace("after_token = true\n", ""),
        "[[steps]]\nname = \"look_again\"\nkind = \"review\"\n",
    ]
    .concat();
    let mut person = Person::new(&source);
    for _ in 0..3 {
        person.submit("paper", &data(&[("kind", "id_card")])).unwrap();
        assert_eq!(person.upload(UploadName::Front, REJECTED).unwrap().attempts_left, 1);
        assert_eq!(person.upload(UploadName::Front, REJECTED).unwrap().attempts_left, 0);
        assert_eq!(person.upload(UploadName::Front, REJECTED).unwrap_err(), UploadRefused::TooManyAttempts);
    }
    let answer = person.submit("paper", &data(&[("kind", "id_card")])).unwrap();
    let asked: Vec<_> = answer.uploads.unwrap().remaining.iter().map(|slot| slot.name).collect();
    assert_eq!(asked, [UploadName::Back], "what cannot come keeps nobody from going on");
    assert_eq!(person.upload(UploadName::Front, REJECTED).unwrap_err(), UploadRefused::TooManyAttempts);
    person.photograph(UploadName::Back);
    person.submit("portrait", &Data::default()).unwrap();
    person.photograph(UploadName::Selfie);
    person.submit("look_again", &Data::default()).unwrap();
    assert_eq!(person.status(), Status::Fail);
}
