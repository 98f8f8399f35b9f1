//! How far a session has come, in the words of the omni family.

use vestibule_protocol::date::Timestamp;
use vestibule_protocol::omni::OnboardingStatus;
use vestibule_protocol::outcome::{ReviewDecision, Verdict};
use vestibule_protocol::skill::StepKind;

use super::score::{Part, findings};
use crate::engine::plan::missing;
use crate::engine::session::Session;

/// Every status that a session has reached, in order. What did not happen is not there: a skill without
/// documents finishes no validation of them, and a face is not said to be validated unless some check has
/// judged it. Who takes another document in the review takes the first status back, until its sides are
/// accepted too.
pub fn statuses(session: &Session, now: Timestamp) -> Vec<OnboardingStatus> {
    let is_decided = session.completion().is_some() && !session.is_pending();
    let review = session.completion().and_then(|completion| completion.review).map(|review| review.decision);
    let found = [
        (OnboardingStatus::IdValidationFinished, documents_accepted(session)),
        (OnboardingStatus::PostProcessingFinished, judged(session, &[Part::Pictures, Part::Contents])),
        (OnboardingStatus::FaceValidationFinished, judged(session, &[Part::Liveness, Part::Face])),
        (OnboardingStatus::OnboardingFinished, is_decided),
        (OnboardingStatus::ManualReviewApproved, review == Some(ReviewDecision::Approve)),
        (OnboardingStatus::ManualReviewRejected, review == Some(ReviewDecision::Reject)),
        (OnboardingStatus::Expired, !is_decided && session.is_expired(now)),
    ];
    found.into_iter().filter_map(|(status, reached)| reached.then_some(status)).collect()
}

/// The last of them.
pub fn status(session: &Session, now: Timestamp) -> OnboardingStatus {
    statuses(session, now).pop().unwrap_or(OnboardingStatus::Unknown)
}

fn documents_accepted(session: &Session) -> bool {
    let is_document = |kind: &StepKind| matches!(kind, StepKind::Document { .. });
    let mut documents = session.steps().into_iter().filter(|step| is_document(&step.kind)).peekable();
    let accepted = |step| session.submission(step).is_some_and(|given| missing(step, given).next().is_none());
    documents.peek().is_some() && documents.all(accepted)
}

/// Whether a check of these parts found something. One that had nothing to judge by did not.
fn judged(session: &Session, parts: &[Part]) -> bool {
    parts.iter().any(|part| findings(session, *part).any(|found| found.verdict != Verdict::Unknown))
}
