//! What is told, in the words of each family.

use serde::Serialize;
use vestibule_protocol::date::Timestamp;
use vestibule_protocol::id::{ConfigurationId, ExternalId};
use vestibule_protocol::webhook::{
    BusinessCompleted, BusinessVaultUpdated, InfoRequested, ManualReview, OmniEvent, OnboardingCompleted,
    StepsEvent, Test, TestEvent, VaultUpdated, WebhookFamily,
};

use super::family::{omni, onboarding, steps};
use crate::engine::event::Event;

/// What an event does not hold itself, as it was when the event happened.
#[derive(Clone, Debug)]
pub struct Circumstances {
    /// When it happened.
    pub at: Timestamp,
    /// Whether it is real.
    pub is_live: bool,
    /// The tenant's own name for the person or the business.
    pub external_id: Option<ExternalId>,
    /// The name of the session's skill in the omni family; `None` where the event is of no session.
    pub flow: Option<ConfigurationId>,
}

/// A body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Payload {
    /// An onboarding was decided.
    OnboardingCompleted(OnboardingCompleted),
    /// A business was decided.
    BusinessCompleted(BusinessCompleted),
    /// Somebody is to look at a person, or has looked.
    ManualReview(ManualReview),
    /// A person is asked for more.
    InfoRequested(InfoRequested),
    /// What is known of a person has changed.
    VaultUpdated(VaultUpdated),
    /// What is known of a business has changed.
    BusinessVaultUpdated(BusinessVaultUpdated),
    /// How far a session has come.
    Omni(OmniEvent),
    /// Something in the steps family.
    Steps(StepsEvent),
    /// Nothing: somebody tries whether events arrive.
    Test(Test),
}

impl Payload {
    /// What an endpoint is sent when somebody tries it.
    pub fn test(at: Timestamp) -> Self {
        Payload::Test(Test { event: TestEvent::Test, timestamp: at })
    }

    /// What has happened, in one word.
    pub fn event(&self) -> &'static str {
        match self {
            Payload::OnboardingCompleted(told) => told.event_kind.as_str(),
            Payload::BusinessCompleted(told) => told.event_kind.as_str(),
            Payload::ManualReview(told) => told.event_kind.as_str(),
            Payload::InfoRequested(told) => told.event_kind.as_str(),
            Payload::VaultUpdated(told) => told.event_kind.as_str(),
            Payload::BusinessVaultUpdated(told) => told.event_kind.as_str(),
            Payload::Omni(told) => told.onboarding_status.as_str(),
            Payload::Steps(told) => told.event.as_str(),
            Payload::Test(told) => told.event.as_str(),
        }
    }
}

/// An event in the words of every family that has words for it.
pub fn translations(event: &Event, circumstances: &Circumstances) -> Vec<(WebhookFamily, Payload)> {
    let told = [
        (WebhookFamily::Onboarding, onboarding::payload(event, circumstances)),
        (WebhookFamily::Omni, omni::payload(event, circumstances)),
        (WebhookFamily::Steps, steps::payload(event, circumstances)),
    ];
    told.into_iter().filter_map(|(family, payload)| Some((family, payload?))).collect()
}
