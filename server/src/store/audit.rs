//! Who did what with whose data: records that are written with the change they tell of, read, and never
//! touched again.

use async_trait::async_trait;
use vestibule_protocol::date::Timestamp;
use vestibule_protocol::id::{AuditId, BusinessId, TenantId, UserId};

use super::{Page, StoreFault};

/// Whose data were concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A person's.
    User(UserId),
    /// A business's.
    Business(BusinessId),
}

impl From<UserId> for Subject {
    fn from(user: UserId) -> Self {
        Subject::User(user)
    }
}

impl From<BusinessId> for Subject {
    fn from(business: BusinessId) -> Self {
        Subject::Business(business)
    }
}

impl Subject {
    /// Its identifier as the wire writes it.
    pub fn as_str(&self) -> &str {
        match self {
            Subject::User(id) => id.as_str(),
            Subject::Business(id) => id.as_str(),
        }
    }
}

/// A record as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRow {
    /// Its name.
    pub id: AuditId,
    /// Whose data were concerned.
    pub subject: Subject,
    /// When.
    pub at: Timestamp,
    /// Who did what, and why, sealed.
    pub sealed: Vec<u8>,
}

/// The records of a tenant.
#[async_trait]
pub trait AuditLog: Send + Sync {
    /// The records that concern `subject`, or all. `None` if the page is to follow a record that the
    /// tenant does not have.
    async fn audits(
        &self,
        tenant: &TenantId,
        subject: Option<&Subject>,
        page: Page<'_, AuditId>,
    ) -> Result<Option<Vec<AuditRow>>, StoreFault>;
}
