//! Between the engine and the store: rows are opened to sessions, people and businesses, and
//! sealed again. What has
//! happened between the two is noted beside the row.

mod outbox;
mod records;

pub use outbox::{KeptEndpoint, Letter};

use std::fmt::Display;
use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;
use thiserror::Error;
use vestibule_protocol::id::{BusinessId, ExternalId, SessionId, TenantId, UserId};
use zeroize::Zeroizing;

use crate::blob::BlobError;
use crate::digest::Digest;
use crate::engine::business::{Business, BusinessState};
use crate::engine::decide::DocumentNumber;
use crate::engine::event;
use crate::engine::login::Key;
use crate::engine::record::Record;
use crate::engine::session::{Session, Stage, State, asked_of};
use crate::engine::user::{User, UserState};
use crate::random::Random;
use crate::skills::{CatalogueError, parse};
use crate::store::{BusinessRow, RecordRow, SessionRow, Store, StoreFault, UserRow};
use crate::vault::{DataKey, MasterKey, Unopenable};

/// A fault of the server: for the log, never for an answer.
#[derive(Debug, Error)]
pub enum Fault {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreFault),
    /// The blob store failed.
    #[error("a blob: {0}")]
    Blob(#[from] BlobError),
    /// A record was sealed with another key, or changed.
    #[error(transparent)]
    Unopenable(#[from] Unopenable),
    /// A record is not of the shape in which this version keeps it.
    #[error("a sealed record cannot be read: {0}")]
    Shape(String),
    /// A skill that was good when the session began is no more.
    #[error("the skill of a session: {0}")]
    Skill(#[from] CatalogueError),
    /// A row that another row points to is not there.
    #[error("{0} is missing")]
    Missing(&'static str),
    /// Writers kept overtaking this one.
    #[error("gave up after many conflicts")]
    Contention,
}

/// A session, a person or a business as it was read, with what is needed to write them again.
pub struct Kept<T, R> {
    /// What was read.
    pub content: T,
    /// The key of the record.
    pub key: DataKey,
    row: R,
}

/// A session that was read.
pub type KeptSession = Kept<Session, SessionRow>;
/// A person or a business that was read.
pub type KeptRecord<I, S> = Kept<Record<I, S>, RecordRow<I>>;
/// A person that was read.
pub type KeptUser = KeptRecord<UserId, UserState>;
/// A business that was read.
pub type KeptBusiness = KeptRecord<BusinessId, BusinessState>;

impl KeptSession {
    /// The text of its skill: of a reviewer's request, the whole of which it is a part.
    pub fn skill_source(&self) -> &str {
        &self.row.skill_source
    }
}

/// Opens and seals.
pub struct Ledger {
    store: Arc<dyn Store>,
    master: MasterKey,
    random: Arc<dyn Random>,
}

impl Ledger {
    /// A ledger of what `store` keeps under `master`.
    pub fn new(store: Arc<dyn Store>, master: MasterKey, random: Arc<dyn Random>) -> Self {
        Self { store, master, random }
    }

    /// Reads a session.
    ///
    /// # Errors
    /// [`Fault`].
    pub async fn session(&self, tenant: &TenantId, id: &SessionId) -> Result<Option<KeptSession>, Fault> {
        let Some(row) = self.store.session(tenant, id).await? else { return Ok(None) };
        let key = self.master.unwrap(id.as_str(), &row.wrapped_key)?;
        let state: State = read(&key, id.as_str(), &row.sealed)?;
        let skill = Arc::new(parse(id.as_str(), &row.skill_source)?);
        let content = Session {
            id: row.id.clone(),
            user: row.user.clone(),
            skill: asked_of(skill, state.only.as_deref()).ok_or(Fault::Missing("a step of a request"))?,
            created_at: row.created_at,
            expires_at: row.expires_at,
            state,
        };
        Ok(Some(Kept { content, key, row }))
    }

    /// Reads a person.
    ///
    /// # Errors
    /// [`Fault`].
    pub async fn user(&self, tenant: &TenantId, id: &UserId) -> Result<Option<KeptUser>, Fault> {
        self.store.user(tenant, id).await?.map(|row| self.open(row)).transpose()
    }

    /// Reads the person whom the tenant calls so.
    ///
    /// # Errors
    /// [`Fault`].
    pub async fn user_called(&self, tenant: &TenantId, name: &ExternalId) -> Result<Option<KeptUser>, Fault> {
        self.store.user_called(tenant, name).await?.map(|row| self.open(row)).transpose()
    }

    /// Reads a business.
    ///
    /// # Errors
    /// [`Fault`].
    pub async fn business(&self, tenant: &TenantId, id: &BusinessId) -> Result<Option<KeptBusiness>, Fault> {
        self.store.business(tenant, id).await?.map(|row| self.open(row)).transpose()
    }

    /// Reads the business that the tenant calls so.
    ///
    /// # Errors
    /// [`Fault`].
    pub async fn business_called(
        &self,
        tenant: &TenantId,
        name: &ExternalId,
    ) -> Result<Option<KeptBusiness>, Fault> {
        self.store.business_called(tenant, name).await?.map(|row| self.open(row)).transpose()
    }

    /// Opens the row of a person.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn open_user(&self, row: UserRow) -> Result<KeptUser, Fault> {
        self.open(row)
    }

    /// Opens the row of a business.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn open_business(&self, row: BusinessRow) -> Result<KeptBusiness, Fault> {
        self.open(row)
    }

    fn open<I: Clone + Display, S: DeserializeOwned>(
        &self,
        row: RecordRow<I>,
    ) -> Result<KeptRecord<I, S>, Fault> {
        let id = row.id.to_string();
        let key = self.master.unwrap(&id, &row.wrapped_key)?;
        let state = read(&key, &id, &row.sealed)?;
        let content = Record { id: row.id.clone(), external_id: row.external_id.clone(), state };
        Ok(Kept { content, key, row })
    }

    /// A row for a session that is new.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn new_session(&self, session: &Session, skill_source: &str) -> Result<SessionRow, Fault> {
        let id = session.id.as_str();
        let (key, wrapped_key) = self.master.new_data_key(id, &*self.random);
        Ok(SessionRow {
            id: session.id.clone(),
            user: session.user.clone(),
            business: session.state.origin.business.clone(),
            skill_source: skill_source.into(),
            created_at: session.created_at,
            expires_at: session.expires_at,
            over: is_over(session),
            version: 0,
            wrapped_key,
            sealed: self.write(&key, id, &session.state)?,
            events: event::of_session(None, session),
        })
    }

    /// A row for a person who is new.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn new_user(&self, user: &User) -> Result<UserRow, Fault> {
        let (standing, events) = (Some(user.standing()), event::of_user(None, user));
        Ok(UserRow { standing, events, ..self.new_record(user)? })
    }

    /// A row for a business that is new.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn new_business(&self, business: &Business) -> Result<BusinessRow, Fault> {
        let (standing, events) = (Some(business.standing()), event::of_business(None, business));
        Ok(BusinessRow { standing, events, ..self.new_record(business)? })
    }

    fn new_record<I: Clone + Display, S: Serialize>(
        &self,
        record: &Record<I, S>,
    ) -> Result<RecordRow<I>, Fault> {
        let id = record.id.to_string();
        let (key, wrapped_key) = self.master.new_data_key(&id, &*self.random);
        Ok(RecordRow {
            id: record.id.clone(),
            external_id: record.external_id.clone(),
            version: 0,
            wrapped_key,
            sealed: self.write(&key, &id, &record.state)?,
            standing: None,
            events: Vec::new(),
        })
    }

    /// The row of a session that goes on as `next`.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn seal_session(&self, kept: &KeptSession, next: &Session) -> Result<SessionRow, Fault> {
        let sealed = self.write(&kept.key, next.id.as_str(), &next.state)?;
        let events = event::of_session(Some(&kept.content), next);
        Ok(SessionRow { user: next.user.clone(), over: is_over(next), sealed, events, ..kept.row.clone() })
    }

    /// The row of a person who goes on as `next`.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn seal_user(&self, kept: &KeptUser, next: &User) -> Result<UserRow, Fault> {
        let events = event::of_user(Some(&kept.content), next);
        Ok(UserRow { standing: Some(next.standing()), events, ..self.seal_record(kept, next)? })
    }

    /// The row of a business that goes on as `next`.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn seal_business(&self, kept: &KeptBusiness, next: &Business) -> Result<BusinessRow, Fault> {
        let events = event::of_business(Some(&kept.content), next);
        Ok(BusinessRow { standing: Some(next.standing()), events, ..self.seal_record(kept, next)? })
    }

    fn seal_record<I: Clone + Display, S: Serialize>(
        &self,
        kept: &KeptRecord<I, S>,
        next: &Record<I, S>,
    ) -> Result<RecordRow<I>, Fault> {
        let sealed = self.write(&kept.key, &next.id.to_string(), &next.state)?;
        Ok(RecordRow { external_id: next.external_id.clone(), sealed, ..kept.row.clone() })
    }

    /// The digest by which the numbers of documents of one tenant are compared.
    pub fn document_digest(&self, tenant: &TenantId, document: &DocumentNumber) -> Digest {
        let DocumentNumber { issuer, kind, number } = document;
        self.master
            .digest(&["documents of ", tenant.as_str()].concat(), &[&**issuer, kind, number].join("\n"))
    }

    /// The digest by which somebody is found who logs in to one tenant.
    pub fn login_digest(&self, tenant: &TenantId, key: &Key) -> Digest {
        let (kind, text) = match key {
            Key::Contact(contact) => (contact.method.as_str(), &contact.address),
            Key::Passkey(credential) => ("passkey", credential),
        };
        self.master.digest(&["log-ins of ", tenant.as_str()].concat(), &[kind, text].join("\n"))
    }

    /// The digest of a code that was sent in a session. Whoever reads the database cannot try a million codes
    /// against it.
    pub fn code_digest(&self, session: &SessionId, code: &str) -> Digest {
        self.master.digest("codes", &[session.as_str(), code].join("\n"))
    }

    /// What authenticators call a person: it follows from their id, and does not give it away.
    pub fn handle(&self, tenant: &TenantId, user: &UserId) -> [u8; 16] {
        let digest = self.master.digest(&["handles of ", tenant.as_str()].concat(), user.as_str());
        let mut handle = [0; 16];
        handle.copy_from_slice(&digest.as_bytes()[..16]);
        handle
    }

    fn write<T: Serialize>(&self, key: &DataKey, id: &str, content: &T) -> Result<Vec<u8>, Fault> {
        let plain = Zeroizing::new(serde_json::to_vec(content).map_err(shape)?);
        Ok(key.seal(id, &plain, &*self.random))
    }
}

/// Whether nothing is to be noted when a session's life ends, as the store is told.
fn is_over(session: &Session) -> bool {
    match &session.state.stage {
        Stage::Walking => false,
        Stage::Completed(_) => !session.awaits_files(),
        Stage::Expired => true,
    }
}

fn read<T: DeserializeOwned>(key: &DataKey, id: &str, sealed: &[u8]) -> Result<T, Fault> {
    serde_json::from_slice(&key.open(id, sealed)?).map_err(shape)
}

/// Where it is wrong, without what stands there.
fn shape(error: serde_json::Error) -> Fault {
    Fault::Shape(format!("{:?} at column {}", error.classify(), error.column()))
}
