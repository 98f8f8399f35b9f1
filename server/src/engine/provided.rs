//! The checks that a provider makes: which are asked about a session, by which pictures, and what came of
//! each.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use vestibule_protocol::date::{Date, Timestamp};
use vestibule_protocol::id::{Prefixed, ProviderRequestId, SessionId};
use vestibule_protocol::outcome::{Outcome, ProvidedCheck, ProviderScore, Status, Verdict};
use vestibule_protocol::skill::StepKind;
use vestibule_protocol::upload::{DocumentKind, UploadName};

use super::decide::{Known, decide, document_authenticity, face_match, liveness};
use super::plan::wanted;
use super::session::{Frame, Given, Session, Stage, Upload};
use crate::digest::Digest;

/// What became of each check that was asked about a session.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provided(BTreeMap<ProvidedCheck, Asked>);

/// A check that was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Asked {
    /// By which pictures.
    evidence: Digest,
    answer: Answer,
}

/// What became of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// The provider has not answered yet.
    Awaited,
    /// It has.
    Given(Judgement),
    /// Nobody answers: there is no provider, it gave no answer in time, or pictures are not there.
    Missing,
}

/// What a provider found, as it said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// The verdict.
    pub verdict: Verdict,
    /// The number beside it, if there was one.
    pub score: Option<ProviderScore>,
}

/// A check that waits for its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// The check.
    pub check: ProvidedCheck,
    /// By which pictures.
    pub evidence: Digest,
}

impl Question {
    /// The name by which the provider knows it again: of one check by one evidence of one session.
    pub fn id(&self, session: &SessionId) -> ProviderRequestId {
        let evidence: String = self.evidence.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
        let named = ["provider request", session.as_str(), self.check.as_str(), &evidence].join("\n");
        let digest = Digest::of(named.as_bytes());
        let tail: String = digest.as_bytes()[..11].iter().map(|byte| format!("{byte:02x}")).collect();
        ProviderRequestId::from_tail(&tail)
            .unwrap_or_else(|_| unreachable!("eleven bytes are 22 hexadecimal digits"))
    }
}

/// A picture that was asked for, and the file if it came.
#[derive(Clone, Copy, Debug)]
pub struct Picture<'a> {
    /// Which one.
    pub name: UploadName,
    /// The document that it is of.
    pub document: Option<DocumentKind>,
    /// The file.
    pub upload: Option<&'a Upload>,
    /// The burst that goes with it, where one was asked for.
    pub burst: Option<&'a [Frame]>,
}

/// The pictures of a session, in the order of its steps.
#[derive(Clone, Debug, Default)]
pub struct Pictures<'a> {
    /// Of the person.
    pub selfies: Vec<Picture<'a>>,
    /// Of documents.
    pub documents: Vec<Picture<'a>>,
}

impl<'a> Pictures<'a> {
    fn of(session: &'a Session) -> Self {
        let mut pictures = Self::default();
        for (step, submission) in session.submissions_in_order() {
            let (list, document) = match (&step.kind, &submission.given) {
                (StepKind::Selfie { .. }, _) => (&mut pictures.selfies, None),
                (StepKind::Document { .. }, Given::Document(kind)) => (&mut pictures.documents, Some(*kind)),
                _ => continue,
            };
            list.extend(wanted(step, &submission.given).into_iter().map(|file| {
                let upload = submission.uploads.iter().find(|upload| upload.name == file.name);
                Picture { name: file.name, document, upload, burst: None }
            }));
        }
        pictures
    }
}

/// The pictures by which a check of a session is made; none where there is nothing to ask.
fn pictures(session: &Session, check: ProvidedCheck) -> Vec<Picture<'_>> {
    let taken = Pictures::of(session);
    match check {
        ProvidedCheck::FaceMatch => face_match::pictures(&taken),
        ProvidedCheck::Liveness => liveness::pictures(&taken),
        ProvidedCheck::DocumentAuthenticity => document_authenticity::pictures(&taken),
    }
}

