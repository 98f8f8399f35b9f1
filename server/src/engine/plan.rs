//! What comes next: the files that are still missing, and the next step.

use vestibule_protocol::skill::{StepKind, StepSpec, UploadLimits};
use vestibule_protocol::upload::{UploadName, UploadSlot};

use super::session::{Given, Session, Submission};

/// A file that a submission asks for.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// Which one.
    pub name: UploadName,
    /// What a person is told to upload, where the skill says so.
    pub label: Option<&'a str>,
    /// Its limits.
    pub limits: &'a UploadLimits,
}

/// What a person has to do.
#[derive(Clone, Copy, Debug)]
pub struct Plan<'a> {
    /// The submission whose files come first.
    pub outstanding: Option<(&'a StepSpec, &'a Submission)>,
    /// The step after that; `None` when there is none left.
    pub next: Option<&'a StepSpec>,
}

/// What a person has to do now. Should two steps lack files, which takes a correction in the middle of
/// uploading, the later one is shown as a step to be done again.
pub fn plan(session: &Session) -> Plan<'_> {
    let outstanding =
        session.submissions_in_order().find(|(step, submission)| missing(step, submission).next().is_some());
    let next = session.steps().into_iter().find(|step| match session.submission(step) {
        None => true,
        Some(submission) => {
            outstanding.is_none_or(|(first, _)| first.name != step.name)
                && missing(step, submission).next().is_some()
        }
    });
    Plan { outstanding, next }
}

/// The files that a submission asks for, in order.
pub fn wanted<'a>(step: &'a StepSpec, given: &Given) -> Vec<Wanted<'a>> {
    let plain = |names: &[UploadName], limits: &'a UploadLimits| {
        names.iter().map(|name| Wanted { name: *name, label: None, limits }).collect()
    };
    match (&step.kind, given) {
        (StepKind::Document { limits, .. }, Given::Document(kind)) => plain(kind.sides(), limits),
        (StepKind::Selfie { limits }, _) => plain(&[UploadName::Selfie], limits),
        _ => {
            let of_spec = step.uploads.iter();
            of_spec
                .map(|spec| Wanted { name: spec.name, label: spec.label.as_deref(), limits: &spec.limits })
                .collect()
        }
    }
}

/// The files that have not been accepted yet.
pub fn missing<'a>(step: &'a StepSpec, submission: &Submission) -> impl Iterator<Item = Wanted<'a>> {
    let wanted = wanted(step, &submission.given).into_iter();
    wanted.filter(|file| submission.uploads.iter().all(|upload| upload.name != file.name))
}

/// How many more times a file may be tried.
pub fn attempts_left(file: Wanted<'_>, submission: &Submission) -> u8 {
    file.limits.attempts.saturating_sub(submission.tries.get(&file.name).copied().unwrap_or(0))
}

/// The missing files as the wire describes them.
pub fn slots(step: &StepSpec, submission: &Submission) -> Vec<UploadSlot> {
    missing(step, submission)
        .map(|file| UploadSlot {
            name: file.name,
            label: file.label.map(Into::into),
            accept: file.limits.accept.clone(),
            max_bytes: file.limits.max_bytes,
            attempts_left: attempts_left(file, submission),
        })
        .collect()
}
