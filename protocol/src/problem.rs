//! What can be wrong with a request: one closed set of codes, and the three shapes in which the
//! API families write them.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::field::FieldProblem;
use crate::id::SupportId;

/// `Code::X` ↔ `"x"`, its HTTP status, whether the same request may succeed later, and its sentence.
macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $text:literal, $http:literal, $retryable:literal, $message:literal;)*) => {
        /// Why a request was refused. The closed set of all API families.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub enum Code {
            $($(#[$doc])* #[serde(rename = $text)] $variant,)*
            /// A code that a newer server knows and this client does not.
            #[serde(other, rename = "unknown")]
            #[cfg_attr(feature = "schema", schemars(skip))]
            Unknown,
        }

        impl Code {
            /// Every code that the server may send.
            pub const ALL: &[Code] = &[$(Code::$variant),*];

            /// The code as the wire writes it.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Code::$variant => $text,)*
                    Code::Unknown => "unknown",
                }
            }

            /// The HTTP status that goes with it.
            pub fn http(self) -> u16 {
                match self {
                    $(Code::$variant => $http,)*
                    Code::Unknown => 500,
                }
            }

            /// Whether the same request may succeed when it is sent again later.
            pub fn retryable(self) -> bool {
                match self {
                    $(Code::$variant => $retryable,)*
                    Code::Unknown => false,
                }
            }

            /// A sentence for the engineer who reads the answer. No personal data in it.
            pub const fn message(self) -> &'static str {
                match self {
                    $(Code::$variant => $message,)*
                    Code::Unknown => "Unknown problem.",
                }
            }
        }
    };
}

