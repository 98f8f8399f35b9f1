//! Lists of people and businesses, and what web pages may do with the data of people.

use async_trait::async_trait;
use vestibule_protocol::date::Timestamp;
use vestibule_protocol::id::{BusinessId, TenantId, UserId};
use vestibule_protocol::outcome::Status;

use super::{BusinessRow, Page, StoreFault, UserRow};
use crate::digest::Digest;
use crate::engine::event::Decision;

/// Which people or businesses are listed: all, unless something is asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Chosen {
    /// Those who stand so.
    pub status: Option<Status>,
    /// Those at whom a person is to look, or the others.
    pub requires_manual_review: Option<bool>,
}

impl Chosen {
    /// Whether who stands so is listed.
    pub fn includes(self, standing: Decision) -> bool {
        self.status.is_none_or(|status| standing.status == status)
            && self.requires_manual_review.is_none_or(|review| standing.requires_manual_review == review)
    }
}

/// What a client token grants, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrantRow {
    /// The token.
    pub token: Digest,
    /// With whose data.
    pub user: UserId,
    /// The end of its life.
    pub expires_at: Timestamp,
    /// How often it was used.
    pub uses: u32,
    /// What may be done, and with which data, sealed.
    pub sealed: Vec<u8>,
}

/// That a client token was used once more.
#[derive(Clone, Debug)]
pub struct GrantUse {
    /// The token.
    pub token: Digest,
    /// How often it had been used when it was read.
    pub former: u32,
}

/// People, businesses and grants, by tenant.
#[async_trait]
pub trait People: Send + Sync {
    /// The people of a tenant, those who came last first. `None` if the page is to follow somebody whom
    /// the tenant does not have. Reads as many rows as it gives, except where those are asked for who need
    /// no review.
    async fn users(
        &self,
        tenant: &TenantId,
        chosen: Chosen,
        page: Page<'_, UserId>,
    ) -> Result<Option<Vec<UserRow>>, StoreFault>;
    /// The businesses of a tenant's customers, in the manner of people.
    async fn businesses(
        &self,
        tenant: &TenantId,
        chosen: Chosen,
        page: Page<'_, BusinessId>,
    ) -> Result<Option<Vec<BusinessRow>>, StoreFault>;
    /// People whom an earlier version wrote, without what lists are made by.
    async fn unlisted_users(&self) -> Result<Vec<(TenantId, UserId)>, StoreFault>;
    /// What a client token of the tenant grants.
    async fn grant(&self, tenant: &TenantId, token: &Digest) -> Result<Option<GrantRow>, StoreFault>;
}
