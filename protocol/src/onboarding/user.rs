//! A person, as a tenant's backend sees them.

use serde::{Deserialize, Serialize};

use crate::date::Timestamp;
use crate::id::{ExternalId, UserId};
use crate::outcome::Status;

/// `GET /users/{fp_id}`
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct User {
    /// The person.
    pub id: UserId,
    /// The tenant's own name for the person.
    pub external_id: Option<ExternalId>,
    /// How the latest onboarding stands.
    pub status: Status,
    /// Whether a person is to look at it.
    pub requires_manual_review: bool,
    /// What a reviewer has asked for.
    pub requires_additional_info: Option<InfoRequest>,
}

/// A reviewer's request for more.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InfoRequest {
    /// When it was made.
    pub timestamp: Timestamp,
    /// What the person is told.
    pub note: String,
}
