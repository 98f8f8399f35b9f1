//! What is kept, and for whom.
//!
//! **Invariant:** every call names the tenant whose rows it may touch. [`Locate`] alone does not: it
//! finds out whose a credential or a public identifier is, and gives nothing but that.
//!
//! **Invariant:** what one [`Store::commit`] writes is there as a whole or not at all, and once it has
//! returned, it survives the loss of the process and of the power.

pub mod audit;
#[cfg(test)]
mod contract;
pub mod letters;
pub mod logins;
pub mod outbox;
pub mod people;
pub mod questions;
pub mod sqlite;

use async_trait::async_trait;
use thiserror::Error;
use vestibule_protocol::date::Timestamp;
use vestibule_protocol::id::{
    BusinessId, ClientId, ConfigurationId, CredentialsId, ExternalId, InterviewId, PlaybookKey, SessionId,
    SkillName, StepId, TenantId, UploadId, UserId,
};

use self::audit::{AuditLog, AuditRow};
use self::letters::{LetterRow, Letters};
use self::logins::{CodeRow, LoginChange, Logins};
use self::outbox::{MessageRow, Outbox};
use self::people::{GrantRow, GrantUse, People};
use self::questions::{QuestionRow, Questions};
use crate::digest::Digest;
use crate::engine::event::{Decision, Event};
use crate::engine::provided::Question;

/// A business that integrates.
#[derive(Clone, Debug)]
pub struct Tenant {
    /// Its name in the store.
    pub id: TenantId,
    /// What a person is told it is called.
    pub name: String,
    /// Whether nothing of it is real.
    pub sandbox: bool,
    /// Its public client.
    pub client_id: ClientId,
    /// What lets a page start sessions.
    pub app_key: Digest,
    /// What lets its backend redeem temp tokens.
    pub client_secret: Digest,
    /// Its secret key of the onboarding family.
    pub secret_key: Digest,
    /// Its key of the omni family.
    pub api_key: Digest,
}

/// A tenant's name for a skill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Playbook {
    /// In the onboarding family.
    pub key: PlaybookKey,
    /// In the omni family.
    pub configuration: ConfigurationId,
    /// The skill.
    pub skill: SkillName,
}

/// A session as it is kept.
#[derive(Clone, Debug)]
pub struct SessionRow {
    /// Its name.
    pub id: SessionId,
    /// The person.
    pub user: UserId,
    /// The business that it is about, or whose owner it checks.
    pub business: Option<BusinessId>,
    /// The skill as it was defined when the session began.
    pub skill_source: String,
    /// Its beginning.
    pub created_at: Timestamp,
    /// The end of its life.
    pub expires_at: Timestamp,
    /// Whether nothing is noted when its life ends: it is decided, or waits for a provider alone, or its end
    /// was noted.
    pub over: bool,
    /// How often it was written; 0 for one that is new.
    pub version: i64,
    /// Its data key, wrapped.
    pub wrapped_key: Vec<u8>,
    /// Everything else, sealed.
    pub sealed: Vec<u8>,
    /// What has happened since it was read; nothing in what is read.
    pub events: Vec<Event>,
}

/// A person or a business as it is kept.
#[derive(Clone, Debug)]
pub struct RecordRow<I> {
    /// Its name.
    pub id: I,
    /// The tenant's own name for it.
    pub external_id: Option<ExternalId>,
    /// How often it was written; 0 for one that is new.
    pub version: i64,
    /// Its data key, wrapped.
    pub wrapped_key: Vec<u8>,
    /// Everything else, sealed.
    pub sealed: Vec<u8>,
    /// How they stand, for lists; `None` for one whom an earlier version wrote.
    pub standing: Option<Decision>,
    /// What has happened since it was read; nothing in what is read.
    pub events: Vec<Event>,
}

/// A person as they are kept.
pub type UserRow = RecordRow<UserId>;
/// A business of a tenant's customers as it is kept.
pub type BusinessRow = RecordRow<BusinessId>;

/// All that one transition writes.
#[derive(Clone, Debug, Default)]
pub struct Change {
    /// Sessions that begin or go on.
    pub sessions: Vec<SessionChange>,
    /// People who are new or change, with the versions that were read.
    pub users: Vec<UserRow>,
    /// Businesses that are new or change, with the versions that were read.
    pub businesses: Vec<BusinessRow>,
    /// By what people can be found who log in, or no more.
    pub logins: Vec<LoginChange>,
    /// That a code is sent.
    pub code: Option<CodeRow>,
    /// Somebody who was made for a session whose person was known, with the version that was read.
    pub nobody: Option<UserRow>,
    /// What is to be known of it later.
    pub audits: Vec<AuditRow>,
    /// What web pages may do from now on.
    pub grants: Vec<GrantRow>,
    /// The grant by which this is done.
    pub used: Option<GrantUse>,
    /// Whose documents' numbers are forgotten, but for those that the sessions of this change give.
    pub forgets_documents_of: Option<UserId>,
    /// Whether what was there before has to be gone from the files as well.
    pub erases: bool,
    /// What people are told of it.
    pub letters: Vec<LetterRow>,
    /// What tenants are told of it: `App::commit` adds them.
    pub messages: Vec<MessageRow>,
}

