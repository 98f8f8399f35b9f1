//! How a backend starts a session for a person.

use serde::{Deserialize, Serialize};

use crate::date::Timestamp;
use crate::id::{ExternalId, PlaybookKey, UserId};
use crate::outcome::SandboxOutcome;
use crate::secret::SessionToken;
use crate::submission::Data;

/// `POST /onboarding/session`
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum OnboardingKind {
    /// A person is onboarded onto a playbook.
    Onboard,
}

/// The answer to [`StartOnboarding`].
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
