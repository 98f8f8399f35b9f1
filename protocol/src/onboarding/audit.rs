//! Who did what with whose data, as a tenant's backend reads it.

use serde::{Deserialize, Serialize};

use crate::date::Timestamp;
use crate::field::FieldName;
use crate::id::{AuditId, BusinessId, OnboardingId, StepName, UserId};
use crate::outcome::ReviewDecision;
use crate::upload::words;

/// The query of `GET /audit_events`: which records are listed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ListAudit {
    /// Those that concern this person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fp_id: Option<UserId>,
    /// Those that concern this business.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fp_bid: Option<BusinessId>,
    /// How many at most: 1 to 100, or 25 if nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 100)))]
    pub limit: Option<u32>,
    /// Where the part before ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<AuditId>,
}

words! {
    /// What was done.
    AuditAction {
        /// A person was made known.
        UserCreated = "user.created",
        /// A business was made known.
        BusinessCreated = "business.created",
        /// A person was asked for more.
        InfoRequested = "user.info_requested",
        /// That was withdrawn.
        InfoRequestWithdrawn = "user.info_request_withdrawn",
        /// A reviewer decided.
        Reviewed = "user.reviewed",
        /// Data were written or removed.
        VaultUpdated = "vault.updated",
        /// Data were read.
        VaultDecrypted = "vault.decrypted",
        /// Data were erased.
        VaultDeleted = "vault.deleted",
        /// A web page was allowed to write or read data.
        ClientTokenCreated = "client_token.created",
    }
}

words! {
    /// By which right somebody acts.
    ActorKind {
        /// A backend, with the tenant's secret key.
        SecretKey = "secret_key",
        /// A web page, with a client token.
        ClientToken = "client_token",
    }
}

/// Who did it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Actor {
    /// By which right.
    pub kind: ActorKind,
    /// Which key or token: the first twelve hexadecimal digits of its SHA-256, from which it cannot be
    /// found.
    pub id: String,
    /// Which use of a client token this was, from 1.
    #[serde(default, rename = "use", skip_serializing_if = "Option::is_none")]
    pub nth_use: Option<u32>,
}

/// One record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AuditEvent {
    /// Its name.
    pub id: AuditId,
    /// When it was done.
    pub timestamp: Timestamp,
    /// The person concerned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fp_id: Option<UserId>,
    /// The business concerned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fp_bid: Option<BusinessId>,
    /// Who did it.
    pub actor: Actor,
    /// What was done.
    pub action: AuditAction,
    /// With which data.
    pub fields: Vec<FieldName>,
    /// Why, in the words of who did it; for a request, what the person was told.
    pub reason: Option<String>,
    /// The steps that were asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<StepName>,
    /// What a reviewer decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<ReviewDecision>,
    /// On which onboarding.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub onboarding_id: Option<OnboardingId>,
    /// The client token that was made, as it will be called as an actor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_token: Option<String>,
}
