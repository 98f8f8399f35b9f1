//! From what was given to an outcome: evidence → checks → decision.

use vestibule_protocol::date::Date;
use vestibule_protocol::field::{FieldName, Value};
use vestibule_protocol::outcome::{Check, CheckResult, Outcome, SandboxOutcome, Status, Verdict};
use vestibule_protocol::skill::{StepKind, StepSpec};

use super::plan::missing;
use super::session::{Given, Session, Submission};

/// What the checks are asked about: the skill's demands beside what was given.
struct Evidence<'a> {
    steps: Vec<(&'a StepSpec, Option<&'a Submission>)>,
    today: Date,
}

/// The outcome of a session in which everything was submitted. A check that has nothing to ask of this
/// skill did not run and is not listed.
pub fn decide(session: &Session, today: Date) -> Outcome {
    let steps = session.steps().into_iter().map(|step| (step, session.submission(step))).collect();
    let evidence = Evidence { steps, today };
    let found = [
        (Check::RequiredData, evidence.required_data()),
        (Check::MinimumAge, session.skill.rules.minimum_age.map(|age| evidence.minimum_age(age))),
        (Check::DocumentExpiry, evidence.document_expiry()),
        (Check::Consent, evidence.consent()),
        (Check::Uploads, evidence.uploads()),
    ];
    let mut checks: Vec<CheckResult> = found
        .into_iter()
        .filter_map(|(check, verdict)| Some(CheckResult { check, verdict: verdict? }))
        .collect();
    let (mut status, mut review) = decision(&checks);
    if let Some(fixed) = fixed(session.state.sandbox_outcome) {
        (status, review) = fixed;
        checks.push(CheckResult { check: Check::SandboxOutcome, verdict: verdict_of(status, review) });
    }
    Outcome { status, requires_manual_review: review, checks }
}

/// One failed check fails the person. What could not be judged, or looks odd, a person is to look at.
fn decision(checks: &[CheckResult]) -> (Status, bool) {
    let found = |verdict| checks.iter().any(|check| check.verdict == verdict);
    let status = if found(Verdict::Fail) { Status::Fail } else { Status::Pass };
    (status, found(Verdict::Warn) || (status == Status::Pass && found(Verdict::Unknown)))
}

fn fixed(outcome: Option<SandboxOutcome>) -> Option<(Status, bool)> {
    match outcome? {
        SandboxOutcome::Pass => Some((Status::Pass, false)),
        SandboxOutcome::Fail => Some((Status::Fail, false)),
        SandboxOutcome::ManualReview => Some((Status::Pass, true)),
        SandboxOutcome::UseRulesOutcome => None,
    }
}

fn verdict_of(status: Status, review: bool) -> Verdict {
    match (status, review) {
        (Status::Fail, _) => Verdict::Fail,
        (_, true) => Verdict::Warn,
        _ => Verdict::Ok,
    }
}

impl Evidence<'_> {
    fn values(&self) -> impl Iterator<Item = (&FieldName, &Value)> {
        self.steps.iter().flat_map(|(_, submission)| {
            match submission.map(|submission| &submission.given) {
                Some(Given::Form(values)) => Some(values.iter()),
                _ => None,
            }
            .into_iter()
            .flatten()
        })
    }

    fn required_data(&self) -> Option<Verdict> {
        let mut fields = self
            .steps
            .iter()
            .filter_map(|(step, submission)| match &step.kind {
                StepKind::Form { fields } => Some((fields, submission)),
                _ => None,
            })
            .peekable();
        fields.peek()?;
        let complete = fields.all(|(fields, submission)| match submission.map(|given| &given.given) {
            Some(Given::Form(values)) => {
                fields.iter().all(|field| !field.required || values.contains_key(&field.name))
            }
            _ => false,
        });
        Some(ok_if(complete))
    }

    fn minimum_age(&self, least: u16) -> Verdict {
        let birthday = self.values().find_map(|(name, value)| match (name.as_str(), value) {
            ("id.dob", Value::Date(date)) => Some(*date),
            _ => None,
        });
        birthday.map_or(Verdict::Unknown, |born| ok_if(born.years_until(self.today) >= least))
    }

    /// Asked where the skill collects a document's last day.
    fn document_expiry(&self) -> Option<Verdict> {
        let collects = |(step, _): &(&StepSpec, Option<&Submission>)| match &step.kind {
            StepKind::Form { fields } => fields.iter().any(|field| is_expiry(&field.name)),
            _ => false,
        };
        self.steps.iter().any(collects).then(|| {
            let last_days = self.values().filter(|(name, _)| is_expiry(name));
            last_days.fold(Verdict::Unknown, |worst, (_, value)| match value {
                Value::Date(last_day) if *last_day < self.today => Verdict::Fail,
                Value::Date(_) if worst == Verdict::Unknown => Verdict::Ok,
                _ => worst,
            })
        })
    }

    fn consent(&self) -> Option<Verdict> {
        let mut asked = self
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

    fn uploads(&self) -> Option<Verdict> {
        let asks = |step: &StepSpec| {
            !step.uploads.is_empty()
                || matches!(step.kind, StepKind::Document { .. } | StepKind::Selfie { .. })
        };
        let mut asked = self.steps.iter().filter(|(step, _)| asks(step)).peekable();
        asked.peek()?;
        Some(ok_if(asked.all(|(step, submission)| {
            submission.is_some_and(|submission| missing(step, submission).next().is_none())
        })))
    }
}

fn is_expiry(name: &FieldName) -> bool {
    name.as_str().starts_with("document.") && name.as_str().ends_with(".expires_at")
}

fn ok_if(holds: bool) -> Verdict {
    if holds { Verdict::Ok } else { Verdict::Fail }
}
