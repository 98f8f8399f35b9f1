//! A person's onboardings: which there were, how they ended, and what a reviewer still asks for.

use serde::{Deserialize, Serialize};
use thiserror::Error;
use vestibule_protocol::date::Timestamp;
use vestibule_protocol::id::{BusinessId, ExternalId, OnboardingId, PlaybookKey, SessionId, StepName};
use vestibule_protocol::outcome::{Outcome, Status};
use vestibule_protocol::skill::{Skill, StepKind};

use super::decide::stepped_up;
use super::session::{Completion, Session, Stage, Starter};
use super::user::User;

/// One onboarding of a person onto one playbook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Onboarding {
    /// Its name.
    pub id: OnboardingId,
    /// The tenant's own name for it.
    #[serde(default)]
    pub external_id: Option<ExternalId>,
    /// Who started it. Whoever holds a tenant's public client can start a session in anybody's name, so
    /// what came of those is never used again.
    pub starter: Starter,
    /// Onto what.
    pub playbook: PlaybookKey,
    /// The business that it is about, or whose owner it checks.
    #[serde(default)]
    pub business: Option<BusinessId>,
    /// The session in which the whole skill was walked, or is.
    pub session: SessionId,
    /// Complete sessions in which a reviewer's requests were answered since, in order.
    #[serde(default)]
    pub supplements: Vec<SessionId>,
    /// When the session began.
    pub began_at: Timestamp,
    /// The end of its life.
    pub open_until: Timestamp,
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

impl Onboarding {
    /// The session at whose end it was decided last, or will be decided.
    pub fn deciding(&self) -> &SessionId {
        self.supplements.last().unwrap_or(&self.session)
    }
}