codes! {
    /// The body is not JSON, or not of the shape that the call takes.
    InvalidBody = "invalid_body", 400, false, "The body is not valid JSON of the shape this call takes.";
    /// Required fields are missing.
    MissingFields = "missing_fields", 400, false, "Required fields are missing.";
    /// The body has fields that this call does not take.
    UnknownFields = "unknown_fields", 400, false, "The body has fields that this call does not take.";
    /// A field's value cannot be accepted.
    InvalidField = "invalid_field", 422, false, "One or more fields cannot be accepted.";
    /// There is no such thing, or it is not the caller's to see.
    NotFound = "not_found", 404, false, "There is no such resource.";
    /// The path exists, the method does not.
    MethodNotAllowed = "method_not_allowed", 405, false, "This method is not allowed here.";
    /// The step cannot be submitted now.
    InvalidStep = "invalid_step", 409, false, "This step cannot be submitted now.";
    /// The path's session id names no session of the caller.
    InvalidSessionId = "invalid_session_id", 404, false, "There is no such session.";
    /// No published skill has this name.
    InvalidSkillName = "invalid_skill_name", 404, false, "There is no such skill.";
    /// No playbook of the caller has this key.
    InvalidPlaybookKey = "invalid_playbook_key", 404, false, "There is no such playbook.";
    /// No configuration of the caller has this id.
    InvalidConfigurationId = "invalid_configuration_id", 404, false, "There is no such configuration.";
    /// No session of the caller has this interview id.
    InvalidInterviewId = "invalid_interview_id", 404, false, "There is no such session.";
    /// The client id is not known.
    InvalidClientId = "invalid_client_id", 401, false, "The client id is not known.";
    /// The client secret is wrong.
    InvalidClientSecret = "invalid_client_secret", 401, false, "The client secret is wrong.";
    /// The client app key is wrong.
    InvalidClientAppKey = "invalid_client_app_key", 401, false, "The client app key is wrong.";
    /// The temp token is wrong, expired, another tenant's or already redeemed.
    InvalidTempToken = "invalid_temp_token", 401, false, "The temp token is wrong, expired or already redeemed.";
    /// The validation token is wrong, expired, another tenant's or already redeemed.
    InvalidValidationToken = "invalid_validation_token", 401, false, "The validation token is wrong, expired or already redeemed.";
    /// The secret key is missing or wrong.
    InvalidSecretKey = "invalid_secret_key", 401, false, "The secret key is missing or wrong.";
    /// The API key of the omni family is missing or wrong.
    InvalidApiKey = "invalid_api_key", 401, false, "The API key is missing or wrong: send it in the header x-api-key.";
    /// The version of the omni family is missing or unknown.
    InvalidApiVersion = "invalid_api_version", 400, false, "The version is missing or unknown: send the header api-version: 1.0.";
    /// The bearer token is missing or wrong.
    InvalidToken = "invalid_token", 401, false, "The token is missing or wrong.";
    /// An external id is not of its form: 10 to 256 letters, digits, `_`, `-` or `.`.
    InvalidExternalId = "invalid_external_id", 400, false, "An external id has 10 to 256 letters, digits, '_', '-' or '.'.";
    /// The call is about a person, and names none.
    UserRequired = "user_required", 400, false, "This is about a person: give fp_id or user_external_id.";
    /// The person is no owner of the business.
    NotAnOwner = "not_an_owner", 422, false, "The person is not marked as an owner of the business.";
    /// Nobody has described the business yet, so nobody knows how its owners are checked.
    BusinessIncomplete = "business_incomplete", 409, false, "The business is not described yet: start an onboarding of the person who acts for it first.";
    /// No reviewer has asked the person for anything.
    NothingRequested = "nothing_requested", 409, false, "Nothing is asked of this person.";
    /// A customer's id is not of its form: 1 to 256 characters that can be read.
    InvalidCustomerId = "invalid_customer_id", 400, false, "An external customer id has 1 to 256 characters, none of them a control character.";
    /// Another person of the tenant has this external id.
    ExternalIdTaken = "external_id_taken", 409, false, "Another user has this external id.";
    /// There is no complete onboarding that a reviewer could decide or ask about.
    NothingDecided = "nothing_decided", 409, false, "This user has no such onboarding that is complete.";
    /// A reviewer decided otherwise before.
    AlreadyReviewed = "already_reviewed", 409, false, "This onboarding was reviewed with another decision.";
    /// The client token is missing, wrong or expired.
    InvalidClientToken = "invalid_client_token", 401, false, "The client token is missing, wrong or expired.";
    /// The client token does not allow this, or not with these data.
    OutOfScope = "out_of_scope", 403, false, "The client token does not allow this.";
    /// Sandbox and live keys do not mix.
    SandboxMismatch = "sandbox_mismatch", 400, false, "Sandbox keys cannot be used with live data, nor live keys with sandbox data.";
    /// The nonce was consumed by another body.
    NonceUsed = "nonce_used", 409, false, "This nonce was already used for another request.";
    /// The nonce is older than its life; open the session again.
    NonceExpired = "nonce_expired", 410, false, "This nonce has expired: open the session again for a fresh one.";
    /// The nonce is unknown, voided or of another session.
    InvalidNonce = "invalid_nonce", 401, false, "The nonce is unknown or of another session.";
    /// Uploads of an earlier step are outstanding.
    UploadsMissing = "uploads_missing", 409, false, "Uploads are outstanding.";
    /// All attempts at this upload are used.
    TooManyAttempts = "too_many_attempts", 409, false, "All attempts at this upload are used.";
    /// The file is larger than the skill allows.
    UploadTooLarge = "upload_too_large", 413, false, "The file is larger than allowed.";
    /// The body is larger than this call takes.
    BodyTooLarge = "body_too_large", 413, false, "The body is larger than this call takes.";
    /// The body has a content type that this call does not take.
    UnsupportedMedia = "unsupported_media", 415, false, "This type of content is not taken here.";
    /// The session is past its life.
    SessionExpired = "session_expired", 410, false, "The session has expired: start a new one.";
    /// The session is over; nothing more can be submitted.
    SessionCompleted = "session_completed", 409, false, "The session is already complete.";
    /// Webhooks do not go to this address.
    InvalidWebhookUrl = "invalid_webhook_url", 422, false, "A webhook goes to a public https address, without user name, password and fragment.";
    /// The tenant has as many endpoints as it may.
    TooManyWebhooks = "too_many_webhooks", 409, false, "There are as many webhooks as there may be: delete one first.";
    /// Too many requests from here; `Retry-After` says when to come again.
    RateLimited = "rate_limited", 429, true, "Too many requests: wait and try again.";
    /// The skill asks people to log in, and the server can send them no code.
    LoginUnavailable = "login_unavailable", 501, false, "People cannot log in: this server is set up to send no codes.";
    /// A fault of the server.
    Internal = "internal", 500, true, "Something went wrong on our side.";
    /// The server cannot answer now.
    Unavailable = "unavailable", 503, true, "The service is not available right now.";
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The class of a problem, as the Steps API writes it in `type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 400, 404, 405, 409, 410, 413, 415, 422
    InvalidRequest,
    /// 401, 403
    Unauthorized,
    /// 429
    RateLimited,
    /// 5xx
    Internal,
}

impl From<Code> for Kind {
    fn from(code: Code) -> Self {
        match code.http() {
            401 | 403 => Kind::Unauthorized,
            429 => Kind::RateLimited,
            500.. => Kind::Internal,
            _ => Kind::InvalidRequest,
        }
    }
}

/// One field that was refused, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RefusedField {
    /// The field's name as the request wrote it; for `uploads_missing`, the upload's name.
    pub field: String,
    /// What is wrong with it.
    pub problem: FieldProblem,
}

/// A refusal as the Steps API writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StepsError {
    /// This occurrence, to be quoted to support.
    pub id: SupportId,
    /// Its class.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// The HTTP status, repeated.
    pub http: u16,
    /// Why.
    pub code: Code,
    /// A sentence for the engineer.
    pub message: String,
    /// The fields concerned, where it is about fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<RefusedField>,
}

/// A refusal as the Onboarding API writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OnboardingError {
    /// A sentence for the engineer.
    pub message: String,
    /// Why.
    pub code: Code,
    /// This occurrence, to be quoted to support.
    pub support_id: SupportId,
    /// The fields concerned, where it is about fields.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub context: Option<ErrorContext>,
}

/// A refusal as the Omni API writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OmniError {
    /// When, in milliseconds since 1970.
    pub timestamp: i64,
    /// The HTTP status, repeated.
    pub status: u16,
    /// The name of that status.
    pub error: String,
    /// The code, a colon, and a sentence for the engineer with the fields concerned.
    pub message: String,
    /// What was called.
    pub path: String,
}

/// Detail of an [`OnboardingError`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ErrorContext {
    /// The fields concerned.
    pub fields: Vec<RefusedField>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_distinct_text_and_an_error_status() {
        let mut texts: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        texts.sort_unstable();
        texts.dedup();
        assert_eq!(texts.len(), Code::ALL.len());
        assert!(Code::ALL.iter().all(|code| (400..600).contains(&code.http())));
    }

    #[test]
    fn a_code_from_a_newer_server_is_read_as_unknown() {
        assert_eq!(serde_json::from_str::<Code>("\"code_of_tomorrow\"").unwrap(), Code::Unknown);
        assert_eq!(serde_json::from_str::<Code>("\"nonce_used\"").unwrap(), Code::NonceUsed);
    }
}
