//! Checks that a provider makes, without a server and without a provider.

use vestibule_protocol::omni::{OnboardingStatus, ScoreStatus};
use vestibule_protocol::outcome::{Check, ProvidedCheck, ReviewDecision, Status, Verdict};

use super::*;
use crate::engine::event::{Event, SessionEvent, of_session};
use crate::engine::omni::{score, statuses};
use crate::engine::provided::{Answer, Judgement, Question};
use crate::engine::review::ReviewRefused;

/// A document and a selfie, of which all is asked.
const FACES: &str = "name = \"own_#1.0\"\ntitle = \"Own\"\n\
    [rules]\nprovider_checks = [\"face_match\", \"liveness\", \"document_authenticity\"]\n\
    review_if = [\"uploads.warn\"]\n\
    [[steps]]\nname = \"paper\"\nkind = \"document\"\ndocuments = [\"id_card\", \"passport\"]\n\
    [[steps]]\nname = \"portrait\"\nkind = \"selfie\"\n\
    [[steps]]\nname = \"look_again\"\nkind = \"review\"\n";

/// The same, with files that keep nobody waiting.
fn patient() -> String {
    let step = |kind: &str| format!("kind = \"{kind}\"");
    let late = |kind: &str| format!("kind = \"{kind}\"\nafter_token = true\nlimits = {{ attempts = 1 }}");
    FACES.replace(&step("document"), &late("document")).replace(&step("selfie"), &late("selfie"))
}

fn given(verdict: Verdict, score: Option<f64>) -> Answer {
    Answer::Given(Judgement { verdict, score: score.map(|score| score.try_into().unwrap()) })
}

fn walked(source: &str) -> Person {
    let mut person = Person::new(source);
    person.submit("paper", &data(&[("kind", "id_card")])).unwrap();
    person.photograph(UploadName::Front);
    person.photograph(UploadName::Back);
    person.submit("portrait", &Data::default()).unwrap();
    person.photograph(UploadName::Selfie);
    person.submit("look_again", &Data::default()).unwrap();
    person
}

impl Person {
    fn standing(&self) -> (Status, bool) {
        let outcome = &self.session.completion().expect("a complete session").outcome;
        (outcome.status, outcome.requires_manual_review)
    }

    fn found(&self, check: Check) -> Option<(Verdict, Option<String>)> {
        let checks = &self.session.completion().unwrap().outcome.checks;
        let found = checks.iter().find(|found| found.check == check)?;
        Some((found.verdict, found.score.map(|score| score.to_string())))
    }

    fn question(&self, check: ProvidedCheck) -> Question {
        self.session.questions().into_iter().find(|question| question.check == check).unwrap()
    }

    fn answer(&mut self, check: ProvidedCheck, answer: Answer) {
        let question = self.question(check);
        assert!(self.session.take_answer(question, answer, None, self.now.date()));
    }

    fn pictures(&self, check: ProvidedCheck) -> Vec<UploadName> {
        let pictures = self.session.pictures_of(self.question(check)).unwrap();
        pictures.iter().map(|picture| picture.name).collect()
    }
}

#[test]
fn a_session_waits_for_every_answer_and_is_decided_by_the_last() {
    let mut person = walked(FACES);
    assert_eq!(person.standing(), (Status::Pending, false));
    assert_eq!(
        person.session.clone().review(ReviewDecision::Approve, person.now).unwrap_err(),
        ReviewRefused::NothingDecided
    );
    assert_eq!(person.pictures(ProvidedCheck::FaceMatch), [UploadName::Selfie, UploadName::Front]);
    assert_eq!(person.pictures(ProvidedCheck::Liveness), [UploadName::Selfie]);
    assert_eq!(person.pictures(ProvidedCheck::DocumentAuthenticity), [UploadName::Front, UploadName::Back]);
    person.answer(ProvidedCheck::Liveness, given(Verdict::Ok, Some(98.5)));
    person.answer(ProvidedCheck::FaceMatch, given(Verdict::Ok, None));
    assert_eq!(person.standing(), (Status::Pending, false));
    let before = person.session.clone();
    person.answer(ProvidedCheck::DocumentAuthenticity, given(Verdict::Warn, Some(61.0)));
    assert_eq!(person.standing(), (Status::Pass, true), "a warning calls a reviewer, though no list says so");
    assert_eq!(person.found(Check::Liveness), Some((Verdict::Ok, Some("98.5".into()))));
    assert_eq!(person.found(Check::FaceMatch), Some((Verdict::Ok, None)), "no number is made up");
    let happened = of_session(Some(&before), &person.session);
    let decided = |event: &&Event| matches!(event, Event::Session(_, SessionEvent::Decided(_)));
    assert_eq!(happened.iter().filter(decided).count(), 1, "told once, when it is decided");
}

