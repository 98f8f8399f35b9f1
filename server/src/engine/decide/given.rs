//! Whether all is there that the skill demands: fields, consents, files.

use vestibule_protocol::outcome::Verdict;
use vestibule_protocol::skill::{StepKind, StepSpec};

use super::evidence::Evidence;
use super::ok_if;
use crate::engine::plan::missing;
use crate::engine::session::Given;

/// Is every required field there? Asked where the skill has a form.
pub fn required_data(evidence: &Evidence<'_>) -> Option<Verdict> {
    let mut forms = evidence
        .steps
        .iter()
        .filter_map(|(step, submission)| match &step.kind {
            StepKind::Form { fields } => Some((fields, submission)),
            _ => None,
        })
        .peekable();
    forms.peek()?;
    let complete = forms.all(|(fields, submission)| match submission.map(|given| &given.given) {
        Some(Given::Form(values)) => {
            fields.iter().all(|field| !field.required || values.contains_key(&field.name))
        }
        _ => false,
    });
    Some(ok_if(complete))
}

/// Was every required consent given, in the version that the skill has? Asked where it has consents.
pub fn consent(evidence: &Evidence<'_>) -> Option<Verdict> {
    let mut asked = evidence
        .steps
        .iter()
        .filter_map(|(step, submission)| match &step.kind {
            StepKind::Consent { consents } => Some((consents, submission)),
            _ => None,
        })
        .peekable();
    asked.peek()?;
    let given = asked.all(|(consents, submission)| match submission.map(|given| &given.given) {
        Some(Given::Consent(agreed)) => consents
            .iter()
            .all(|consent| !consent.required || agreed.get(&consent.name) == Some(&consent.version)),
        _ => false,
    });
    Some(ok_if(given))
}

/// Was every file accepted? Asked where the skill asks for files.
pub fn uploads(evidence: &Evidence<'_>) -> Option<Verdict> {
    let asks = |step: &StepSpec| {
        !step.uploads.is_empty() || matches!(step.kind, StepKind::Document { .. } | StepKind::Selfie { .. })
    };
    let mut asked = evidence.steps.iter().filter(|(step, _)| asks(step)).peekable();
    asked.peek()?;
    Some(ok_if(asked.all(|(step, submission)| {
        submission.is_some_and(|submission| missing(step, submission).next().is_none())
    })))
}
