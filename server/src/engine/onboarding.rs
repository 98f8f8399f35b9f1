//! A person's onboardings: which there were, how they ended, and what a reviewer still asks for.

use serde::{Deserialize, Serialize};
use thiserror::Error;
use vestibule_protocol::date::Timestamp;
use vestibule_protocol::id::{ExternalId, OnboardingId, PlaybookKey, SessionId, StepName};
use vestibule_protocol::outcome::Status;
use vestibule_protocol::skill::{Skill, StepKind};

use super::session::{Session, Stage};
use super::user::User;

/// One onboarding of a person onto one playbook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Onboarding {
    /// Its name.
    pub id: OnboardingId,
    /// The tenant's own name for it.
    #[serde(default)]
    pub external_id: Option<ExternalId>,
    /// Onto what.
    pub playbook: PlaybookKey,
    /// The session whose answers count.
    pub session: SessionId,
    /// When that session began.
    pub began_at: Timestamp,
    /// What was decided; `None` while something is still to be given.
    pub result: Option<Decided>,
}

/// How an onboarding ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// When the last step was submitted.
    pub at: Timestamp,
    /// Pass or fail.
    pub status: Status,
    /// Whether a person is to look at it.
    pub requires_manual_review: bool,
}

/// What a reviewer asks of a person who has given everything once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InfoRequest {
    /// When it was made.
    pub at: Timestamp,
    /// What the person is told.
    pub note: String,
    /// The onboarding that is decided again when they have answered.
    pub onboarding: OnboardingId,
    /// The steps of its skill that are asked for, in the skill's order.
    pub steps: Vec<StepName>,
}

/// Why a reviewer cannot ask so.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AskRefused {
    /// The person has no such onboarding, or it is not complete.
    #[error("there is no complete onboarding to ask about")]
    NothingDecided,
    /// No step was named.
    #[error("no step is asked for")]
    NoSteps,
    /// The skill has no such step, or nothing is given in it.
    #[error("step {0} cannot be asked for")]
    NoSuchStep(StepName),
}

impl User {
    /// The onboarding of this name, or the latest one, if it is complete: what a reviewer can ask about.
    pub fn decided_onboarding(&self, named: Option<&OnboardingId>) -> Option<&Onboarding> {
        let mut complete =
            self.state.onboardings.iter().rev().filter(|onboarding| onboarding.result.is_some());
        complete.find(|onboarding| named.is_none_or(|id| onboarding.id == *id))
    }

    /// Asks the person for steps of `skill`, which is that of the session of `onboarding`. Takes the
    /// place of what was asked before.
    ///
    /// # Errors
    /// [`AskRefused`].
    pub fn ask(
        &mut self,
        onboarding: &OnboardingId,
        skill: &Skill,
        steps: &[StepName],
        note: String,
        now: Timestamp,
    ) -> Result<(), AskRefused> {
        self.decided_onboarding(Some(onboarding)).ok_or(AskRefused::NothingDecided)?;
        let can_be_asked =
            |name: &StepName| skill.step(name).is_some_and(|step| !matches!(step.kind, StepKind::Review));
        if let Some(unknown) = steps.iter().find(|name| !can_be_asked(name)) {
            return Err(AskRefused::NoSuchStep(unknown.clone()));
        }
        let in_order = skill.steps.iter().map(|step| &step.name).filter(|name| steps.contains(name));
        let steps: Vec<StepName> = in_order.cloned().collect();
        if steps.is_empty() {
            return Err(AskRefused::NoSteps);
        }
        self.state.info_request = Some(InfoRequest { at: now, note, onboarding: onboarding.clone(), steps });
        Ok(())
    }

    /// Notes how the session of an onboarding ended.
    pub(super) fn conclude(&mut self, session: &Session) {
        let Stage::Completed(completion) = &session.state.stage else { return };
        let outcome = completion.standing();
        let decided = Decided {
            at: completion.at,
            status: outcome.status,
            requires_manual_review: outcome.requires_manual_review,
        };
        let origin = &session.state.origin;
        self.state.onboardings.retain(|onboarding| onboarding.id != origin.onboarding);
        self.state.onboardings.push(Onboarding {
            id: origin.onboarding.clone(),
            external_id: None,
            playbook: origin.playbook.clone(),
            session: session.id.clone(),
            began_at: session.created_at,
            result: Some(decided),
        });
    }
}
