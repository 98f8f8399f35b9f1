//! The parts that every call works with.

use std::sync::Arc;
use std::time::Duration;

use vestibule_protocol::date::Timestamp;
use vestibule_protocol::id::{SessionId, TenantId, UploadId};
use vestibule_protocol::login::{AuthMethod, CODE_DIGITS};
use vestibule_protocol::secret::{Reveal, SessionToken};

use crate::blob::{BlobName, BlobStore};
use crate::clock::Clock;
use crate::engine::login::{Ceremonies, FreshLogin};
use crate::engine::session::{Fresh, Lives, Session};
use crate::jwt::SessionTokens;
use crate::ledger::{Fault, Ledger};
use crate::limits::Allowance;
use crate::media::Receiver;
use crate::notify::Notifier;
use crate::provider::Providers;
use crate::random::{Random, base62, digits, id, nonce, secret};
use crate::skills::Catalogue;
use crate::store::{Change, CommitError, SessionRow, Store, Tenant};
use crate::webhook::courier::Bell;
use crate::webhook::outbox::messages;
use crate::webhook::reach::Reach;

/// How often a transition is tried again when others write first. Writers of one session are few: the
/// tabs of one person.
pub const TRIES: usize = 32;

/// The parts of a running server.
pub struct App {
    /// What is kept.
    pub store: Arc<dyn Store>,
    /// What opens and seals it.
    pub ledger: Ledger,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub random: Arc<dyn Random>,
    /// The published skills.
    pub catalogue: Catalogue,
    /// Uploaded files.
    pub blobs: BlobStore,
    /// What judges them.
    pub receiver: Receiver,
    /// Tokens of the omni family.
    pub session_tokens: SessionTokens,
    /// Who was refused how often.
    pub refusals: Allowance,
    /// Who followed static links how often.
    pub hosted_starts: Allowance,
    /// What tells the courier that there is something to deliver.
    pub bell: Bell,
    /// Who makes the checks that take a provider.
    pub providers: Providers,
    /// What tells the courier of providers that there is something to ask.
    pub questions_bell: Bell,
    /// What sends messages to people.
    pub notifier: Notifier,
    /// Where webhooks may lead.
    pub reach: Reach,
    /// How long things live.
    pub lives: Lives,
    /// Who was sent how many codes.
    pub codes: Allowance,
    /// The origin under which browsers reach the server.
    pub public_url: String,
    /// Whose pages may call, and the server's own.
    pub allowed_origins: Vec<String>,
    /// The header that says where a request came from; empty for none.
    pub client_address_header: String,
    /// How long a body may pause.
    pub idle: Duration,
}

impl App {
    /// The present instant.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// A token of the omni family, which opens this session as long as it lives.
    pub fn issue_token(&self, session: &Session) -> SessionToken {
        self.session_tokens.issue(session.interview(), self.now(), session.expires_at, &*self.random)
    }

    /// The hosted flow of a session about a `user` or a `business`, or one that speaks `omni`. The token
    /// stands in the fragment, which no browser sends.
    pub fn link(&self, about: &str, token: &SessionToken) -> String {
        [&self.public_url, "/verify?type=", about, "#", token.reveal()].concat()
    }

    /// By which ways codes can be sent to people of this tenant.
    pub fn reaches(&self, tenant: &Tenant) -> Vec<AuthMethod> {
        let can = |method: &AuthMethod| self.notifier.can(tenant.sandbox, *method);
        AuthMethod::ALL.iter().copied().filter(can).collect()
    }

    /// Fresh names and secrets for one transition of a session.
    pub fn fresh(&self, session: &SessionId) -> Fresh {
        let random = &*self.random;
        let digits = digits(random, CODE_DIGITS);
        Fresh {
            step_id: id(random),
            nonce: nonce(random),
            upload_nonce: nonce(random),
            result_tail: base62(random, 34),
            credentials: id(random),
            login: FreshLogin {
                token: secret(random),
                code: self.ledger.code_digest(session, &digits),
                digits,
                ceremonies: Ceremonies::default(),
            },
        }
    }

