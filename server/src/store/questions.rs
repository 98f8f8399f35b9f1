//! What a provider is to be asked.
//!
//! **Invariant:** a question goes in with the commit that makes a session wait for its answer, and out with
//! the one that notes it: see [`super::SessionChange`].

use async_trait::async_trait;
use vestibule_protocol::date::Timestamp;
use vestibule_protocol::id::{SessionId, TenantId};

use super::StoreFault;
use crate::engine::provided::Question;

/// A question as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionRow {
    /// The session that waits for the answer.
    pub session: SessionId,
    /// What is asked.
    pub question: Question,
    /// Since when.
    pub asked_at: Timestamp,
    /// When it is asked next.
    pub due_at: Timestamp,
    /// How often it was asked.
    pub attempts: u32,
}

/// Questions, by tenant.
#[async_trait]
pub trait Questions: Send + Sync {
    /// What is due, of all tenants, the longest due first.
    async fn due_questions(
        &self,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<(TenantId, QuestionRow)>, StoreFault>;
    /// Notes that it was asked in vain, and when it is asked again.
    async fn postpone(
        &self,
        tenant: &TenantId,
        asked: &QuestionRow,
        due_at: Timestamp,
    ) -> Result<(), StoreFault>;
}
