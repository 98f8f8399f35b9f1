//! Whose a credential or a public identifier is.

use async_trait::async_trait;
use sqlx::query;
use vestibule_protocol::id::{
    ClientId, ConfigurationId, CredentialsId, InterviewId, SessionId, StepId, TenantId,
};

use super::SqliteStore;
use super::row::identifier;
use crate::digest::Digest;
use crate::store::{Locate, StoreFault};

#[async_trait]
impl Locate for SqliteStore {
    async fn tenant_of_client(&self, client: &ClientId) -> Result<Option<TenantId>, StoreFault> {
        query("SELECT id FROM tenant WHERE client_id = ?")
            .bind(client.as_str())
            .fetch_optional(&self.readers)
            .await?
            .map(|row| identifier(&row, "id"))
            .transpose()
    }

    async fn tenant_of_secret_key(&self, key: &Digest) -> Result<Option<TenantId>, StoreFault> {
        query("SELECT id FROM tenant WHERE secret_key = ?")
            .bind(key.as_bytes().as_slice())
            .fetch_optional(&self.readers)
            .await?
            .map(|row| identifier(&row, "id"))
            .transpose()
    }

    async fn tenant_of_session(&self, session: &SessionId) -> Result<Option<TenantId>, StoreFault> {
        query("SELECT tenant_id FROM session WHERE id = ?")
            .bind(session.as_str())
            .fetch_optional(&self.readers)
            .await?
            .map(|row| identifier(&row, "tenant_id"))
            .transpose()
    }

    async fn session_of_step(&self, step: &StepId) -> Result<Option<(TenantId, SessionId)>, StoreFault> {
        self.session_of("step", step.as_str().as_bytes()).await
    }

    async fn session_of_token(&self, token: &Digest) -> Result<Option<(TenantId, SessionId)>, StoreFault> {
        self.session_of("session_token", token.as_bytes()).await
    }

    async fn session_of_interview(
        &self,
        interview: &InterviewId,
    ) -> Result<Option<(TenantId, SessionId)>, StoreFault> {
        self.session_of("interview", interview.as_str().as_bytes()).await
    }

    async fn tenant_of_api_key(&self, key: &Digest) -> Result<Option<TenantId>, StoreFault> {
        query("SELECT id FROM tenant WHERE api_key = ?")
            .bind(key.as_bytes().as_slice())
            .fetch_optional(&self.readers)
            .await?
            .map(|row| identifier(&row, "id"))
            .transpose()
    }

    async fn tenant_of_configuration(
        &self,
        configuration: &ConfigurationId,
    ) -> Result<Option<TenantId>, StoreFault> {
        query("SELECT tenant_id FROM playbook WHERE configuration = ?")
            .bind(configuration.as_str())
            .fetch_optional(&self.readers)
            .await?
            .map(|row| identifier(&row, "tenant_id"))
            .transpose()
    }

    async fn tenant_of_grant(&self, token: &Digest) -> Result<Option<TenantId>, StoreFault> {
        query("SELECT tenant_id FROM client_token WHERE digest = ?")
            .bind(token.as_bytes().as_slice())
            .fetch_optional(&self.readers)
            .await?
            .map(|row| identifier(&row, "tenant_id"))
            .transpose()
    }

    async fn credentials_of_token(
        &self,
        token: &Digest,
    ) -> Result<Option<(TenantId, CredentialsId)>, StoreFault> {
        query("SELECT tenant_id, credentials_id FROM access_token WHERE digest = ?")
            .bind(token.as_bytes().as_slice())
            .fetch_optional(&self.readers)
            .await?
            .map(|row| Ok((identifier(&row, "tenant_id")?, identifier(&row, "credentials_id")?)))
            .transpose()
    }
}

impl SqliteStore {
    async fn session_of(
        &self,
        kind: &'static str,
        name: &[u8],
    ) -> Result<Option<(TenantId, SessionId)>, StoreFault> {
        query("SELECT tenant_id, session_id FROM pointer WHERE kind = ? AND name = ?")
            .bind(kind)
            .bind(name)
            .fetch_optional(&self.readers)
            .await?
            .map(|row| Ok((identifier(&row, "tenant_id")?, identifier(&row, "session_id")?)))
            .transpose()
    }
}
