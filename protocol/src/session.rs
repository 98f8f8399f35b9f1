//! Sessions as the Steps API shows them: created, opened, walked, redeemed.

use serde::{Deserialize, Serialize};

use crate::date::Timestamp;
use crate::id::{
    ClientId, ConfigurationId, CredentialsId, ExternalId, SessionId, SkillName, StepId, StepName, UploadId,
    UserId,
};
use crate::login::AuthEvent;
use crate::outcome::{Outcome, SandboxOutcome};
use crate::secret::{
    AccessToken, ClientAppKey, ClientSecret, LoginToken, Nonce, Reveal, SessionToken, TempToken,
    ValidationToken,
};
use crate::skill::SkillAddress;
use crate::step::StepView;
use crate::submission::Data;
use crate::upload::{MediaType, Outstanding, UploadName};

/// How a session stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum SessionStatus {
    /// Nothing was submitted yet.
    #[serde(rename = "SESSION_CREATED")]
    Created,
    /// Some steps were submitted.
    #[serde(rename = "SESSION_IN_PROGRESS")]
    InProgress,
    /// Every step was submitted. The outcome is decided, or waits for files.
    #[serde(rename = "SESSION_COMPLETED")]
    Completed,
}

/// `POST /sessions`
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateSession {
    /// The tenant's public client.
    pub client_id: ClientId,
    /// What lets a page start sessions.
    pub client_app_key: ClientAppKey,
    /// What is to be done: by the skill's name, a playbook key or a configuration id.
    pub skill: SkillAddress,
    /// The tenant's own name for the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenant_user_id: Option<ExternalId>,
    /// How the session ends, in the sandbox.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sandbox_outcome: Option<SandboxOutcome>,
}

/// `POST /sessions/open`, with the bearer token.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OpenSession {
    /// What logging in to the session gave to this browser. Without it whoever opens the session logs in
    /// once more: the bearer token may have come from somebody else. Any other text is as good as none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub login_token: Option<LoginToken>,
}

/// `POST /sessions/hosted`: a tenant's static link, which any browser may follow.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct HostSession {
    /// The skill, by the tenant's name for it.
    pub configuration_id: ConfigurationId,
}

/// An answer that says where a session stands. On the wire its members stand beside the answer's
/// own; `serde(flatten)` would do the same and cost the browser several kilobytes.
macro_rules! answer {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub struct $name {
            $($(#[$field_doc])* pub $field: $type,)*
            /// The nonce of the next submission; absent once the session is complete.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub nonce: Option<Nonce>,
            /// The next step; absent once the session is complete.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub next: Option<StepView>,
            /// Files that are asked for now. They come before the next step, but for those of a skill's
            /// steps with `after_token`; a complete session is decided when they are there.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub uploads: Option<Outstanding>,
            /// What the tenant's backend validates, in a complete session that it started.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub validation_token: Option<ValidationToken>,
            /// What the tenant's backend redeems, in a complete session that a page started.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub temp_token: Option<TempToken>,
        }

        impl $name {
            /// Where the session stands. `None` for an answer that says neither what comes next
            /// nor that the session is complete, which no server of ours gives.
            pub fn into_progress(self) -> Option<Progress> {
                match (self.status, self.nonce, self.next) {
                    (SessionStatus::Completed, ..) => Some(Progress::Complete {
                        result: self
                            .validation_token
                            .map(ResultToken::Validation)
                            .or(self.temp_token.map(ResultToken::Temp)),
                        uploads: self.uploads,
                    }),
                    (_, Some(nonce), Some(next)) => {
                        Some(Progress::Next { nonce, step: next, uploads: self.uploads })
                    }
                    _ => None,
                }
            }
        }
    };
}

/// Where a session stands.
#[derive(Clone, Debug)]
pub enum Progress {
    /// Something is still to be given.
    Next {
        /// The nonce of the next submission.
        nonce: Nonce,
        /// The next step.
        step: StepView,
        /// Files to upload before it can be submitted.
        uploads: Option<Outstanding>,
    },
    /// All is given.
    Complete {
        /// What the host page hands to its backend; absent once it was redeemed.
        result: Option<ResultToken>,
        /// Files that may still come; the session is decided when they are there.
        uploads: Option<Outstanding>,
    },
}

/// What a finished flow hands to the host page. Both kinds are redeemed once.
#[derive(Clone, Debug)]
pub enum ResultToken {
    /// Of a session that a backend started.
    Validation(ValidationToken),
    /// Of a session that a page started.
    Temp(TempToken),
}

impl Reveal for ResultToken {
    fn reveal(&self) -> &str {
        match self {
            ResultToken::Validation(token) => token.reveal(),
            ResultToken::Temp(token) => token.reveal(),
        }
    }
}

answer! {
    /// The answer to creating and to opening a session.
    SessionAnswer {
        /// The session.
        session_id: SessionId,
        /// How it stands.
        status: SessionStatus,
        /// Opens and resumes it: what was created here, or what it was opened with.
        session_token: SessionToken,
        /// The end of its life.
        expires_at: Timestamp,
        /// What a person should know before beginning.
        about: About,
    }
}

answer! {
    /// The answer to a submission.
    StepAnswer {
        /// This submission; its uploads are sent to it.
        step_id: StepId,
        /// How the session stands.
        status: SessionStatus,
        /// In the answer to a log-in: what shows later on that it was this browser that did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        login_token: Option<LoginToken>,
    }
}

/// What a person should know before beginning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct About {
    /// Who asks.
    pub tenant: String,
    /// What this is.
    pub title: String,
    /// How long it takes, in minutes.
    pub minutes: u8,
    /// What is done in it, in order.
    pub steps: Vec<StepWord>,
    /// Whether nothing of it is real.
    pub sandbox: bool,
    /// Where the hosted page goes in the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redirect_url: Option<String>,
    /// What a reviewer asks the person for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A kind of step, by its word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum StepWord {
    /// Fields are filled.
    Form,
    /// Texts are agreed to.
    Consent,
    /// A document is photographed.
    Document,
    /// A picture of the person is taken.
    Selfie,
    /// What was given is shown once more.
    Review,
    /// The person logs in.
    Identify,
    /// The person may make a passkey.
    Passkey,
    /// The person changes how they log in.
    LoginMethods,
    /// A kind that a newer server knows.
    #[serde(other)]
    #[cfg_attr(feature = "schema", schemars(skip))]
    Other,
}

