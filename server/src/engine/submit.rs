//! A person submits a step.

use thiserror::Error;
use vestibule_protocol::date::Timestamp;
use vestibule_protocol::field::FieldProblem;
use vestibule_protocol::id::{OnboardingId, StepName};
use vestibule_protocol::problem::RefusedField;
use vestibule_protocol::secret::{Nonce, TempToken, ValidationToken};
use vestibule_protocol::session::{ResultToken, StepAnswer};
use vestibule_protocol::skill::StepSpec;
use vestibule_protocol::submission::Data;

use super::decide::Known;
use super::given::read;
use super::nonce::{Answered, Issued, Worth};
use super::plan::{awaited, plan};
use super::session::{Completion, Fresh, Given, Giver, Lives, Session, Stage, Submission, Values, issue};
use super::view;
use crate::digest::Digest;

/// What a person submits.
#[derive(Clone, Copy, Debug)]
pub struct Submit<'a> {
    /// The permission to do so.
    pub nonce: &'a Nonce,
    /// The whole request in canonical form: two requests are the same if these are.
    pub request: Digest,
    /// Which step.
    pub step: &'a StepName,
    /// What was given.
    pub data: &'a Data,
    /// In a session that answers a reviewer's request: what was given of the onboarding before.
    pub former: Option<&'a Session>,
}

/// Why a submission was refused. Nothing has changed then: the nonce is still good, if it was.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SubmitRefused {
    /// The session is past its life.
    #[error("the session has expired")]
    SessionExpired,
    /// The session is over.
    #[error("the session is complete")]
    SessionCompleted,
    /// The nonce was spent by another request.
    #[error("the nonce was used")]
    NonceUsed,
    /// The nonce is too old.
    #[error("the nonce has expired")]
    NonceExpired,
    /// The nonce was never issued in this session, or was voided.
    #[error("the nonce is unknown")]
    NonceUnknown,
    /// The skill has no such step, or it is not its turn.
    #[error("the step cannot be submitted now")]
    StepUnavailable,
    /// Files of an earlier step come first.
    #[error("uploads are missing")]
    UploadsMissing(Vec<RefusedField>),
    /// Fields that cannot be accepted.
    #[error("fields were refused")]
    Fields(Vec<RefusedField>),
}

/// What became of a submission.
#[derive(Clone, Debug)]
pub enum Submitted {
    /// It was answered before: the same answer again, sealed under the nonce.
    Replayed(Vec<u8>),
    /// The session went on.
    Advanced {
        /// The session, to be kept.
        session: Box<Session>,
        /// The answer, to be sealed and remembered with [`Session::remember`].
        answer: Box<StepAnswer>,
    },
}

impl Session {
    /// Takes a submission of the next step, or of an earlier one that is corrected.
    ///
    /// # Errors
    /// [`SubmitRefused`].
    pub fn submit(
        &self,
        submit: Submit<'_>,
        lives: Lives,
        now: Timestamp,
        fresh: Fresh,
    ) -> Result<Submitted, SubmitRefused> {
        if let Some(answer) = self.replay(&submit, now)? {
            return Ok(Submitted::Replayed(answer));
        }
        let step = self.submittable(submit.step)?;
        if step.kind.is_login() {
            // It takes more than the session: see `submit_login`.
            return Err(SubmitRefused::StepUnavailable);
        }
        let given =
            read(&step.kind, submit.data, self.known(step), now.date()).map_err(SubmitRefused::Fields)?;
        let (session, answer) = self.clone().advance(step, given, submit, lives, now, fresh);
        Ok(Submitted::Advanced { session: Box::new(session), answer: Box::new(answer) })
    }

    /// The sealed answer to a request that was answered before; `None` for one that may be taken now.
    pub(super) fn replay(
        &self,
        submit: &Submit<'_>,
        now: Timestamp,
    ) -> Result<Option<Vec<u8>>, SubmitRefused> {
        if self.is_expired(now) {
            return Err(SubmitRefused::SessionExpired);
        }
        match self.state.nonces.worth(&Digest::of_secret(submit.nonce), &submit.request, now) {
            Worth::Live => Ok(None),
            Worth::Replay(answer) => Ok(Some(answer.to_vec())),
            Worth::Spent => Err(SubmitRefused::NonceUsed),
            Worth::Expired => Err(SubmitRefused::NonceExpired),
            Worth::Unknown if matches!(self.state.stage, Stage::Completed(_)) => {
                Err(SubmitRefused::SessionCompleted)
            }
            Worth::Unknown => Err(SubmitRefused::NonceUnknown),
        }
    }

    /// Remembers the sealed answer to the request that was just taken.
    pub fn remember(&mut self, submit: Submit<'_>, answer: Vec<u8>) {
        let nonce = Digest::of_secret(submit.nonce);
        self.state.nonces.remember(Answered { nonce, request: submit.request, answer });
    }

    /// The step of this name, if it is its turn or it was submitted before.
    pub(super) fn submittable(&self, name: &StepName) -> Result<&StepSpec, SubmitRefused> {
        let steps = self.steps();
        if self.lacks_login() {
            return steps
                .first()
                .copied()
                .filter(|step| step.name == *name)
                .ok_or(SubmitRefused::StepUnavailable);
        }
        let step = *steps.iter().find(|step| step.name == *name).ok_or(SubmitRefused::StepUnavailable)?;
        if self.submission(step).is_some() {
            return Ok(step);
        }
        let mut before = steps.iter().take_while(|other| other.name != step.name);
        if before.any(|other| self.submission(other).is_none()) {
            return Err(SubmitRefused::StepUnavailable);
        }
        match plan(self).in_the_way() {
            Some((earlier, submission)) => {
                let refused = awaited(self, earlier, submission).map(|file| RefusedField {
                    field: file.name.as_str().into(),
                    problem: FieldProblem::NotUploaded,
                });
                Err(SubmitRefused::UploadsMissing(refused.collect()))
            }
            None => Ok(step),
        }
    }

