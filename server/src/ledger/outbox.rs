//! Endpoints and messages: opened and sealed.

use vestibule_protocol::date::Timestamp;
use vestibule_protocol::id::{EndpointId, MessageId, TenantId};
use vestibule_protocol::webhook::WebhookFamily;
use zeroize::Zeroizing;

use super::{Fault, Kept, Ledger, read};
use crate::random::id;
use crate::store::outbox::{DeliveryRow, EndpointRow, MessageRow};
use crate::webhook::endpoint::Endpoint;
use crate::webhook::payload::Payload;

/// An endpoint that was read.
pub type KeptEndpoint = Kept<Endpoint, EndpointRow>;

/// What becomes a message.
#[derive(Clone, Copy, Debug)]
pub struct Letter<'a> {
    /// Whom it is about.
    pub subject: &'a str,
    /// In whose words it is.
    pub family: WebhookFamily,
    /// What it says.
    pub payload: &'a Payload,
    /// When that happened.
    pub at: Timestamp,
}

impl Ledger {
    /// Reads an endpoint.
    ///
    /// # Errors
    /// [`Fault`].
    pub async fn endpoint(&self, tenant: &TenantId, id: &EndpointId) -> Result<Option<KeptEndpoint>, Fault> {
        self.store.endpoint(tenant, id).await?.map(|row| self.open_endpoint(row)).transpose()
    }

    /// Reads a tenant's endpoints, the eldest first.
    ///
    /// # Errors
    /// [`Fault`].
    pub async fn endpoints(&self, tenant: &TenantId) -> Result<Vec<Endpoint>, Fault> {
        let rows = self.store.endpoints(tenant).await?;
        rows.into_iter().map(|row| Ok(self.open_endpoint(row)?.content)).collect()
    }

    /// A row for an endpoint that is new.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn new_endpoint(&self, endpoint: &Endpoint) -> Result<EndpointRow, Fault> {
        let id = endpoint.id.as_str();
        let (key, wrapped_key) = self.master.new_data_key(id, &*self.random);
        Ok(EndpointRow {
            id: endpoint.id.clone(),
            family: endpoint.family,
            created_at: endpoint.created_at,
            version: 0,
            wrapped_key,
            sealed: self.write(&key, id, &endpoint.state)?,
        })
    }

    /// The row of an endpoint that goes on as `next`.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn seal_endpoint(&self, kept: &KeptEndpoint, next: &Endpoint) -> Result<EndpointRow, Fault> {
        let sealed = self.write(&kept.key, next.id.as_str(), &next.state)?;
        Ok(EndpointRow { sealed, ..kept.row.clone() })
    }

    /// A row for a message that is new.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn new_message(&self, letter: &Letter<'_>) -> Result<MessageRow, Fault> {
        let id: MessageId = id(&*self.random);
        let (key, wrapped_key) = self.master.new_data_key(id.as_str(), &*self.random);
        let sealed = self.write(&key, id.as_str(), letter.payload)?;
        Ok(MessageRow {
            id,
            subject: letter.subject.into(),
            family: letter.family,
            event: letter.payload.event().into(),
            at: letter.at,
            wrapped_key,
            sealed,
        })
    }

    /// The body of a delivery, byte for byte as it was sealed.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn body(&self, delivery: &DeliveryRow) -> Result<Zeroizing<Vec<u8>>, Fault> {
        let id = delivery.message.as_str();
        let key = self.master.unwrap(id, &delivery.wrapped_key)?;
        Ok(key.open(id, &delivery.sealed)?)
    }

    fn open_endpoint(&self, row: EndpointRow) -> Result<KeptEndpoint, Fault> {
        let key = self.master.unwrap(row.id.as_str(), &row.wrapped_key)?;
        let state = read(&key, row.id.as_str(), &row.sealed)?;
        let content = Endpoint { id: row.id.clone(), family: row.family, created_at: row.created_at, state };
        Ok(Kept { content, key, row })
    }
}
