//! From errors to answers: one table from error to code, and one place that writes the body.
//!
//! An operation fails with a [`Failure`]. It travels as an extension of a bare response to [`render`],
//! which writes it in the shape of the family that was called and logs what is the server's fault, once,
//! with the support id that the answer carries.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use vestibule_protocol::date::Timestamp;
use vestibule_protocol::field::FieldProblem;
use vestibule_protocol::id::SupportId;
use vestibule_protocol::onboarding::Misfit;
use vestibule_protocol::problem::{Code, ErrorContext, OmniError, OnboardingError, RefusedField, StepsError};

use crate::app::App;
use crate::engine::open::SessionExpired;
use crate::engine::submit::SubmitRefused;
use crate::engine::upload::UploadRefused;
use crate::ledger::Fault;
use crate::random::id;
use crate::store::StoreFault;

/// Why a call was not answered as it was meant.
#[derive(Clone, Debug)]
pub enum Failure {
    /// The caller's mistake.
    Refused {
        /// Why.
        code: Code,
        /// The fields concerned.
        fields: Vec<RefusedField>,
    },
    /// The file is of a type that is not taken; a sentence names it so.
    Unsupported(&'static str),
    /// Too many refusals: come again in so many seconds.
    TooMany(u32),
    /// The server's own.
    Fault(Arc<Fault>),
}

impl Failure {
    /// A refusal that concerns one field.
    pub fn field(code: Code, field: &str, problem: FieldProblem) -> Self {
        Failure::Refused { code, fields: vec![RefusedField { field: field.into(), problem }] }
    }

    fn code(&self) -> Code {
        match self {
            Failure::Refused { code, .. } => *code,
            Failure::Unsupported(_) => Code::UnsupportedMedia,
            Failure::TooMany(_) => Code::RateLimited,
            Failure::Fault(fault) if matches!(**fault, Fault::Contention) => Code::Unavailable,
            Failure::Fault(_) => Code::Internal,
        }
    }
}

impl From<Code> for Failure {
    fn from(code: Code) -> Self {
        Failure::Refused { code, fields: Vec::new() }
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Failure::Fault(Arc::new(fault))
    }
}

impl From<StoreFault> for Failure {
    fn from(fault: StoreFault) -> Self {
        Fault::from(fault).into()
    }
}

impl From<SessionExpired> for Failure {
    fn from(SessionExpired: SessionExpired) -> Self {
        Code::SessionExpired.into()
    }
}

impl From<SubmitRefused> for Failure {
    fn from(refused: SubmitRefused) -> Self {
        match refused {
            SubmitRefused::SessionExpired => Code::SessionExpired.into(),
            SubmitRefused::SessionCompleted => Code::SessionCompleted.into(),
            SubmitRefused::NonceUsed => Code::NonceUsed.into(),
            SubmitRefused::NonceExpired => Code::NonceExpired.into(),
            SubmitRefused::NonceUnknown => Code::InvalidNonce.into(),
            SubmitRefused::StepUnavailable => Code::InvalidStep.into(),
            SubmitRefused::UploadsMissing(fields) => Failure::Refused { code: Code::UploadsMissing, fields },
            SubmitRefused::Fields(fields) => Failure::Refused { code: gravest(&fields), fields },
        }
    }
}

impl From<UploadRefused> for Failure {
    fn from(refused: UploadRefused) -> Self {
        match refused {
            UploadRefused::SessionExpired => Code::SessionExpired.into(),
            UploadRefused::SessionCompleted => Code::SessionCompleted.into(),
            UploadRefused::SubmissionGone => Code::NotFound.into(),
            UploadRefused::NonceUnknown => Code::InvalidNonce.into(),
            UploadRefused::NonceExpired => Code::NonceExpired.into(),
            UploadRefused::NotWanted => Failure::field(Code::InvalidField, "name", FieldProblem::NotAnOption),
            UploadRefused::TooManyAttempts => Code::TooManyAttempts.into(),
        }
    }
}

impl From<Misfit> for Failure {
    fn from(misfit: Misfit) -> Self {
        Failure::field(misfit.code, misfit.member, misfit.problem)
    }
}

/// The code for a set of refused fields: what was not to be there, then what is not there, then the rest.
pub fn gravest(fields: &[RefusedField]) -> Code {
    let any = |problem| fields.iter().any(|field| field.problem == problem);
    if any(FieldProblem::Unknown) {
        Code::UnknownFields
    } else if any(FieldProblem::Required) {
        Code::MissingFields
    } else {
        Code::InvalidField
    }
}

/// The code for values of which none need be there: an empty one is not missing, it is none of its format.
pub fn gravest_of_values(fields: &[RefusedField]) -> Code {
    match gravest(fields) {
        Code::MissingFields => Code::InvalidField,
        code => code,
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = status(self.code()).into_response();
        response.extensions_mut().insert(self);
        response
    }
}

fn status(code: Code) -> StatusCode {
    StatusCode::from_u16(code.http()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// The answer where no route leads.
pub async fn no_such_path() -> Failure {
    Code::NotFound.into()
}

/// The answer where a route takes other methods.
pub async fn method_not_allowed() -> Failure {
    Code::MethodNotAllowed.into()
}

/// Calls that name things alike and write their errors in one shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// What the browser speaks.
    Steps,
    /// What the backend speaks.
    Onboarding,
    /// What other backends speak.
    Omni,
}

/// What follows in a path whose call asks for the session's own token and nothing else.
pub fn under_zero(path: &str) -> Option<&str> {
    path.strip_prefix("/0").filter(|rest| rest.starts_with('/'))
}

fn family(path: &str) -> Family {
    match under_zero(path).unwrap_or(path).trim_start_matches('/').split('/').next().unwrap_or_default() {
        "onboarding" | "users" | "businesses" | "audit_events" | "webhooks" | "dev" => Family::Onboarding,
        "omni" => Family::Omni,
        _ => Family::Steps,
    }
}

/// Writes failures, and gives every answer of a call the headers that keep it to its caller.
pub async fn render(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let mut response = next.run(request).await;
    let failure = response.extensions_mut().remove::<Failure>().or_else(|| bare_failure(&response));
    if let Some(failure) = failure {
        let allow = response.headers_mut().remove(header::ALLOW);
        response = written(&failure, &path, app.now(), id(&*app.random));
        if let Some(allow) = allow {
            response.headers_mut().insert(header::ALLOW, allow);
        }
    }
    let json = HeaderValue::from_static("application/json");
    if response.headers().get(header::CONTENT_TYPE) == Some(&json)
        || response.status() == StatusCode::NO_CONTENT
    {
        let headers = response.headers_mut();
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    }
    response
}

/// What the layer refused that gives up calls after a time: it knows nothing of codes.
fn bare_failure(response: &Response) -> Option<Failure> {
    let bare = !response.headers().contains_key(header::CONTENT_TYPE);
    (bare && response.status() == StatusCode::SERVICE_UNAVAILABLE).then(|| Code::Unavailable.into())
}

/// The answer to a call in which the server's code failed.
pub fn panicked(_: Box<dyn std::any::Any + Send>) -> Response {
    Failure::from(Code::Internal).into_response()
}

fn written(failure: &Failure, path: &str, now: Timestamp, support_id: SupportId) -> Response {
    let code = failure.code();
    match failure {
        Failure::Fault(fault) => tracing::error!(%support_id, fault = %**fault, "a call failed"),
        Failure::Refused { code: Code::Internal | Code::Unavailable, .. } => {
            tracing::error!(%support_id, %code, "a call failed");
        }
        _ => tracing::debug!(%support_id, %code, "a call was refused"),
    }
    let fields = match failure {
        Failure::Refused { fields, .. } => fields.clone(),
        _ => Vec::new(),
    };
    let message = match failure {
        Failure::Unsupported(found) => format!("The file is {found}, which is not taken here."),
        _ => code.message().into(),
    };
    let mut response = match family(path) {
        Family::Steps => {
            let http = code.http();
            Json(StepsError { id: support_id, kind: code.into(), http, code, message, fields })
                .into_response()
        }
        Family::Onboarding => {
            let context = (!fields.is_empty()).then_some(ErrorContext { fields });
            Json(OnboardingError { message, code, support_id, context }).into_response()
        }
        Family::Omni => Json(OmniError {
            timestamp: now.millis(),
            status: code.http(),
            error: status(code).canonical_reason().unwrap_or_default().into(),
            message: sentence(code, &message, &fields, &support_id),
            path: path.chars().take(200).collect(),
        })
        .into_response(),
    };
    *response.status_mut() = status(code);
    let headers = response.headers_mut();
    if let Failure::TooMany(seconds) = failure {
        headers.insert(header::RETRY_AFTER, (*seconds).into());
    }
    if code == Code::InvalidSecretKey {
        headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Basic realm=\"vestibule\""));
    }
    response
}