    fn known(&self, step: &StepSpec) -> &Values {
        match self.submission(step).map(|submission| &submission.given) {
            Some(Given::Form(values)) => values,
            _ => &self.state.prefilled,
        }
    }

    pub(super) fn advance(
        mut self,
        step: &StepSpec,
        given: Given,
        submit: Submit<'_>,
        lives: Lives,
        now: Timestamp,
        fresh: Fresh,
    ) -> (Self, StepAnswer) {
        let nonce = submit.nonce;
        self.take(step, given, submit, lives, now, &fresh);
        self.settle(now);
        self.arm(&fresh.login.ceremonies);
        let mut result = None;
        if plan(&self).next.is_none() && plan(&self).in_the_way().is_none() {
            result = Some(self.complete(submit.former, lives, now, &fresh));
            self.state.nonces.spend(None);
        } else {
            self.state.nonces.spend(Some(issue(&fresh.nonce, lives, now)));
        }
        let answer = self.answer(nonce, lives, now, &fresh, result);
        (self, answer)
    }

    /// Notes what was given in a step, in the place of what was given there before.
    fn take(
        &mut self,
        step: &StepSpec,
        given: Given,
        submit: Submit<'_>,
        lives: Lives,
        now: Timestamp,
        fresh: &Fresh,
    ) {
        self.state.submissions.retain(|submission| submission.step != step.name);
        self.state.submissions.push(Submission {
            upload_nonce: Some(issue(submit.nonce, lives, now)),
            ..Submission::new(fresh.step_id.clone(), step, now, Giver::Person, given)
        });
    }

    /// Goes on with the same step, of which a part was done.
    pub(super) fn stay(
        mut self,
        submit: Submit<'_>,
        lives: Lives,
        now: Timestamp,
        fresh: Fresh,
    ) -> (Self, StepAnswer) {
        self.arm(&fresh.login.ceremonies);
        self.state.nonces.spend(Some(issue(&fresh.nonce, lives, now)));
        let answer = self.answer(submit.nonce, lives, now, &fresh, None);
        (self, answer)
    }

    /// Is complete with the result that the person has got before.
    #[expect(clippy::too_many_arguments, reason = "what a submission takes, and the result")]
    pub(super) fn conclude_as(
        mut self,
        step: &StepSpec,
        given: Given,
        (onboarding, decided): (&OnboardingId, &Completion),
        submit: Submit<'_>,
        lives: Lives,
        now: Timestamp,
        fresh: Fresh,
    ) -> (Self, StepAnswer) {
        self.take(step, given, submit, lives, now, &fresh);
        self.state.prefilled.clear();
        self.state.origin.onboarding = onboarding.clone();
        let token = self.result_token(&fresh.result_tail);
        let result = issue_result(&token, lives, now);
        self.state.stage = Stage::Completed(decided.again(&fresh, result));
        self.state.nonces.spend(None);
        let answer = self.answer(submit.nonce, lives, now, &fresh, Some(token));
        (self, answer)
    }

    fn complete(
        &mut self,
        former: Option<&Session>,
        lives: Lives,
        now: Timestamp,
        fresh: &Fresh,
    ) -> ResultToken {
        let token = self.result_token(&fresh.result_tail);
        let whole = former.map(|former| former.clone().supplemented(self));
        let (outcome, provided) = self.first_outcome(whole.as_ref(), now);
        self.state.stage = Stage::Completed(Completion {
            at: now,
            outcome,
            known: Known::default(),
            provided,
            review: None,
            credentials: fresh.credentials.clone(),
            result: issue_result(&token, lives, now),
            redeemed: false,
        });
        token
    }

    fn answer(
        &mut self,
        nonce: &Nonce,
        lives: Lives,
        now: Timestamp,
        fresh: &Fresh,
        result: Option<ResultToken>,
    ) -> StepAnswer {
        let own = self.submission_of(&fresh.step_id).filter(|(submission, step)| {
            plan(self).in_the_way().is_none_or(|(first, _)| first.name == step.name)
                && awaited(self, step, submission).next().is_some()
        });
        let uploads = match own {
            Some((submission, step)) => Some(view::outstanding(self, (step, submission), nonce, now)),
            None => self.ask_for_files(&fresh.upload_nonce, lives, now),
        };
        let next = view::next(self, now).filter(|_| self.completion().is_none());
        let (validation_token, temp_token) = split(result);
        StepAnswer {
            step_id: fresh.step_id.clone(),
            status: view::status(self),
            login_token: None,
            nonce: next.is_some().then(|| fresh.nonce.clone()),
            next,
            uploads,
            validation_token,
            temp_token,
        }
    }
}

/// A result token, in force from `now` on for as long as they are.
pub(super) fn issue_result(token: &ResultToken, lives: Lives, now: Timestamp) -> Issued {
    Issued { digest: Digest::of_secret(token), expires_at: now.plus_seconds(lives.result) }
}

/// A result token as the two members of an answer, of which one is given.
pub(super) fn split(result: Option<ResultToken>) -> (Option<ValidationToken>, Option<TempToken>) {
    match result {
        Some(ResultToken::Validation(token)) => (Some(token), None),
        Some(ResultToken::Temp(token)) => (None, Some(token)),
        None => (None, None),
    }
}
