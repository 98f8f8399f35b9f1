//! What an endpoint is told, in the words of its family. No value that a person gave is among it.

use serde::{Deserialize, Serialize};

use crate::date::Timestamp;
use crate::field::FieldName;
use crate::id::{
    BusinessId, ConfigurationId, ExternalId, InterviewId, OnboardingId, PlaybookKey, SessionId, SkillName,
    StepName, UserId,
};
use crate::omni::{CustomerId, OnboardingStatus};
use crate::outcome::Status;
use crate::upload::words;

words! {
    /// What has happened, in the onboarding family.
    OnboardingEvent {
        /// An onboarding was decided, or decided again.
        OnboardingCompleted = "onboarding.completed",
        /// A business was decided, or decided again.
        BusinessCompleted = "business.completed",
        /// Somebody is to look at a person, or has looked.
        ManualReview = "user.manual_review",
        /// A reviewer asks a person for more.
        InfoRequested = "user.info_requested",
        /// What is known of a person has changed.
        VaultUpdated = "vault.updated",
        /// What is known of a business has changed.
        BusinessVaultUpdated = "business.vault_updated",
    }
}

/// `onboarding.completed`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OnboardingCompleted {
    /// What has happened.
    pub event_kind: OnboardingEvent,
    /// The person.
    pub fp_id: UserId,
    /// The tenant's own name for the person.
    #[cfg_attr(feature = "schema", schemars(with = "Option<crate::omni::CustomerId>"))]
    pub external_id: Option<ExternalId>,
    /// The onboarding.
    pub onboarding_id: OnboardingId,
    /// Onto what.
    pub playbook_key: PlaybookKey,
    /// What was decided.
    pub status: Status,
    /// Whether a person is to look at it.
    pub requires_manual_review: bool,
    /// Whether it is real.
    pub is_live: bool,
    /// When it happened.
    pub timestamp: Timestamp,
}

/// `business.completed`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BusinessCompleted {
    /// What has happened.
    pub event_kind: OnboardingEvent,
    /// The business.
    pub fp_bid: BusinessId,
    /// The tenant's own name for the business.
    pub external_id: Option<ExternalId>,
    /// What was decided.
    pub status: Status,
    /// Whether a person is to look at it.
    pub requires_manual_review: bool,
    /// Whether it is real.
    pub is_live: bool,
    /// When it happened.
    pub timestamp: Timestamp,
}

/// `user.manual_review`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ManualReview {
    /// What has happened.
    pub event_kind: OnboardingEvent,
    /// The person.
    pub fp_id: UserId,
    /// The tenant's own name for the person.
    #[cfg_attr(feature = "schema", schemars(with = "Option<crate::omni::CustomerId>"))]
    pub external_id: Option<ExternalId>,
    /// How the person stands now.
    pub status: Status,
    /// Whether a person is to look at it; `false` when one has.
    pub requires_manual_review: bool,
    /// Whether it is real.
    pub is_live: bool,
    /// When it happened.
    pub timestamp: Timestamp,
}

/// `user.info_requested`. What is asked for stands in `GET /users/{fp_id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InfoRequested {
    /// What has happened.
    pub event_kind: OnboardingEvent,
    /// The person.
    pub fp_id: UserId,
    /// The tenant's own name for the person.
    #[cfg_attr(feature = "schema", schemars(with = "Option<crate::omni::CustomerId>"))]
    pub external_id: Option<ExternalId>,
    /// Whether it is real.
    pub is_live: bool,
    /// When it happened.
    pub timestamp: Timestamp,
}

/// `vault.updated`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VaultUpdated {
    /// What has happened.
    pub event_kind: OnboardingEvent,
    /// The person.
    pub fp_id: UserId,
    /// The tenant's own name for the person.
    #[cfg_attr(feature = "schema", schemars(with = "Option<crate::omni::CustomerId>"))]
    pub external_id: Option<ExternalId>,
    /// Which data were added, changed or removed, by data identifier.
    pub fields: Vec<FieldName>,
    /// Whether it is real.
    pub is_live: bool,
    /// When it happened.
    pub timestamp: Timestamp,
}

/// `business.vault_updated`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BusinessVaultUpdated {
    /// What has happened.
    pub event_kind: OnboardingEvent,
    /// The business.
    pub fp_bid: BusinessId,
    /// The tenant's own name for the business.
    pub external_id: Option<ExternalId>,
    /// Which data were added, changed or removed, by data identifier.
    pub fields: Vec<FieldName>,
    /// Whether it is real.
    pub is_live: bool,
    /// When it happened.
    pub timestamp: Timestamp,
}

/// An event of the omni family.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OmniEvent {
    /// What the person is to do, by the tenant's name for it.
    pub flow_id: ConfigurationId,
    /// The session.
    pub interview_id: InterviewId,
    /// The tenant's own name for the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_customer_id: Option<CustomerId>,
    /// How far the session has come.
    pub onboarding_status: OnboardingStatus,
}

words! {
    /// What has happened, in the steps family.
    StepsEventKind {
        /// A session was begun.
        SessionCreated = "session.created",
        /// A person submitted a step.
        StepSubmitted = "step.submitted",
        /// A file of a step has to be taken again.
        UploadRejected = "upload.rejected",
        /// All is given and decided.
        SessionCompleted = "session.completed",
        /// The session's life ended before it was complete.
        SessionExpired = "session.expired",
    }
}

/// An event of the steps family.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StepsEvent {
    /// What has happened.
    pub event: StepsEventKind,
    /// The session.
    pub session_id: SessionId,
    /// What its person is to do.
    pub skill: SkillName,
    /// The step that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<StepName>,
    /// When it happened.
    pub timestamp: Timestamp,
}

words! {
    /// That nothing has happened.
    TestEvent {
        /// Somebody tries whether events arrive.
        Test = "webhook.test",
    }
}

/// What `POST /webhooks/{id}/test` sends: the same in every family.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Test {
    /// That nothing has happened.
    pub event: TestEvent,
    /// When it was asked for.
    pub timestamp: Timestamp,
}