impl Decided {
    /// How a completion stands.
    pub(super) fn by(completion: &Completion) -> Self {
        let Outcome { status, requires_manual_review, .. } = completion.standing();
        Self { at: completion.at, status, requires_manual_review }
    }
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

/// What a person is told whom the sandbox asks for more.
const STEP_UP_NOTE: &str = "We need this once more to check who you are.";

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

/// What a further session of a person on a playbook comes to.
#[derive(Clone, Copy, Debug)]
pub enum Again<'a> {
    /// A new onboarding.
    Anew,
    /// This onboarding, which is not complete, is gone on with.
    GoOn(&'a Onboarding),
    /// This onboarding's result is used again: nothing is asked and nothing decided.
    Reuse(&'a Onboarding),
}

impl User {
    /// What a further session on `playbook` comes to, when the tenant's backend starts it. With the
    /// tenant's name for an onboarding it is that one, if there is one of this playbook; without, the last
    /// that is decided, or else one that is not complete. If it is to be about a `business`, then none
    /// about another.
    pub fn again(
        &self,
        playbook: &PlaybookKey,
        named: Option<&ExternalId>,
        business: Option<&BusinessId>,
    ) -> Again<'_> {
        let of_backend = |one: &&Onboarding| {
            one.starter == Starter::Backend
                && one.playbook == *playbook
                && (business.is_none() || one.business.as_ref() == business)
        };
        let latest_first = || self.state.onboardings.iter().rev().filter(of_backend);
        let found = match named {
            Some(_) => latest_first().find(|one| one.external_id.as_ref() == named),
            None => latest_first().find(|one| one.result.is_some()).or_else(|| latest_first().next()),
        };
        match found {
            None => Again::Anew,
            Some(onboarding) if onboarding.result.is_some() => Again::Reuse(onboarding),
            Some(onboarding) => Again::GoOn(onboarding),
        }
    }

    /// The business that they acted for last on this playbook, when the tenant's backend started it.
    pub fn acted_for(&self, playbook: &PlaybookKey) -> Option<&BusinessId> {
        let latest_first = self.state.onboardings.iter().rev();
        let mut of_backend =
            latest_first.filter(|one| one.starter == Starter::Backend && one.playbook == *playbook);
        of_backend.find_map(|one| one.business.as_ref())
    }

    /// Notes that a session of an onboarding was begun. An onboarding that nobody named and nobody can
    /// complete any more is forgotten.
    pub fn embark(&mut self, session: &Session, name: Option<ExternalId>) {
        let origin = &session.state.origin;
        let Some(playbook) = origin.playbook.clone() else { return };
        let live = |one: &Onboarding| {
            one.result.is_some() || one.external_id.is_some() || session.created_at < one.open_until
        };
        self.state.onboardings.retain(|one| one.id != origin.onboarding && live(one));
        if self.state.status == Status::None {
            self.state.status = Status::Incomplete;
        }
        self.state.onboardings.push(Onboarding {
            id: origin.onboarding.clone(),
            external_id: name,
            starter: origin.starter,
            playbook,
            business: origin.business.clone(),
            session: session.id.clone(),
            supplements: Vec::new(),
            began_at: session.created_at,
            open_until: session.expires_at,
            result: None,
        });
    }

    /// The onboarding of this name, or the one that was decided last, if it is complete: what a reviewer
    /// can ask about and decide.
    pub fn decided_onboarding(&self, named: Option<&OnboardingId>) -> Option<&Onboarding> {
        self.decided_last(|onboarding| named.is_none_or(|id| onboarding.id == *id))
    }

    /// The onboarding onto this playbook, or any, that was decided last.
    pub fn decided_onto(&self, playbook: Option<&PlaybookKey>) -> Option<&Onboarding> {
        self.decided_last(|onboarding| playbook.is_none_or(|key| onboarding.playbook == *key))
    }

    fn decided_last(&self, chosen: impl Fn(&Onboarding) -> bool) -> Option<&Onboarding> {
        let decided = self.state.onboardings.iter().filter(|onboarding| chosen(onboarding));
        let decided = decided.filter_map(|onboarding| Some((onboarding.result?.at, onboarding)));
        decided.max_by_key(|(at, _)| *at).map(|(_, onboarding)| onboarding)
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
        let can_be_asked = |name: &StepName| {
            skill.step(name).is_some_and(|step| step.kind != StepKind::Review && !step.kind.is_login())
        };
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

    /// The onboarding of this name.
    pub fn onboarding(&self, id: &OnboardingId) -> Option<&Onboarding> {
        self.state.onboardings.iter().find(|onboarding| onboarding.id == *id)
    }

    /// The onboarding of a session, if another session of it was completed before.
    pub fn decided_elsewhere(&self, session: &Session) -> Option<&Onboarding> {
        let origin = &session.state.origin;
        let onboarding = self.onboarding(&origin.onboarding)?;
        (origin.answers.is_none() && onboarding.result.is_some()).then_some(onboarding)
    }

    /// The reviewer's request that a session answers, if it is still outstanding.
    pub fn request_of(&self, session: &Session) -> Option<&InfoRequest> {
        let request = self.state.info_request.as_ref()?;
        (session.state.origin.answers == Some(request.at)).then_some(request)
    }

    /// Asks for what a session with the outcome `step_up` asks for once more, as a reviewer would.
    pub(super) fn step_up(&mut self, session: &Session) {
        let (Some(completion), steps) = (session.completion(), stepped_up(session)) else { return };
        let onboarding = &session.state.origin.onboarding;
        // Nothing is asked of what was not concluded, and no steps are none.
        let _ = self.ask(onboarding, &session.skill, &steps, STEP_UP_NOTE.into(), completion.at);
    }

    /// Notes how the session of an onboarding ended. What a reviewer asked for is no longer outstanding
    /// once it was given.
    pub(super) fn conclude(&mut self, session: &Session) {
        let Stage::Completed(completion) = &session.state.stage else { return };
        let origin = &session.state.origin;
        let decided = Decided::by(completion);
        if self.onboarding(&origin.onboarding).is_none() {
            self.embark(session, None);
        }
        if self.request_of(session).is_some() {
            self.state.info_request = None;
        }
        let mut onboardings = self.state.onboardings.iter_mut();
        let Some(onboarding) = onboardings.find(|one| one.id == origin.onboarding) else { return };
        onboarding.result = (!session.is_pending()).then_some(decided);
        match origin.answers {
            Some(_) if onboarding.supplements.contains(&session.id) => {}
            Some(_) => onboarding.supplements.push(session.id.clone()),
            None => onboarding.session = session.id.clone(),
        }
    }
}