/// `POST /sessions/{session_id}/steps`
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SubmitStep {
    /// If given, must be that of the session's tenant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<ClientId>,
    /// The live nonce of the session.
    pub nonce: Nonce,
    /// If given, must be the session's skill, by any of its names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skill: Option<SkillAddress>,
    /// The current step, or an earlier one that is corrected.
    pub step: StepName,
    /// What the person gave.
    pub data: Data,
}

/// `POST /token` and `POST /tokens`
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RedeemToken {
    /// The tenant's public client.
    pub client_id: ClientId,
    /// What its backend alone knows.
    pub client_secret: ClientSecret,
    /// What the flow gave.
    pub temp_token: TempToken,
}

/// What a redeemed token gives.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Redeemed {
    /// Reads and erases the credentials.
    pub access_token: AccessToken,
    /// What was collected.
    pub credentials_id: CredentialsId,
}

/// `GET /credentials/{credentials_id}`: what a session collected, and its outcome.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Credentials {
    /// This record.
    pub credentials_id: CredentialsId,
    /// The session that collected it.
    pub session_id: SessionId,
    /// What was done.
    pub skill: SkillName,
    /// The person.
    pub fp_id: UserId,
    /// The tenant's own name for the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenant_user_id: Option<ExternalId>,
    /// When the last step was submitted.
    pub completed_at: Timestamp,
    /// What was decided.
    pub outcome: Outcome,
    /// What was given, by step.
    pub steps: Vec<CollectedStep>,
    /// How the person logged in; empty where no log-in is asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub auth_events: Vec<AuthEvent>,
}

/// What was given in one step.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CollectedStep {
    /// The submission.
    pub step_id: StepId,
    /// Its step.
    pub step: StepName,
    /// When it was submitted.
    pub submitted_at: Timestamp,
    /// What was given.
    pub data: Data,
    /// The files that were accepted.
    pub uploads: Vec<CollectedUpload>,
}

/// One accepted file.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CollectedUpload {
    /// The upload.
    pub upload_id: UploadId,
    /// Which of the step's files it is.
    pub name: UploadName,
    /// Its type, by content.
    pub media_type: MediaType,
    /// Its size, in bytes.
    pub bytes: u64,
}