#[test]
fn an_answer_counts_once_and_for_what_was_asked() {
    let mut person = walked(FACES);
    let question = person.question(ProvidedCheck::Liveness);
    let other = Question { evidence: Digest::of(b"others"), ..question };
    let today = person.now.date();
    assert!(!person.session.take_answer(other, given(Verdict::Fail, None), None, today));
    assert!(person.session.take_answer(question, given(Verdict::Ok, None), None, today));
    assert!(!person.session.take_answer(question, given(Verdict::Fail, None), None, today), "it came twice");
    person.answer(ProvidedCheck::FaceMatch, given(Verdict::Ok, None));
    person.answer(ProvidedCheck::DocumentAuthenticity, given(Verdict::Ok, None));
    assert_eq!(person.found(Check::Liveness), Some((Verdict::Ok, None)));
    assert_eq!(person.standing(), (Status::Pass, false));
    assert!(!person.session.take_answer(question, given(Verdict::Fail, None), None, today), "it came late");
    assert!(!Person::new(FACES).session.take_answer(question, given(Verdict::Ok, None), None, today));
}

#[test]
fn a_question_is_called_by_its_session_its_check_and_its_pictures() {
    let person = walked(FACES);
    let session = &person.session.id;
    let question = person.question(ProvidedCheck::Liveness);
    assert_eq!(question.id(session), question.id(session));
    let mut names: Vec<_> = person.session.questions().iter().map(|question| question.id(session)).collect();
    names.push(Question { evidence: Digest::of(b"others"), ..question }.id(session));
    names.push(question.id(&"0b57a6a9-6d0d-4c1c-8a5e-6f2d1f1c9b10".parse().unwrap()));
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 5);
}

#[test]
fn where_nobody_answers_it_is_unknown_and_a_reviewer_is_called() {
    let mut person = walked(FACES);
    for check in ProvidedCheck::ALL {
        person.answer(*check, Answer::Missing);
        let open = *check != ProvidedCheck::DocumentAuthenticity;
        assert_eq!(person.session.is_pending(), open);
    }
    assert_eq!(person.standing(), (Status::Pass, true));
    for check in [Check::FaceMatch, Check::Liveness, Check::DocumentAuthenticity] {
        assert_eq!(person.found(check), Some((Verdict::Unknown, None)));
    }
}

#[test]
fn a_skill_that_asks_for_nothing_waits_for_nobody() {
    let without = FACES.replace("provider_checks =", "# provider_checks =");
    let person = walked(&without);
    assert_eq!((person.standing(), person.session.questions()), ((Status::Pass, false), vec![]));
    assert_eq!(person.found(Check::FaceMatch), None);
}

#[test]
fn what_is_not_there_is_not_asked_about() {
    let source = FACES.replace(
        "name = \"portrait\"\nkind = \"selfie\"\n",
        "name = \"portrait\"\nkind = \"selfie\"\nwhen = { step = \"paper\", is = [\"passport\"] }\n",
    );
    let mut person = Person::new(&source);
    person.submit("paper", &data(&[("kind", "id_card")])).unwrap();
    person.photograph(UploadName::Front);
    person.photograph(UploadName::Back);
    person.submit("look_again", &Data::default()).unwrap();
    let asked: Vec<_> = person.session.questions().iter().map(|question| question.check).collect();
    assert_eq!(asked, [ProvidedCheck::DocumentAuthenticity]);
    person.answer(ProvidedCheck::DocumentAuthenticity, given(Verdict::Ok, None));
    assert_eq!((person.found(Check::FaceMatch), person.found(Check::Liveness)), (None, None));
}

#[test]
fn a_provider_is_asked_when_the_last_file_has_come_and_no_file_comes_after_that() {
    let mut person = Person::new(&patient());
    let nonce = person.nonce.clone().unwrap();
    let paper = person.submit("paper", &data(&[("kind", "passport")])).unwrap().step_id;
    person.submit("portrait", &Data::default()).unwrap();
    person.submit("look_again", &Data::default()).unwrap();
    assert!(person.session.awaits_files() && person.session.questions().is_empty());
    let upload = |person: &Person, name| picture(id(&person.random), name);
    let front = upload(&person, UploadName::Front);
    person.upload_to(&paper, &nonce, UploadName::Front, Judged::Accepted(front, None)).unwrap();
    assert!(person.session.awaits_files());
    person.open().unwrap();
    let Outstanding { step_id, nonce, .. } = person.uploads.clone().unwrap();
    person.photograph(UploadName::Selfie);
    assert!(person.session.is_pending() && !person.session.awaits_files());
    assert_eq!(person.session.questions().len(), 3);
    let late = upload(&person, UploadName::Selfie);
    let refused = person.upload_to(&step_id, &nonce, UploadName::Selfie, Judged::Accepted(late, None));
    assert_eq!(refused.unwrap_err(), UploadRefused::SessionCompleted, "what is asked about is not changed");
    person.wait(LIVES.session);
    person.session = person.session.clone().decide_late(person.now);
    assert_eq!(person.session.questions().len(), 3, "the answers may come when the session is past its life");
}