    /// A tenant that some row names.
    ///
    /// # Errors
    /// [`Fault`] when the store fails or has lost it.
    pub async fn tenant(&self, id: &TenantId) -> Result<Tenant, Fault> {
        self.store.tenant(id).await?.ok_or(Fault::Missing("the tenant of a row"))
    }

    /// Writes a change. `false` when somebody else wrote first: read, decide and try again.
    ///
    /// # Errors
    /// [`Fault`] when the store fails.
    pub async fn commit(&self, tenant: &TenantId, change: &Change) -> Result<bool, Fault> {
        let change = self.announced(tenant, change).await?;
        let committed = written(self.store.commit(tenant, &change).await)?;
        if committed.is_some() && !change.messages.is_empty() {
            self.bell.ring();
        }
        if committed.is_some() && change.sessions.iter().any(|session| !session.questions.is_empty()) {
            self.questions_bell.ring();
        }
        if committed.is_some() {
            self.notifier.ring(&change.letters);
        }
        Ok(committed.is_some())
    }

    /// Erases a session and writes a change; gives the blobs that are to be removed now. `None` when
    /// somebody else wrote first.
    ///
    /// # Errors
    /// [`Fault`] when the store fails.
    pub async fn erase(
        &self,
        tenant: &TenantId,
        session: &SessionRow,
        change: &Change,
    ) -> Result<Option<Vec<UploadId>>, Fault> {
        let change = self.announced(tenant, change).await?;
        let blobs = written(self.store.erase(tenant, session, &change).await)?;
        if blobs.is_some() && !change.messages.is_empty() {
            self.bell.ring();
        }
        if blobs.is_some() {
            self.notifier.ring(&change.letters);
        }
        Ok(blobs)
    }

    /// The change, with what its tenant is told of it.
    async fn announced(&self, tenant: &TenantId, change: &Change) -> Result<Change, Fault> {
        let messages = messages(self, tenant, change).await?;
        Ok(Change { messages, ..change.clone() })
    }

    /// Removes blobs that no session keeps. What fails here is tried again at the next start.
    pub async fn remove_blobs(&self, tenant: &TenantId, blobs: &[UploadId]) {
        for blob in blobs {
            if let Err(fault) = self.remove_blob(tenant, blob).await {
                tracing::warn!(%fault, "a blob could not be removed");
            }
        }
    }

    async fn remove_blob(&self, tenant: &TenantId, blob: &UploadId) -> Result<(), Fault> {
        self.blobs.delete(&BlobName::from(blob)).await?;
        Ok(self.store.forget_blob(tenant, blob).await?)
    }

    /// Writes people of an earlier version again, with what lists are made by.
    ///
    /// # Errors
    /// [`Fault`] when the store fails.
    pub async fn list_people(&self) -> Result<(), Fault> {
        for (tenant, user) in self.store.unlisted_users().await? {
            let Some(kept) = self.ledger.user(&tenant, &user).await? else { continue };
            let users = vec![self.ledger.seal_user(&kept, &kept.content)?];
            self.commit(&tenant, &Change { users, ..Change::default() }).await?;
        }
        Ok(())
    }

    /// Removes what a former run of the server left behind in the middle of an upload or an erasure.
    ///
    /// # Errors
    /// [`Fault`] when the store fails.
    pub async fn sweep_blobs(&self) -> Result<(), Fault> {
        for (tenant, blob) in self.store.unkept_blobs().await? {
            self.remove_blob(&tenant, &blob).await?;
        }
        Ok(())
    }
}

fn written<T>(written: Result<T, CommitError>) -> Result<Option<T>, Fault> {
    match written {
        Ok(written) => Ok(Some(written)),
        Err(CommitError::Conflict) => Ok(None),
        Err(CommitError::Fault(fault)) => Err(fault.into()),
    }
}
