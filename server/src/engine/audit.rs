//! What is recorded of those who work with somebody's data.

use serde::{Deserialize, Serialize};
use vestibule_protocol::field::FieldName;
use vestibule_protocol::id::{OnboardingId, StepName};
use vestibule_protocol::onboarding::{Actor, AuditAction};
use vestibule_protocol::outcome::ReviewDecision;

/// Who did what: what is sealed of a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Who.
    pub actor: Actor,
    /// What.
    pub deed: Deed,
}

/// What somebody did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Deed {
    /// Made a person known.
    UserCreated {
        /// With these data.
        fields: Vec<FieldName>,
    },
    /// Made a business known.
    BusinessCreated {
        /// With these data.
        fields: Vec<FieldName>,
    },
    /// Asked a person for more.
    InfoRequested {
        /// These steps.
        steps: Vec<StepName>,
        /// What the person is told.
        note: String,
    },
    /// Withdrew that.
    InfoRequestWithdrawn,
    /// Decided as a reviewer.
    Reviewed {
        /// What.
        decision: ReviewDecision,
        /// On what.
        onboarding: OnboardingId,
        /// Why.
        reason: String,
    },
    /// Wrote or removed data.
    VaultUpdated {
        /// These.
        fields: Vec<FieldName>,
    },
    /// Read data.
    VaultDecrypted {
        /// These.
        fields: Vec<FieldName>,
        /// Why.
        reason: String,
    },
    /// Erased data.
    VaultDeleted {
        /// These.
        fields: Vec<FieldName>,
        /// Why, if it was said.
        reason: Option<String>,
    },
    /// Allowed a web page to write or read data.
    ClientTokenCreated {
        /// As it will be called as an actor.
        token: String,
        /// These.
        fields: Vec<FieldName>,
        /// Why, if it was said.
        reason: Option<String>,
    },
}

impl Deed {
    /// What it is called.
    pub fn action(&self) -> AuditAction {
        match self {
            Deed::UserCreated { .. } => AuditAction::UserCreated,
            Deed::BusinessCreated { .. } => AuditAction::BusinessCreated,
            Deed::InfoRequested { .. } => AuditAction::InfoRequested,
            Deed::InfoRequestWithdrawn => AuditAction::InfoRequestWithdrawn,
            Deed::Reviewed { .. } => AuditAction::Reviewed,
            Deed::VaultUpdated { .. } => AuditAction::VaultUpdated,
            Deed::VaultDecrypted { .. } => AuditAction::VaultDecrypted,
            Deed::VaultDeleted { .. } => AuditAction::VaultDeleted,
            Deed::ClientTokenCreated { .. } => AuditAction::ClientTokenCreated,
        }
    }

    /// The data concerned.
    pub fn fields(&self) -> &[FieldName] {
        match self {
            Deed::UserCreated { fields }
            | Deed::BusinessCreated { fields }
            | Deed::VaultUpdated { fields }
            | Deed::VaultDecrypted { fields, .. }
            | Deed::VaultDeleted { fields, .. }
            | Deed::ClientTokenCreated { fields, .. } => fields,
            Deed::InfoRequested { .. } | Deed::InfoRequestWithdrawn | Deed::Reviewed { .. } => &[],
        }
    }

    /// Why, in the words of who did it; for a request, what the person is told.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Deed::InfoRequested { note: reason, .. }
            | Deed::Reviewed { reason, .. }
            | Deed::VaultDecrypted { reason, .. } => Some(reason),
            Deed::VaultDeleted { reason, .. } | Deed::ClientTokenCreated { reason, .. } => reason.as_deref(),
            Deed::UserCreated { .. }
            | Deed::BusinessCreated { .. }
            | Deed::InfoRequestWithdrawn
            | Deed::VaultUpdated { .. } => None,
        }
    }
}