#[test]
fn nobody_is_asked_about_pictures_that_never_came() {
    let mut person = Person::new(&patient());
    person.submit("paper", &data(&[("kind", "passport")])).unwrap();
    person.photograph(UploadName::Front);
    person.submit("portrait", &Data::default()).unwrap();
    person.submit("look_again", &Data::default()).unwrap();
    person.wait(LIVES.session);
    person.session = person.session.clone().decide_late(person.now);
    let asked: Vec<_> = person.session.questions().iter().map(|question| question.check).collect();
    assert_eq!(asked, [ProvidedCheck::DocumentAuthenticity]);
    person.answer(ProvidedCheck::DocumentAuthenticity, given(Verdict::Ok, None));
    assert_eq!(person.found(Check::Liveness), Some((Verdict::Unknown, None)));
    assert_eq!(person.standing(), (Status::Fail, false), "for the file that is missing");
}

#[test]
fn the_same_pictures_are_not_asked_about_twice_when_a_reviewer_asks_for_more() {
    let mut former = walked(FACES);
    former.answer(ProvidedCheck::FaceMatch, given(Verdict::Warn, Some(50.0)));
    former.answer(ProvidedCheck::Liveness, Answer::Missing);
    former.answer(ProvidedCheck::DocumentAuthenticity, given(Verdict::Ok, Some(90.0)));
    let (mut part, _) = Person::begin_part(FACES, &Data::default(), None, Some(&["portrait"]));
    part.submit_after("portrait", &Data::default(), &former.session).unwrap();
    // Another name than the picture before.
    let _: [UploadId; 32] = std::array::from_fn(|_| id(&part.random));
    part.photograph(UploadName::Selfie);
    part.submit_after("look_again", &Data::default(), &former.session).unwrap();
    let asked: Vec<_> = part.session.questions().iter().map(|question| question.check).collect();
    assert_eq!(asked, [ProvidedCheck::FaceMatch, ProvidedCheck::Liveness]);
    let whole = part.session.whole(Some(&former.session));
    let face = part.question(ProvidedCheck::FaceMatch);
    assert_eq!(whole.pictures_of(face).unwrap().len(), 2, "the document of then and the selfie of now");
    for question in part.session.questions() {
        let answer = given(Verdict::Ok, Some(95.0));
        assert!(part.session.take_answer(question, answer, Some(&former.session), part.now.date()));
    }
    assert_eq!(part.standing(), (Status::Pass, false));
    assert_eq!(part.found(Check::DocumentAuthenticity), Some((Verdict::Ok, Some("90".into()))));
    let again = former.session.clone().supplemented(&part.session);
    assert_eq!(again.completion().unwrap().provided, part.session.completion().unwrap().provided);
}

#[test]
fn the_omni_family_is_told_what_a_provider_found() {
    let mut person = walked(FACES);
    let reached = |person: &Person| statuses(&person.session, person.now);
    assert_eq!(reached(&person), [OnboardingStatus::IdValidationFinished]);
    let open = score(&person.session);
    assert_eq!(open.liveness.unwrap().liveness_score.status, ScoreStatus::Unknown);
    person.answer(ProvidedCheck::FaceMatch, given(Verdict::Warn, Some(61.5)));
    person.answer(ProvidedCheck::Liveness, given(Verdict::Ok, Some(98.0)));
    person.answer(ProvidedCheck::DocumentAuthenticity, given(Verdict::Ok, Some(88.0)));
    assert_eq!(
        reached(&person),
        [
            OnboardingStatus::IdValidationFinished,
            OnboardingStatus::PostProcessingFinished,
            OnboardingStatus::FaceValidationFinished,
            OnboardingStatus::OnboardingFinished,
        ]
    );
    let score = score(&person.session);
    let (liveness, face) = (score.liveness.unwrap(), score.face_recognition.unwrap());
    assert_eq!(
        (liveness.liveness_score.status, liveness.liveness_score.value.as_deref()),
        (ScoreStatus::Ok, Some("98"))
    );
    assert_eq!((face.overall.status, face.overall.value.as_deref()), (ScoreStatus::Warn, Some("61.5")));
    let documents = score.id_validation.unwrap();
    let tests = documents.photo_security_and_quality;
    let authentic = tests.iter().find(|test| test.key == "document_authenticity").unwrap();
    assert_eq!((authentic.status, authentic.value.as_deref()), (ScoreStatus::Ok, Some("88")));
    assert_eq!(documents.overall.value, None, "several checks have no number together");

    let mut silent = walked(FACES);
    ProvidedCheck::ALL.iter().for_each(|check| silent.answer(*check, Answer::Missing));
    assert!(!reached(&silent).contains(&OnboardingStatus::FaceValidationFinished), "nobody has looked");
}