/// All that the other families say in members of their own, since this one has none for them.
fn sentence(code: Code, message: &str, fields: &[RefusedField], support_id: &SupportId) -> String {
    let problem = |problem| serde_json::to_value(problem).ok()?.as_str().map(str::to_owned);
    let fields: Vec<String> = fields
        .iter()
        .map(|refused| [&refused.field, ": ", &problem(refused.problem).unwrap_or_default()].concat())
        .collect();
    let fields = if fields.is_empty() { String::new() } else { format!(" ({})", fields.join(", ")) };
    format!("{code}: {message}{fields} [{support_id}]")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::tests::Sequence;

    #[test]
    fn a_path_belongs_to_a_family() {
        assert_eq!(family("/onboarding/session"), Family::Onboarding);
        assert_eq!(family("/users/fp_id_x"), Family::Onboarding);
        assert_eq!(family("/businesses"), Family::Onboarding);
        assert_eq!(family("/dev/outbox"), Family::Onboarding);
        assert_eq!(family("/usersx"), Family::Steps);
        assert_eq!(family("/nowhere"), Family::Steps);
        assert_eq!(family("/omni/start"), Family::Omni);
        assert_eq!(family("/0/omni/get/score"), Family::Omni);
        assert_eq!(family("/0omni"), Family::Steps);
    }

    #[test]
    fn a_sentence_of_the_omni_family_names_every_field() {
        let refused = |field: &str| RefusedField { field: field.into(), problem: FieldProblem::Required };
        let support_id: SupportId = id(&Sequence::default());
        let sentence =
            sentence(Code::MissingFields, "Fields are missing.", &["a", "b.0"].map(refused), &support_id);
        let expected =
            format!("missing_fields: Fields are missing. (a: required, b.0: required) [{support_id}]");
        assert_eq!(sentence, expected);
    }

    #[test]
    fn what_was_not_to_be_there_weighs_most() {
        let refused = |problem| RefusedField { field: "x".into(), problem };
        use FieldProblem::{InvalidDate, Required, Unknown};
        assert_eq!(
            gravest(&[refused(InvalidDate), refused(Required), refused(Unknown)]),
            Code::UnknownFields
        );
        assert_eq!(gravest(&[refused(InvalidDate), refused(Required)]), Code::MissingFields);
        assert_eq!(gravest(&[refused(InvalidDate)]), Code::InvalidField);
    }
}
