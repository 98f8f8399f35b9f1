//! By what people log in, and how often codes were sent.

use async_trait::async_trait;
use vestibule_protocol::date::Timestamp;
use vestibule_protocol::id::{TenantId, UserId};

use super::StoreFault;
use crate::digest::Digest;

/// By what somebody is found who logs in: a keyed digest of an address, or of the name of a passkey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoginChange {
    /// The digest.
    pub key: Digest,
    /// Who.
    pub user: UserId,
    /// Whether they are found by it from now on, or no more. If somebody else is found by it, the change is
    /// refused as one of a row that was overtaken.
    pub gained: bool,
}

/// That a code is sent to an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeRow {
    /// The address, by a keyed digest.
    pub address: Digest,
    /// When.
    pub at: Timestamp,
    /// How many may be sent to it. If as many were, the change is refused as one of a row that was overtaken.
    pub limits: &'static [CodeLimit],
}

/// So many codes within so many seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeLimit {
    /// How many.
    pub most: u32,
    /// Within how many seconds.
    pub within: i64,
}

/// Log-ins, by tenant.
#[async_trait]
pub trait Logins: Send + Sync {
    /// Who logs in by this.
    async fn person_of_login(&self, tenant: &TenantId, key: &Digest) -> Result<Option<UserId>, StoreFault>;
    /// How many codes were sent to an address since then.
    async fn codes_sent(
        &self,
        tenant: &TenantId,
        address: &Digest,
        since: Timestamp,
    ) -> Result<u32, StoreFault>;
}
