//! A person, as a tenant's backend sees them, and what it does about them.

use serde::{Deserialize, Serialize};

use crate::date::Timestamp;
use crate::id::{ExternalId, OnboardingId, PlaybookKey, StepName, UserId};
use crate::outcome::{ReviewDecision, Status};
use crate::submission::Data;

/// `GET /users/{fp_id}`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct User {
    /// The person.
    pub id: UserId,
    /// The tenant's own name for the person.
    #[cfg_attr(feature = "schema", schemars(with = "Option<crate::omni::CustomerId>"))]
    pub external_id: Option<ExternalId>,
    /// How the latest onboarding stands.
    pub status: Status,
    /// Whether a person is to look at it.
    pub requires_manual_review: bool,
    /// What a reviewer has asked for.
    pub requires_additional_info: Option<InfoRequest>,
}

/// A reviewer's request for more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InfoRequest {
    /// When it was made.
    pub timestamp: Timestamp,
    /// What the person is told.
    pub note: String,
}

/// `POST /users`: a person is known before any session of theirs.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateUser {
    /// The tenant's own name for the person, which nobody has yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<ExternalId>,
    /// What is known already, by data identifier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<super::vault::UpdateVault>"))]
    pub data: Option<Data>,
}

/// The query of `GET /users`: which people are listed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ListUsers {
    /// The one whom the tenant calls so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<ExternalId>,
    /// Those who stand so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// Those at whom a person is to look, or the others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requires_manual_review: Option<bool>,
    /// How many at most: 1 to 100, or 25 if nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 100)))]
    pub limit: Option<u32>,
    /// Where the part before ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<UserId>,
}

/// A part of a list, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "{T}List"))]
pub struct List<T> {
    /// The part.
    pub data: Vec<T>,
    /// Where the list goes on: the `cursor` of the next call. `None` at its end.
    pub next: Option<String>,
}

/// `POST /users/{fp_id}/request_info`: a reviewer asks a person for more.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RequestInfo {
    /// What the person is told: 1 to 2,000 characters.
    #[cfg_attr(feature = "schema", schemars(with = "crate::schema::Prose<2_000>"))]
    pub note: String,
    /// The steps that are asked for.
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub steps: Vec<StepName>,
    /// The playbook whose latest onboarding is meant, where it is not the latest of all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<PlaybookKey>,
}

/// `POST /users/{fp_id}/review`: a reviewer decides.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ReviewUser {
    /// What.
    pub decision: ReviewDecision,
    /// Why: 1 to 500 characters, for the audit.
    #[cfg_attr(feature = "schema", schemars(with = "crate::schema::Prose<500>"))]
    pub reason: String,
    /// Which onboarding, where it is not the latest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub onboarding_id: Option<OnboardingId>,
}