/// The names of uploads are given once, so they stand for what is in them, and for the burst that came with it.
fn evidence(pictures: &[Picture<'_>]) -> Digest {
    let names = pictures.iter().map(|picture| picture.upload.map_or("", |upload| upload.id.as_str()));
    Digest::of(names.collect::<Vec<_>>().join("\n").as_bytes())
}

impl Provided {
    /// What is to be asked about a session whose files have all come that can. Where a picture is missing
    /// nobody is asked; and what was answered by the same pictures before is not asked again.
    fn about(whole: &Session) -> Self {
        let before = whole.completion().map(|completion| &completion.provided);
        let asked = whole.skill.rules.provider_checks.iter().filter_map(|check| {
            let pictures = pictures(whole, *check);
            let evidence = evidence(&pictures);
            let former =
                before.and_then(|before| before.0.get(check)).map(|asked| (asked.evidence, asked.answer));
            let answer = match former {
                Some((same, given @ Answer::Given(_))) if same == evidence => given,
                _ if pictures.iter().all(|picture| picture.upload.is_some()) => Answer::Awaited,
                _ => Answer::Missing,
            };
            (!pictures.is_empty()).then_some((*check, Asked { evidence, answer }))
        });
        Self(asked.collect())
    }

    /// What a check found; `None` if it was not asked.
    pub fn found(&self, check: ProvidedCheck) -> Option<Judgement> {
        self.0.get(&check).map(|asked| match asked.answer {
            Answer::Given(judgement) => judgement,
            Answer::Awaited | Answer::Missing => Judgement { verdict: Verdict::Unknown, score: None },
        })
    }

    /// The checks that wait for their answers.
    pub fn awaited(&self) -> impl Iterator<Item = Question> {
        let waiting = self.0.iter().filter(|(_, asked)| asked.answer == Answer::Awaited);
        waiting.map(|(check, asked)| Question { check: *check, evidence: asked.evidence })
    }

    /// Notes an answer. `false` if nobody waits for it.
    fn settle(&mut self, question: Question, answer: Answer) -> bool {
        match self.0.get_mut(&question.check) {
            Some(asked) if asked.answer == Answer::Awaited && asked.evidence == question.evidence => {
                asked.answer = answer;
                true
            }
            _ => false,
        }
    }
}

/// What is decided when all files have come that can: by the checks, or that a provider's answers are
/// waited for.
pub(super) fn outcome(whole: &Session, known: &Known, now: Timestamp) -> (Outcome, Provided) {
    let provided = Provided::about(whole);
    let outcome = match provided.awaited().next() {
        Some(_) => pending(),
        None => decide(whole, now.date(), known, &provided),
    };
    (outcome, provided)
}

/// Nothing is decided yet.
pub(super) fn pending() -> Outcome {
    Outcome { status: Status::Pending, requires_manual_review: false, checks: Vec::new() }
}

impl Session {
    /// The checks that wait for a provider's answer.
    pub fn questions(&self) -> Vec<Question> {
        self.completion().map_or_else(Vec::new, |completion| completion.provided.awaited().collect())
    }

    /// The pictures of a question, if they are still those about which it was asked: they may have been
    /// erased since.
    pub fn pictures_of(&self, question: Question) -> Option<Vec<Picture<'_>>> {
        Some(pictures(self, question.check)).filter(|pictures| evidence(pictures) == question.evidence)
    }

    /// Takes the answer to a question, and decides if it was the last one; of a session that answers a
    /// reviewer's request, with what was given before in `former`. `false` if nobody waits for it, as when
    /// it comes twice: nothing has changed then.
    pub fn take_answer(
        &mut self,
        question: Question,
        answer: Answer,
        former: Option<&Session>,
        today: Date,
    ) -> bool {
        let Stage::Completed(completion) = &mut self.state.stage else { return false };
        if !completion.provided.settle(question, answer) {
            return false;
        }
        if completion.provided.awaited().next().is_none() {
            let (known, provided) = (completion.known, completion.provided.clone());
            let outcome = decide(&self.whole(former), today, &known, &provided);
            if let Stage::Completed(completion) = &mut self.state.stage {
                completion.outcome = outcome;
            }
        }
        true
    }
}
