//! Messages to people, on their way.
//!
//! **Invariant:** a letter goes in with the commit of what it tells of, and stands there as due until it was
//! sent, or until nobody needs it any more.

use async_trait::async_trait;
use vestibule_protocol::date::Timestamp;
use vestibule_protocol::id::{LetterId, TenantId};
use vestibule_protocol::onboarding::AuthMethod;

use super::StoreFault;

/// A letter as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterRow {
    /// Its name.
    pub id: LetterId,
    /// How it goes: by e-mail, or to a phone.
    pub method: AuthMethod,
    /// Until when it is worth sending.
    pub valid_until: Timestamp,
    /// When it is tried next.
    pub due_at: Timestamp,
    /// How often it was tried.
    pub attempts: u32,
    /// To whom it goes and what it says, sealed.
    pub sealed: Vec<u8>,
}

/// Letters, by tenant.
#[async_trait]
pub trait Letters: Send + Sync {
    /// Those that go this way and are due, of all tenants, the longest due first.
    async fn due_letters(
        &self,
        method: AuthMethod,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<(TenantId, LetterRow)>, StoreFault>;
    /// Notes that one was tried in vain, and when it is tried again.
    async fn postpone_letter(
        &self,
        tenant: &TenantId,
        letter: &LetterId,
        due_at: Timestamp,
    ) -> Result<(), StoreFault>;
    /// Removes one, which was sent or is not to be.
    async fn remove_letter(&self, tenant: &TenantId, letter: &LetterId) -> Result<(), StoreFault>;
}
