//! How a backend redeems what the flow handed to its page, and what it learns.

use serde::{Deserialize, Serialize};

use crate::id::{BusinessId, ExternalId, OnboardingId, PlaybookKey, UserId};
use crate::login::AuthEvent;
use crate::outcome::Status;
use crate::secret::ValidationToken;

/// `POST /onboarding/session/validate`
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ValidateOnboarding {
    /// What the flow gave.
    pub validation_token: ValidationToken,
}

/// The answer to [`ValidateOnboarding`].
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Validated {
    /// The person and the onboarding.
    pub user: ValidatedUser,
    /// The business that the session was about, or whose owner it checked.
    pub business: Option<ValidatedBusiness>,
    /// How the person proved who they are at log-in.
    pub user_auth: UserAuth,
}

/// The person and the onboarding of a [`Validated`].
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ValidatedUser {
    /// The person.
    pub fp_id: UserId,
    /// The tenant's own name for the person.
    #[cfg_attr(feature = "schema", schemars(with = "Option<crate::omni::CustomerId>"))]
    pub external_id: Option<ExternalId>,
    /// What was decided; of a person who has only logged in, or changed how they do, how they stand.
    pub status: Status,
    /// Whether a person is to look at it.
    pub requires_manual_review: bool,
    /// The playbook that was run; `null` where a person has changed how they log in.
    pub playbook_key: Option<PlaybookKey>,
    /// This onboarding; `null` where nothing was decided.
    pub onboarding_id: Option<OnboardingId>,
}

/// The business of a [`Validated`].
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ValidatedBusiness {
    /// The business.
    pub fp_bid: BusinessId,
    /// The tenant's own name for the business.
    pub external_id: Option<ExternalId>,
    /// How it stands now: `pending` until each of its owners is decided.
    pub status: Status,
    /// Whether a person is to look at it.
    pub requires_manual_review: bool,
    /// The playbook that was run.
    pub playbook_key: PlaybookKey,
    /// This onboarding.
    pub onboarding_id: OnboardingId,
}

/// How the person logged in, and what of it they changed.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UserAuth {
    /// The person.
    pub fp_id: UserId,
    /// What happened, in order. Empty where no log-in is asked for.
    pub auth_events: Vec<AuthEvent>,
}
