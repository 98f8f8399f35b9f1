//! A person, as a tenant knows them: what they gave over all sessions, and how they stand.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use vestibule_protocol::field::Value;
use vestibule_protocol::id::{ExternalId, SessionId, UserId};
use vestibule_protocol::outcome::Status;
use vestibule_protocol::upload::UploadName;

use super::onboarding::{InfoRequest, Onboarding};
use super::session::{Given, Session, Stage};

/// A person, within one tenant.
#[derive(Clone, Debug)]
pub struct User {
    /// Its name.
    pub id: UserId,
    /// The tenant's own name for it.
    pub external_id: Option<ExternalId>,
    /// What is sealed at rest.
    pub state: UserState,
}

/// What is kept of a person.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct UserState {
    /// How the latest session ended.
    pub status: Status,
    /// Whether a person is to look at it.
    pub requires_manual_review: bool,
    /// What was given, by data identifier; a file as `document.<what>.<which>`, a selfie as `selfie`.
    pub vault: BTreeMap<String, Entry>,
    /// What they were onboarded onto, the latest last.
    #[serde(default)]
    pub onboardings: Vec<Onboarding>,
    /// What a reviewer has asked for and not yet got.
    #[serde(default)]
    pub info_request: Option<InfoRequest>,
}

/// One thing that was given.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// In this session.
    pub session: SessionId,
    /// What it is.
    pub content: Content,
}

impl Entry {
    /// Whether this is nothing new. A file of another session is another file.
    pub fn holds_the_same(&self, other: &Self) -> bool {
        match (&self.content, &other.content) {
            (Content::Value(one), Content::Value(other)) => one == other,
            (Content::File, Content::File) => self.session == other.session,
            _ => false,
        }
    }
}

/// What was given.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Content {
    /// A value.
    Value(Value),
    /// A file, which stays with its session.
    File,
}

impl User {
    /// A person of whom a session was just begun.
    pub fn new(id: UserId, external_id: Option<ExternalId>) -> Self {
        let state = UserState {
            status: Status::Incomplete,
            requires_manual_review: false,
            vault: BTreeMap::new(),
            onboardings: Vec::new(),
            info_request: None,
        };
        Self { id, external_id, state }
    }

    /// Takes over what a complete session collected and decided.
    pub fn learn(&mut self, session: &Session) {
        let Stage::Completed(completion) = &session.state.stage else { return };
        self.state.status = completion.outcome.status;
        self.state.requires_manual_review = completion.outcome.requires_manual_review;
        self.conclude(session);
        for (name, content) in collected(session) {
            self.state.vault.insert(name, Entry { session: session.id.clone(), content });
        }
    }

    /// Forgets what a session collected, and the onboarding that it was.
    pub fn forget(&mut self, session: &SessionId) {
        self.state.vault.retain(|_, entry| entry.session != *session);
        self.state.onboardings.retain(|onboarding| onboarding.session != *session);
        let onboardings = &self.state.onboardings;
        let is_theirs = |request: &InfoRequest| onboardings.iter().any(|one| one.id == request.onboarding);
        self.state.info_request = self.state.info_request.take().filter(is_theirs);
    }
}

fn collected(session: &Session) -> Vec<(String, Content)> {
    let mut found = Vec::new();
    for submission in &session.state.submissions {
        let what = match &submission.given {
            Given::Form(values) => {
                let values = values.iter();
                found.extend(values.map(|(name, value)| (name.to_string(), Content::Value(value.clone()))));
                submission.step.as_str()
            }
            Given::Document(kind) => kind.as_str(),
            Given::Consent(_) | Given::Selfie | Given::Review => submission.step.as_str(),
        };
        found.extend(submission.uploads.iter().map(|upload| (file_name(what, upload.name), Content::File)));
    }
    found
}

fn file_name(what: &str, name: UploadName) -> String {
    match name {
        UploadName::Selfie => name.as_str().into(),
        _ => ["document.", what, ".", name.as_str()].concat(),
    }
}
