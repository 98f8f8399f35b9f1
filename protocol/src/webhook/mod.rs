//! Webhooks: where a tenant's backend is told of what happens, and what has become of telling it.

mod delivery;
mod payload;

pub use delivery::{Deliveries, Delivery, DeliveryAttempt, DeliveryProblem, DeliveryState};
pub use payload::{
    BusinessCompleted, BusinessVaultUpdated, InfoRequested, ManualReview, OmniEvent, OnboardingCompleted,
    OnboardingEvent, StepsEvent, StepsEventKind, Test, TestEvent, VaultUpdated,
};

use serde::{Deserialize, Serialize};

use crate::date::Timestamp;
use crate::id::EndpointId;
use crate::secret::WebhookSecret;
use crate::upload::words;

words! {
    /// In whose words an endpoint is told.
    WebhookFamily {
        /// People and businesses: onboardings, reviews, data.
        Onboarding = "onboarding",
        /// How far each session has come.
        Omni = "omni",
        /// Every step of each session.
        Steps = "steps",
    }
}

/// `POST /webhooks`
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateWebhook {
    /// Where events go: `https`, without user name, password and fragment.
    #[cfg_attr(feature = "schema", schemars(extend("format" = "uri", "pattern" = "^https://[^#@]*$")))]
    pub url: String,
    /// In whose words.
    pub family: WebhookFamily,
    /// What it is for, in the tenant's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "schema",
        schemars(extend("maxLength" = 200, "pattern" = r"^[^\u0000-\u001f\u007f-\u009f]*$"))
    )]
    pub description: Option<String>,
}

/// An endpoint as it was registered.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Webhook {
    /// Its name.
    pub id: EndpointId,
    /// Where events go.
    pub url: String,
    /// In whose words.
    pub family: WebhookFamily,
    /// What it is for.
    pub description: Option<String>,
    /// When it was registered.
    pub created_at: Timestamp,
    /// What signs its events: shown when it was made, and never again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<WebhookSecret>,
    /// Until when the secret before it signs too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub former_secret_until: Option<Timestamp>,
}

/// `GET /webhooks`
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Webhooks {
    /// All of the tenant, the eldest first.
    pub webhooks: Vec<Webhook>,
}
