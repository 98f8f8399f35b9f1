//! What comes next: the files that are still missing, and the next step.

use vestibule_protocol::burst::Burst;
use vestibule_protocol::skill::{StepKind, StepSpec, UploadLimits};
use vestibule_protocol::upload::{UploadName, UploadSlot};

use super::session::{Given, Session, Stage, Submission};

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
    /// The submission whose files are asked for now.
    pub outstanding: Option<(&'a StepSpec, &'a Submission)>,
    /// The next step; `None` when there is none left.
    pub next: Option<&'a StepSpec>,
}

impl<'a> Plan<'a> {
    /// The submission whose files come before the next step.
    pub fn in_the_way(&self) -> Option<(&'a StepSpec, &'a Submission)> {
        self.outstanding.filter(|(step, _)| !step.after_token)
    }
}

/// What a person has to do now. Files that come before the next step are asked for first. Should two
/// steps lack such files, which takes a correction in the middle of uploading, the later one is shown as
/// a step to be done again. Before all that somebody logs in, where the skill asks for it.
pub fn plan(session: &Session) -> Plan<'_> {
    if session.lacks_login() {
        return Plan { outstanding: None, next: session.steps().first().copied() };
    }
    let lacking = || {
        let given = session.submissions_in_order();
        given.filter(|(step, submission)| awaited(session, step, submission).next().is_some())
    };
    let outstanding = lacking().find(|(step, _)| !step.after_token).or_else(|| lacking().next());
    let again = |step: &StepSpec| {
        !step.after_token
            && outstanding.is_none_or(|(first, _)| first.name != step.name)
            && lacking().any(|(other, _)| other.name == step.name)
    };
    let next = session.steps().into_iter().find(|step| session.submission(step).is_none() || again(step));
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

/// The files that have not been accepted.
pub fn missing<'a>(step: &'a StepSpec, submission: &Submission) -> impl Iterator<Item = Wanted<'a>> {
    let wanted = wanted(step, &submission.given).into_iter();
    wanted.filter(|file| submission.uploads.iter().all(|upload| upload.name != file.name))
}

/// The files that may still come. One whose attempts are used up in the whole session counts as not given,
/// so that it keeps nobody from going on; in a complete session, where its step cannot be submitted once
/// more, those of the submission are enough.
pub fn awaited<'a>(
    session: &Session,
    step: &'a StepSpec,
    submission: &Submission,
) -> impl Iterator<Item = Wanted<'a>> {
    missing(step, submission).filter(|file| match session.state.stage {
        Stage::Walking | Stage::Expired => attempts_left_in_session(*file, session, step) > 0,
        Stage::Completed(_) => attempts_left(*file, session, step, submission) > 0,
    })
}

/// How many more times a file may be tried. To submit a step again gives fresh attempts, but only so often:
/// each costs the server as much as the first.
pub fn attempts_left(file: Wanted<'_>, session: &Session, step: &StepSpec, submission: &Submission) -> u8 {
    let tried = submission.tries.get(&file.name).copied().unwrap_or(0);
    let left = u16::from(file.limits.attempts.saturating_sub(tried));
    left.min(attempts_left_in_session(file, session, step)).try_into().unwrap_or(u8::MAX)
}

/// How many times over a session grants the attempts of one submission: one for the first, and two for
/// people who change their mind about the document, or find at the review that they took the wrong one.
const SUBMISSIONS: u16 = 3;

fn attempts_left_in_session(file: Wanted<'_>, session: &Session, step: &StepSpec) -> u16 {
    let tried = session.state.tries.get(&step.name).and_then(|tries| tries.get(&file.name));
    (u16::from(file.limits.attempts) * SUBMISSIONS).saturating_sub(tried.copied().unwrap_or(0))
}

/// The files that may still come, as the wire describes them.
pub fn slots(session: &Session, step: &StepSpec, submission: &Submission) -> Vec<UploadSlot> {
    let burst = burst(session, step);
    awaited(session, step, submission)
        .map(|file| UploadSlot {
            name: file.name,
            label: file.label.map(Into::into),
            accept: file.limits.accept.clone(),
            max_bytes: file.limits.max_bytes,
            attempts_left: attempts_left(file, session, step, submission),
            burst: burst.map(|burst| burst.pictures().into()),
            burst_apart_ms: burst.map(Burst::apart_ms),
        })
        .collect()
}

/// The burst that is wanted with the file of a step: of a selfie alone.
pub fn burst(session: &Session, step: &StepSpec) -> Option<Burst> {
    session.state.burst.filter(|_| matches!(step.kind, StepKind::Selfie { .. }))
}
