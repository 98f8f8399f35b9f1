//! An onboarding beyond its first session: its result is used again, what was given is carried on, and
//! what a reviewer asks for is added.

use std::sync::Arc;

use vestibule_protocol::date::Timestamp;
use vestibule_protocol::skill::Skill;

use super::nonce::Issued;
use super::session::{Beginning, Completion, Fresh, Given, Lives, Session, Stage, Values};
use crate::digest::Digest;

impl Completion {
    /// The same, of a further session, which has a record and a result token of its own.
    pub(super) fn again(&self, fresh: &Fresh, result: Issued) -> Self {
        Self { credentials: fresh.credentials.clone(), result, redeemed: false, ..self.clone() }
    }
}

impl Session {
    /// A session of an onboarding that was decided before: complete from the beginning, with that
    /// result. Its result token is issued when it is opened.
    pub fn reuse(
        beginning: Beginning<'_>,
        former: &Completion,
        lives: Lives,
        now: Timestamp,
        fresh: &Fresh,
    ) -> Self {
        let (mut session, _) = Self::begin(beginning, lives, now);
        session.state.submissions.clear();
        session.state.prefilled.clear();
        let unissued = session.result_token(&fresh.result_tail);
        let result = Issued { digest: Digest::of_secret(&unissued), expires_at: now };
        session.state.stage = Stage::Completed(former.again(fresh, result));
        session
    }

    /// Takes over the result that another session of the same onboarding has come to meanwhile.
    pub fn adopt(&mut self, other: &Completion) {
        if let Stage::Completed(completion) = &mut self.state.stage {
            let Completion { at, credentials, result, redeemed, .. } = completion.clone();
            *completion = Completion { at, credentials, result, redeemed, ..other.clone() };
        }
    }

    /// Whether it is complete and decides about its person: somebody is judged in it, by what was given in it.
    pub fn is_decided_here(&self) -> bool {
        self.completion().is_some() && self.skill.is_judged() && !self.is_reused()
    }

    /// Whether its result is that of a session before it.
    pub fn is_reused(&self) -> bool {
        self.completion().is_some_and(|completion| completion.at < self.created_at)
    }

    /// The values that were given in its forms, or were known. Agreements and files are not among them:
    /// the former are to be given anew, the latter stay with their session.
    pub fn values(&self) -> Values {
        let mut values = self.state.prefilled.clone();
        for submission in &self.state.submissions {
            if let Given::Form(given) = &submission.given {
                values.extend(given.clone());
            }
        }
        values
    }

    /// This session with what a later one gave in the place of what was given here: the whole of which
    /// an onboarding is decided again after a reviewer's request. What the reviewer asked for counts,
    /// whatever its conditions.
    pub fn supplemented(mut self, later: &Session) -> Session {
        let given = |step| later.submission(step).or_else(|| self.submission(step)).cloned();
        self.state.submissions = self.skill.steps.iter().filter_map(given).collect();
        let mut skill = Skill::clone(&self.skill);
        for step in skill.steps.iter_mut().filter(|step| later.submission(step).is_some()) {
            step.when = None;
        }
        self.skill = Arc::new(skill);
        self.state.sandbox_outcome = later.state.sandbox_outcome;
        // What a provider was asked then was about this whole.
        if let (Stage::Completed(completion), Some(later)) = (&mut self.state.stage, later.completion()) {
            completion.provided = later.provided.clone();
        }
        self
    }
}
