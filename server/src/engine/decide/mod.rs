//! From what was given to an outcome: evidence → checks → decision. Each check is a file that says what
//! it takes and what its verdicts mean; ARCHITECTURE.md has them side by side.

pub(super) mod document_authenticity;
mod document_consistency;
mod document_expiry;
mod document_quality;
mod duplicate_document;
mod evidence;
pub(super) mod face_match;
mod given;
pub(super) mod liveness;
mod minimum_age;
mod mrz;
mod name;
mod name_match;
mod rules;
mod sandbox;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use vestibule_protocol::date::Date;
use vestibule_protocol::outcome::{Check, CheckResult, Outcome, Verdict};

use self::evidence::Evidence;
use self::sandbox::fixed;
use super::provided::{Judgement, Provided};
use super::session::{Session, Stage};

pub use self::duplicate_document::{DocumentNumber, document_numbers};
pub use self::sandbox::stepped_up;

/// What the store knows and no session does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// Whether somebody else of the tenant has given a document of the same number.
    pub document_of_another: bool,
}

/// The outcome of a session in which everything was submitted and every provider has answered that does. A
/// check that has nothing to ask of this session did not run and is not listed.
pub fn decide(session: &Session, today: Date, known: &Known, provided: &Provided) -> Outcome {
    let evidence = Evidence::gather(session, today);
    let rules = &session.skill.rules;
    let found = [
        (Check::RequiredData, given::required_data(&evidence)),
        (Check::MinimumAge, rules.minimum_age.map(|age| minimum_age::minimum_age(&evidence, age))),
        (Check::Mrz, mrz::mrz(&evidence)),
        (Check::DocumentConsistency, document_consistency::document_consistency(&evidence)),
        (Check::DocumentExpiry, document_expiry::document_expiry(&evidence)),
        (Check::DuplicateDocument, duplicate_document::duplicate_document(&evidence, known)),
        (Check::NameMatch, name_match::name_match(&evidence)),
        (Check::Consent, given::consent(&evidence)),
        (Check::Uploads, given::uploads(&evidence)),
        (Check::DocumentQuality, document_quality::document_quality(&evidence)),
    ];
    let judged = [
        (Check::FaceMatch, face_match::face_match(provided)),
        (Check::Liveness, liveness::liveness(provided)),
        (Check::DocumentAuthenticity, document_authenticity::document_authenticity(provided)),
    ];
    let found = found.into_iter().map(|(check, verdict)| {
        let plain = |verdict| Judgement { verdict, score: None };
        (check, verdict.map(plain))
    });
    let mut checks: Vec<CheckResult> = found
        .chain(judged)
        .filter_map(|(check, judgement)| {
            let Judgement { verdict, score } = judgement?;
            Some(CheckResult { check, verdict, score })
        })
        .collect();
    let (mut status, mut review) = rules::decision(&checks, rules);
    if let Some(fixed) = fixed(session) {
        (status, review) = (fixed.status, fixed.review);
        checks.push(CheckResult { check: Check::SandboxOutcome, verdict: fixed.verdict, score: None });
    }
    Outcome { status, requires_manual_review: review, checks }
}

impl Session {
    /// Takes into account what the store knows, and decides once more; of a session that answers a
    /// reviewer's request, with what was given before in `former`. One that waits goes on waiting.
    pub fn decide_knowing(&mut self, known: Known, former: Option<&Session>, today: Date) {
        let decided = self.completion().filter(|_| !self.is_pending());
        let outcome =
            decided.map(|completion| decide(&self.whole(former), today, &known, &completion.provided));
        if let Stage::Completed(completion) = &mut self.state.stage {
            completion.known = known;
            completion.outcome = outcome.unwrap_or_else(|| completion.outcome.clone());
        }
    }

    /// This session, with what was given before where it answers a reviewer's request.
    pub fn whole(&self, former: Option<&Session>) -> Cow<'_, Session> {
        match former {
            Some(former) => Cow::Owned(former.clone().supplemented(self)),
            None => Cow::Borrowed(self),
        }
    }
}

/// The verdict that weighs most: one thing against the person outweighs all others, and what is open
/// outweighs what is well. `None` of nothing.
fn worst(verdicts: impl IntoIterator<Item = Verdict>) -> Option<Verdict> {
    verdicts.into_iter().max_by_key(|verdict| match verdict {
        Verdict::Ok => 0,
        Verdict::Unknown => 1,
        Verdict::Warn => 2,
        Verdict::Fail => 3,
    })
}

fn ok_if(holds: bool) -> Verdict {
    if holds { Verdict::Ok } else { Verdict::Fail }
}
