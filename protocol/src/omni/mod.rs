//! The Omni API: what other backends say and hear. Names are written as that family writes them.

mod given;
mod result;

pub use given::{Countries, CustomFields, CustomerId, Language};
pub use result::{
    AddressFields, AskFinish, FaceRecognition, Finding, FinishAction, FinishStatus, IdOcrConfidence,
    IdValidation, ImageName, Images, Liveness, OcrData, OcrName, ReadImages, Score, ScoreStatus, TypeOfId,
};

use serde::{Deserialize, Serialize};

use crate::id::{ClientId, ConfigurationId, InterviewId};
use crate::secret::SessionToken;
use crate::submission::Data;
use crate::upload::words;

/// `POST /omni/start`
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct StartInterview {
    /// The skill, by the tenant's name for it.
    pub configuration_id: ConfigurationId,
    /// From which countries documents come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country_code: Option<Countries>,
    /// The person's language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// The tenant's own name for the person: found, or created under it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_customer_id: Option<CustomerId>,
    /// Where the hosted page goes in the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<crate::schema::PageAddress>"))]
    pub redirect_url: Option<String>,
    /// The same under the name that some documents use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<crate::schema::PageAddress>"))]
    pub redirection_url: Option<String>,
    /// A session that has begun, for which a fresh token is asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interview_id: Option<InterviewId>,
    /// What the backend wants to be told again. One whose name the skill collects as `custom.<name>` is
    /// its bootstrap value too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<CustomFields>"))]
    pub custom_fields: Option<Data>,
}

/// The answer to [`StartInterview`].
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct InterviewStarted {
    /// The session.
    pub interview_id: InterviewId,
    /// What opens it, and reads it under `/0`: a JSON Web Token.
    pub token: SessionToken,
    /// Six characters by which people can call the session when they speak. Not unique, no secret.
    pub interview_code: String,
    /// What runs: always a flow.
    pub flow_type: FlowType,
    /// How many seconds a side of the document may take; null where the skill asks for none.
    pub id_capture_timeout: Option<u32>,
    /// How often a side of the document may be tried; null where the skill asks for none.
    pub id_capture_retries: Option<u8>,
    /// How many seconds the selfie may take; null where the skill asks for none.
    pub selfie_capture_timeout: Option<u32>,
    /// How often the selfie may be tried; null where the skill asks for none.
    pub selfie_capture_retries: Option<u8>,
    /// The tenant's public client.
    pub client_id: ClientId,
    /// Whether anything of it is real.
    pub env: Environment,
    /// Whether the session had begun before.
    pub existing_session: bool,
    /// Null: the flow's own words are shown in the end.
    pub end_screen_title: Option<String>,
    /// Null: the flow's own words are shown in the end.
    pub end_screen_text: Option<String>,
}

words! {
    /// What runs.
    FlowType {
        /// A skill, step by step.
        Flow = "flow",
    }
}

words! {
    /// Whether anything is real.
    Environment {
        /// Nothing: the sandbox.
        Demo = "demo",
        /// Everything.
        Live = "live",
    }
}

/// `GET /omni/onboarding-url`
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OnboardingUrl {
    /// The hosted flow of the session.
    pub url: String,
}

words! {
    /// How far a session has come, in the order in which the words come.
    OnboardingStatus {
        /// Nothing to be told of yet.
        Unknown = "UNKNOWN",
        /// Every side of every document was accepted.
        IdValidationFinished = "ID_VALIDATION_FINISHED",
        /// What was given of the documents was checked.
        PostProcessingFinished = "POST_PROCESSING_FINISHED",
        /// The face was checked.
        FaceValidationFinished = "FACE_VALIDATION_FINISHED",
        /// All is given and decided.
        OnboardingFinished = "ONBOARDING_FINISHED",
        /// A person looked at it and was content.
        ManualReviewApproved = "MANUAL_REVIEW_APPROVED",
        /// A person looked at it and was not.
        ManualReviewRejected = "MANUAL_REVIEW_REJECTED",
        /// The session's life ended before it was complete.
        Expired = "EXPIRED",
    }
}

/// `GET /omni/get/onboarding/status`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct InterviewStatus {
    /// How far the session has come.
    pub onboarding_status: OnboardingStatus,
}

/// One session of `GET /omni/sessions`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ListedInterview {
    /// The session.
    pub interview_id: InterviewId,
    /// How it is called when people speak.
    pub interview_code: String,
    /// The skill, by the tenant's name for it.
    pub configuration_id: ConfigurationId,
    /// How far it has come.
    pub onboarding_status: OnboardingStatus,
    /// When it began, in milliseconds since 1970.
    pub started_at: i64,
    /// When its life ends or ended, in milliseconds since 1970.
    pub expires_at: i64,
    /// When its last step was submitted, in milliseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub completed_at: Option<i64>,
    /// The person's language, as it was said at the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// From which countries documents come, as it was said at the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country_code: Option<Countries>,
    /// What the backend wanted to be told again.
    #[serde(default, skip_serializing_if = "CustomFields::is_empty")]
    pub custom_fields: CustomFields,
}