impl Change {
    /// What has happened by it, in order.
    pub fn events(&self) -> Vec<&Event> {
        let of_sessions = self.sessions.iter().flat_map(|session| &session.row.events);
        let of_users = self.users.iter().flat_map(|user| &user.events);
        of_sessions
            .chain(of_users)
            .chain(self.businesses.iter().flat_map(|business| &business.events))
            .collect()
    }
}

/// What a transition writes of a session.
#[derive(Clone, Debug)]
pub struct SessionChange {
    /// The session, with the version that was read.
    pub row: SessionRow,
    /// A token that opens the session.
    pub session_token: Option<Digest>,
    /// The session's name in the omni family.
    pub interview: Option<InterviewId>,
    /// New submissions.
    pub steps: Vec<StepId>,
    /// A token that the tenant redeems.
    pub result_token: Option<Digest>,
    /// What was collected, as the tenant will read it.
    pub credentials: Option<CredentialsId>,
    /// A token that reads it.
    pub access_token: Option<Digest>,
    /// Reserved blobs that are now the session's.
    pub kept_blobs: Vec<UploadId>,
    /// Blobs that are the session's no more.
    pub doomed_blobs: Vec<UploadId>,
    /// The documents whose numbers were given in it.
    pub documents: Vec<SeenDocument>,
    /// What a provider is to be asked.
    pub questions: Vec<QuestionRow>,
    /// What it need not be asked any more.
    pub answered: Option<Question>,
}

/// A document whose number was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeenDocument {
    /// The keyed digest of its number.
    pub digest: Digest,
    /// Whether it was known of somebody else when the decision was made. If that is no longer so, the
    /// change is refused as one of a row that was overtaken.
    pub of_another: bool,
}

impl From<SessionChange> for Change {
    fn from(session: SessionChange) -> Self {
        Self { sessions: vec![session], ..Self::default() }
    }
}

impl SessionChange {
    /// A change of this row and nothing else.
    pub fn of(row: SessionRow) -> Self {
        Self {
            row,
            session_token: None,
            interview: None,
            steps: Vec::new(),
            result_token: None,
            credentials: None,
            access_token: None,
            kept_blobs: Vec::new(),
            doomed_blobs: Vec::new(),
            documents: Vec::new(),
            questions: Vec::new(),
            answered: None,
        }
    }
}

/// Which part of a list is read, the newest first.
#[derive(Debug)]
pub struct Page<'a, Id: ?Sized> {
    /// The last one that was read before; `None` to begin with the newest.
    pub after: Option<&'a Id>,
    /// How many at most.
    pub most: u32,
}

