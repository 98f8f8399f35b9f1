//! What the sandbox fixes.

use vestibule_protocol::id::StepName;
use vestibule_protocol::outcome::{SandboxOutcome, Status, Verdict};
use vestibule_protocol::skill::{StepKind, StepSpec};

use crate::engine::session::{Session, Stage};

/// How a session ends whatever was given in it, and what the list of checks says of that.
pub struct Fixed {
    /// How it ends.
    pub status: Status,
    /// Whether a person is to look at it.
    pub review: bool,
    /// The verdict beside `sandbox_outcome`.
    pub verdict: Verdict,
}

/// What is fixed for a session. A `step_up` ends with the session that gives what is asked for then, which
/// is decided by the rules unless its own outcome is fixed too.
pub fn fixed(session: &Session) -> Option<Fixed> {
    let (status, review, verdict) = match session.state.sandbox_outcome? {
        SandboxOutcome::Pass => (Status::Pass, false, Verdict::Ok),
        SandboxOutcome::Fail => (Status::Fail, false, Verdict::Fail),
        SandboxOutcome::ManualReview => (Status::Pass, true, Verdict::Warn),
        SandboxOutcome::StepUp => (Status::Incomplete, false, Verdict::Unknown),
        SandboxOutcome::UseRulesOutcome => return None,
    };
    Some(Fixed { status, review, verdict })
}

/// The steps that a complete session asks for once more: those of its documents, or of the selfie, or all
/// that it has. Empty unless its outcome is `step_up`.
pub fn stepped_up(session: &Session) -> Vec<StepName> {
    let Stage::Completed(completion) = &session.state.stage else { return Vec::new() };
    let steps_up = session.state.sandbox_outcome == Some(SandboxOutcome::StepUp);
    if !steps_up || completion.outcome.status != Status::Incomplete {
        return Vec::new();
    }
    let of = |wanted: fn(&StepKind) -> bool| -> Vec<StepName> {
        let steps = session.steps().into_iter().filter(|step: &&StepSpec| wanted(&step.kind));
        steps.map(|step| step.name.clone()).collect()
    };
    let by_choice = [
        of(|kind| matches!(kind, StepKind::Document { .. })),
        of(|kind| matches!(kind, StepKind::Selfie { .. })),
        of(|kind| *kind != StepKind::Review && !kind.is_login()),
    ];
    by_choice.into_iter().find(|steps| !steps.is_empty()).unwrap_or_default()
}
