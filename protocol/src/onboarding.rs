//! The Onboarding API: what a tenant's backend says and hears.

use serde::{Deserialize, Serialize};

use crate::date::Timestamp;
use crate::id::{ExternalId, OnboardingId, PlaybookKey, UserId};
use crate::outcome::{SandboxOutcome, Status};
use crate::secret::{SessionToken, ValidationToken};
use crate::submission::Data;

/// `POST /onboarding/session`
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StartOnboarding {
    /// What the session is for.
    pub kind: OnboardingKind,
    /// The playbook to run.
    pub key: PlaybookKey,
    /// The tenant's own name for the person: found, or created under it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_external_id: Option<ExternalId>,
    /// A person who is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fp_id: Option<UserId>,
    /// What the tenant knows already, by data identifier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bootstrap_data: Option<Data>,
    /// Where the hosted page goes in the end; `https`, or `http` on this machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redirect_url: Option<String>,
    /// How the session ends, in the sandbox.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sandbox_outcome: Option<SandboxOutcome>,
}

/// What an onboarding session is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnboardingKind {
    /// A person is onboarded onto a playbook.
    Onboard,
}

/// The answer to [`StartOnboarding`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OnboardingStarted {
    /// What the SDK takes as `authToken`.
    pub token: SessionToken,
    /// The hosted flow of this session.
    pub link: String,
    /// The end of its life.
    pub expires_at: Timestamp,
    /// Bootstrap values that were not taken: they will be asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ignored_bootstrap_fields: Vec<String>,
}

/// `POST /onboarding/session/validate`
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValidateOnboarding {
    /// What the flow gave.
    pub validation_token: ValidationToken,
}

/// The answer to [`ValidateOnboarding`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Validated {
    /// The person and the onboarding.
    pub user: ValidatedUser,
    /// The business, where the playbook is about one.
    pub business: Option<ValidatedBusiness>,
    /// How the person proved who they are at log-in.
    pub user_auth: UserAuth,
}

/// The person and the onboarding of a [`Validated`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ValidatedUser {
    /// The person.
    pub fp_id: UserId,
    /// The tenant's own name for the person.
    pub external_id: Option<ExternalId>,
    /// What was decided.
    pub status: Status,
    /// Whether a person is to look at it.
    pub requires_manual_review: bool,
    /// The playbook that was run.
    pub playbook_key: PlaybookKey,
    /// This onboarding.
    pub onboarding_id: OnboardingId,
}

/// The business of a [`Validated`]. No playbook of this version is about one.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum ValidatedBusiness {}

/// How the person logged in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct UserAuth {
    /// The person.
    pub fp_id: UserId,
    /// What happened, in order. Empty where the playbook asks for no log-in.
    pub auth_events: Vec<AuthEvent>,
}

/// One proof at log-in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AuthEvent {
    /// The method.
    pub kind: String,
    /// When.
    pub timestamp: Timestamp,
}

/// `GET /users/{fp_id}`
#[derive(Clone, Debug, Serialize, Deserialize)]
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
pub struct InfoRequest {
    /// When it was made.
    pub timestamp: Timestamp,
    /// What the person is told.
    pub note: String,
}

/// `GET /users/{fp_id}/vault`: which data there are, never the data themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct VaultPresence(pub std::collections::BTreeMap<String, bool>);