/// Why something was not written.
#[derive(Debug, Error)]
pub enum CommitError {
    /// Somebody else wrote first: read again, decide again, write again.
    #[error("the row was changed meanwhile")]
    Conflict,
    /// The store failed.
    #[error(transparent)]
    Fault(#[from] StoreFault),
}

/// The store failed. What it says is for the log, once.
#[derive(Debug, Error)]
#[error("the store failed: {0}")]
pub struct StoreFault(#[source] pub Box<dyn std::error::Error + Send + Sync>);

/// Whose a credential or a public identifier is.
#[async_trait]
pub trait Locate: Send + Sync {
    /// The tenant with this client.
    async fn tenant_of_client(&self, client: &ClientId) -> Result<Option<TenantId>, StoreFault>;
    /// The tenant with this secret key.
    async fn tenant_of_secret_key(&self, key: &Digest) -> Result<Option<TenantId>, StoreFault>;
    /// Whose a session is.
    async fn tenant_of_session(&self, session: &SessionId) -> Result<Option<TenantId>, StoreFault>;
    /// The session that a submission belongs to.
    async fn session_of_step(&self, step: &StepId) -> Result<Option<(TenantId, SessionId)>, StoreFault>;
    /// The session that a session token opens.
    async fn session_of_token(&self, token: &Digest) -> Result<Option<(TenantId, SessionId)>, StoreFault>;
    /// The session of this name in the omni family.
    async fn session_of_interview(
        &self,
        interview: &InterviewId,
    ) -> Result<Option<(TenantId, SessionId)>, StoreFault>;
    /// The tenant with this key of the omni family.
    async fn tenant_of_api_key(&self, key: &Digest) -> Result<Option<TenantId>, StoreFault>;
    /// Whose playbook has this name in the omni family.
    async fn tenant_of_configuration(
        &self,
        configuration: &ConfigurationId,
    ) -> Result<Option<TenantId>, StoreFault>;
    /// Whose client token this is.
    async fn tenant_of_grant(&self, token: &Digest) -> Result<Option<TenantId>, StoreFault>;
    /// What an access token reads.
    async fn credentials_of_token(
        &self,
        token: &Digest,
    ) -> Result<Option<(TenantId, CredentialsId)>, StoreFault>;
}

/// What is kept, by tenant.
#[async_trait]
pub trait Store: Locate + AuditLog + People + Logins + Outbox + Questions + Letters {
    /// Registers a tenant and its playbooks.
    async fn register(&self, tenant: &Tenant, playbooks: &[Playbook]) -> Result<(), StoreFault>;
    /// How many tenants there are in the sandbox, and how many are real.
    async fn count_tenants(&self) -> Result<(u64, u64), StoreFault>;
    /// Whether the store answers.
    async fn ping(&self) -> Result<(), StoreFault>;

    /// Every tenant, for the operator.
    async fn tenants(&self) -> Result<Vec<Tenant>, StoreFault>;
    /// A tenant.
    async fn tenant(&self, tenant: &TenantId) -> Result<Option<Tenant>, StoreFault>;
    /// One of its playbooks.
    async fn playbook(&self, tenant: &TenantId, key: &PlaybookKey) -> Result<Option<Playbook>, StoreFault>;
    /// Its playbook for a skill; the first, if it has several.
    async fn playbook_of_skill(
        &self,
        tenant: &TenantId,
        skill: &SkillName,
    ) -> Result<Option<Playbook>, StoreFault>;
    /// Its playbook of this name in the omni family.
    async fn playbook_of_configuration(
        &self,
        tenant: &TenantId,
        configuration: &ConfigurationId,
    ) -> Result<Option<Playbook>, StoreFault>;
    /// Gives it a further playbook.
    async fn add_playbook(&self, tenant: &TenantId, playbook: &Playbook) -> Result<(), StoreFault>;
    /// One of its people.
    async fn user(&self, tenant: &TenantId, user: &UserId) -> Result<Option<UserRow>, StoreFault>;
    /// The person whom the tenant calls so.
    async fn user_called(&self, tenant: &TenantId, name: &ExternalId) -> Result<Option<UserRow>, StoreFault>;
    /// One of the businesses of its customers.
    async fn business(
        &self,
        tenant: &TenantId,
        business: &BusinessId,
    ) -> Result<Option<BusinessRow>, StoreFault>;
    /// The business that the tenant calls so.
    async fn business_called(
        &self,
        tenant: &TenantId,
        name: &ExternalId,
    ) -> Result<Option<BusinessRow>, StoreFault>;
    /// One of its sessions.
    async fn session(&self, tenant: &TenantId, session: &SessionId)
    -> Result<Option<SessionRow>, StoreFault>;
    /// The sessions of one of its people, the latest first.
    async fn sessions_of_user(&self, tenant: &TenantId, user: &UserId) -> Result<Vec<SessionId>, StoreFault>;
    /// The sessions that are about one of the businesses, or check an owner of it, the latest first.
    async fn sessions_of_business(
        &self,
        tenant: &TenantId,
        business: &BusinessId,
    ) -> Result<Vec<SessionId>, StoreFault>;
    /// The session that has or had this result token.
    async fn session_of_result(
        &self,
        tenant: &TenantId,
        token: &Digest,
    ) -> Result<Option<SessionId>, StoreFault>;
    /// The session whose collection this is.
    async fn session_of_credentials(
        &self,
        tenant: &TenantId,
        credentials: &CredentialsId,
    ) -> Result<Option<SessionId>, StoreFault>;

    /// Whether a document of this digest was given by somebody else than `user`.
    async fn document_of_another(
        &self,
        tenant: &TenantId,
        document: &Digest,
        user: &UserId,
    ) -> Result<bool, StoreFault>;

    /// Writes a change, if all that it writes still has the versions that were read.
    async fn commit(&self, tenant: &TenantId, change: &Change) -> Result<(), CommitError>;
    /// Erases a session with all that belongs to it and writes a change, if all still have the versions
    /// that were read. Gives the blobs that are to be removed now.
    async fn erase(
        &self,
        tenant: &TenantId,
        session: &SessionRow,
        change: &Change,
    ) -> Result<Vec<UploadId>, CommitError>;
    /// Sessions that are past their life and not over, the longest past first, of all tenants.
    async fn sessions_to_expire(
        &self,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<(TenantId, SessionId)>, StoreFault>;

    /// Notes that a blob is about to be written, so that a crash leaves none that nobody knows of.
    async fn reserve_blob(
        &self,
        tenant: &TenantId,
        session: &SessionId,
        blob: &UploadId,
    ) -> Result<(), StoreFault>;
    /// Notes that a blob is removed.
    async fn forget_blob(&self, tenant: &TenantId, blob: &UploadId) -> Result<(), StoreFault>;
    /// Blobs that no session keeps. Some may be in the making, unless the server just starts.
    async fn unkept_blobs(&self) -> Result<Vec<(TenantId, UploadId)>, StoreFault>;
}
