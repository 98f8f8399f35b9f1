//! A person, as a tenant knows them: what they gave over all sessions, and how they stand.

use serde::{Deserialize, Serialize};
use vestibule_protocol::id::{ExternalId, SessionId, UserId};
use vestibule_protocol::outcome::Status;

use super::event::Decision;
use super::login::Logins;
use super::onboarding::{InfoRequest, Onboarding};
use super::record::Record;
use super::rewrite::Rewrite;
use super::session::{Session, Stage};
use super::vault::{Vault, Whose};

/// A person, within one tenant.
pub type User = Record<UserId, UserState>;

/// What is kept of a person.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct UserState {
    /// How the latest session ended.
    pub status: Status,
    /// Whether a person is to look at it.
    pub requires_manual_review: bool,
    /// What is known of them.
    pub vault: Vault,
    /// What they were onboarded onto, the latest last.
    #[serde(default)]
    pub onboardings: Vec<Onboarding>,
    /// What a reviewer has asked for and not yet got.
    #[serde(default)]
    pub info_request: Option<InfoRequest>,
    /// By what they log in.
    #[serde(default)]
    pub logins: Logins,
}

impl User {
    /// A person of whom a session was just begun.
    pub fn new(id: UserId, external_id: Option<ExternalId>) -> Self {
        let state = UserState {
            status: Status::Incomplete,
            requires_manual_review: false,
            vault: Vault::default(),
            onboardings: Vec::new(),
            info_request: None,
            logins: Logins::default(),
        };
        Self { id, external_id, state }
    }

    /// A person whom the tenant knows before any session of theirs.
    pub fn known(id: UserId, external_id: Option<ExternalId>, data: &Rewrite) -> Self {
        let mut user = Self::new(id, external_id);
        user.state.status = Status::None;
        user.state.vault.rewrite(data);
        user
    }

    /// How they stand.
    pub fn standing(&self) -> Decision {
        Decision { status: self.state.status, requires_manual_review: self.state.requires_manual_review }
    }

    /// Takes over what a complete session collected and decided. What it says of a business is the
    /// business's.
    pub fn learn(&mut self, session: &Session) {
        let Stage::Completed(completion) = &session.state.stage else { return };
        let outcome = completion.standing();
        self.state.status = outcome.status;
        self.state.requires_manual_review = outcome.requires_manual_review;
        self.conclude(session);
        self.step_up(session);
        self.state.vault.learn(session, Whose::Person);
    }

    /// Forgets what a session collected, and the onboarding that it was.
    pub fn forget(&mut self, session: &SessionId) {
        self.state.vault.forget(session);
        self.state.onboardings.retain(|onboarding| onboarding.session != *session);
        for onboarding in &mut self.state.onboardings {
            onboarding.supplements.retain(|supplement| supplement != session);
        }
        let onboardings = &self.state.onboardings;
        let is_theirs = |request: &InfoRequest| onboardings.iter().any(|one| one.id == request.onboarding);
        self.state.info_request = self.state.info_request.take().filter(is_theirs);
    }
}
