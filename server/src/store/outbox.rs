//! Where tenants are told of what happens, and what is on its way to them.
//!
//! **Invariant:** a message goes into the outbox in the transaction of the change that it tells of, once for
//! each endpoint of its family: see [`super::Change::messages`].
//!
//! **Invariant:** deliveries of one endpoint about one subject are in order. Only the first that is pending
//! is due at some time; those behind it wait, and the next one comes forward in the transaction that
//! settles it.

use async_trait::async_trait;
use vestibule_protocol::date::Timestamp;
use vestibule_protocol::id::{DeliveryId, EndpointId, MessageId, TenantId};
use vestibule_protocol::webhook::{DeliveryAttempt, DeliveryState, WebhookFamily};

use super::{CommitError, StoreFault};
use crate::digest::Digest;

/// An endpoint as it is kept.
#[derive(Clone, Debug)]
pub struct EndpointRow {
    /// Its name.
    pub id: EndpointId,
    /// In whose words it is told.
    pub family: WebhookFamily,
    /// When it was registered.
    pub created_at: Timestamp,
    /// How often it was written; 0 for one that is new.
    pub version: i64,
    /// Its data key, wrapped.
    pub wrapped_key: Vec<u8>,
    /// Its address and secrets, sealed.
    pub sealed: Vec<u8>,
}

/// An event in the words of one family.
#[derive(Clone, Debug)]
pub struct MessageRow {
    /// Its name.
    pub id: MessageId,
    /// Whom it is about: what is told of one subject is told in order.
    pub subject: String,
    /// In whose words it is.
    pub family: WebhookFamily,
    /// What has happened, in one word.
    pub event: String,
    /// When it happened.
    pub at: Timestamp,
    /// Its data key, wrapped.
    pub wrapped_key: Vec<u8>,
    /// Its body, sealed.
    pub sealed: Vec<u8>,
}

impl MessageRow {
    /// The name of its delivery to an endpoint: the same whenever it is asked for.
    pub fn delivery(&self, endpoint: &EndpointId) -> DeliveryId {
        let digest = Digest::of([self.id.as_str(), " ", endpoint.as_str()].concat().as_bytes());
        let hex: String = digest.as_bytes()[..11].iter().map(|byte| format!("{byte:02x}")).collect();
        let id = ["dlv_", &hex].concat().parse();
        id.unwrap_or_else(|_| unreachable!("eleven bytes are 22 hexadecimal digits"))
    }
}

/// A message on its way to an endpoint.
#[derive(Clone, Debug)]
pub struct DeliveryRow {
    /// Its name.
    pub id: DeliveryId,
    /// The endpoint.
    pub endpoint: EndpointId,
    /// The message.
    pub message: MessageId,
    /// Whom it is about.
    pub subject: String,
    /// What has happened, in one word.
    pub event: String,
    /// When it happened.
    pub created_at: Timestamp,
    /// How it stands.
    pub state: DeliveryState,
    /// When it is tried next, if it is pending and nothing is before it.
    pub due_at: Option<Timestamp>,
    /// How often it was tried.
    pub attempts: u32,
    /// What came of trying it last.
    pub last: Option<DeliveryAttempt>,
    /// The message's data key, wrapped.
    pub wrapped_key: Vec<u8>,
    /// The body, sealed.
    pub sealed: Vec<u8>,
}

/// What follows from an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settlement {
    /// It has arrived.
    Delivered,
    /// It is tried again then.
    Retry(Timestamp),
    /// It is given up.
    Parked,
}

/// Which deliveries are listed, the latest first.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Those that stand so.
    pub state: Option<DeliveryState>,
    /// Those to this endpoint.
    pub endpoint: Option<EndpointId>,
    /// Those that come after this one in the list.
    pub after: Option<(Timestamp, DeliveryId)>,
    /// So many at most.
    pub limit: u32,
}

/// Endpoints and deliveries, by tenant.
#[async_trait]
pub trait Outbox: Send + Sync {
    /// Keeps a new endpoint, unless the tenant has `most` already. Whether it did.
    async fn add_endpoint(&self, tenant: &TenantId, row: &EndpointRow, most: u32)
    -> Result<bool, StoreFault>;
    /// The tenant's endpoints, the eldest first.
    async fn endpoints(&self, tenant: &TenantId) -> Result<Vec<EndpointRow>, StoreFault>;
    /// One of them.
    async fn endpoint(&self, tenant: &TenantId, id: &EndpointId) -> Result<Option<EndpointRow>, StoreFault>;
    /// Writes what has changed of one, if it still has the version that was read.
    async fn change_endpoint(&self, tenant: &TenantId, row: &EndpointRow) -> Result<(), CommitError>;
    /// Removes one, with all that was on its way to it. Whether there was one.
    async fn remove_endpoint(&self, tenant: &TenantId, id: &EndpointId) -> Result<bool, StoreFault>;

    /// Puts a message into the outbox for one endpoint alone, whatever its family. `None` when there is no
    /// such endpoint.
    async fn post_to(
        &self,
        tenant: &TenantId,
        endpoint: &EndpointId,
        message: &MessageRow,
    ) -> Result<Option<DeliveryRow>, StoreFault>;
    /// Some of the tenant's deliveries.
    async fn deliveries(&self, tenant: &TenantId, which: &Selection) -> Result<Vec<DeliveryRow>, StoreFault>;
    /// Makes a delivery begin anew, from its first attempt, and gives it. One that waits behind another
    /// goes on waiting.
    async fn resend(
        &self,
        tenant: &TenantId,
        id: &DeliveryId,
        now: Timestamp,
    ) -> Result<Option<DeliveryRow>, StoreFault>;
    /// Writes what came of an attempt at `tried`, as it was read before the attempt. Nothing is written if
    /// somebody has asked for it anew meanwhile.
    async fn settle(
        &self,
        tenant: &TenantId,
        tried: &DeliveryRow,
        attempt: &DeliveryAttempt,
        settlement: Settlement,
    ) -> Result<(), StoreFault>;

    /// Endpoints to which something is due, of all tenants.
    async fn due_endpoints(&self, now: Timestamp) -> Result<Vec<(TenantId, EndpointId)>, StoreFault>;
    /// What is due to an endpoint, the longest due first, at most `limit`.
    async fn due_deliveries(
        &self,
        tenant: &TenantId,
        endpoint: &EndpointId,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<DeliveryRow>, StoreFault>;
    /// Removes what was delivered before `before`, of all tenants.
    async fn forget_delivered(&self, before: Timestamp) -> Result<u64, StoreFault>;
}
