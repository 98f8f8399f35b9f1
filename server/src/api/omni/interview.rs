//! The session that a call of this family is about, and whether the caller may read it.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use schemars::JsonSchema;
use serde::Deserialize;
use vestibule_protocol::field::FieldProblem;
use vestibule_protocol::id::InterviewId;
use vestibule_protocol::problem::Code;
use vestibule_protocol::secret::{SecretForm, SessionToken};

use crate::api::auth::{OWN_TOKEN, OmniBackend};
use crate::api::error::{Failure, under_zero};
use crate::api::query::Asked;
use crate::app::App;
use crate::engine::session::Session;
use crate::jwt::Claim;
use crate::vault::DataKey;

/// A session that the caller may read.
pub(super) struct Interview {
    /// The session, decided if it was left open and no file can come any more.
    pub session: Session,
    /// The key of its files.
    pub key: DataKey,
    /// The token, if it came with one.
    pub token: Option<SessionToken>,
}

/// What a call may say in its address.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OfInterview {
    /// The session's `interviewId`. It is needed but where the session's own token comes along, in
    /// `X-Incode-Hardware-Id`.
    #[schemars(with = "InterviewId", required)]
    id: Option<InterviewId>,
}

impl FromRequestParts<Arc<App>> for Interview {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Failure> {
        let by_token = under_zero(parts.uri.path()).is_some();
        // A key is looked at first: who has none learns nothing, not even which ids there are.
        let backend =
            if by_token { None } else { Some(OmniBackend::from_request_parts(parts, app).await?.0) };
        let token = parts.headers.get(OWN_TOKEN).map(|token| token.to_str().unwrap_or_default().to_owned());
        let claimed = token.as_deref().map(|token| app.session_tokens.read(token, app.now()));
        let claimed = match claimed {
            Some(Claim::Of(interview)) => Some(interview),
            None if !by_token => None,
            None | Some(Claim::Forged | Claim::Ended) => return Err(Code::InvalidToken.into()),
        };
        let Asked(OfInterview { id: asked }) = Asked::from_request_parts(parts, app).await?;
        let interview = match (claimed, asked) {
            (Some(claimed), Some(asked)) if claimed != asked => return Err(Code::InvalidInterviewId.into()),
            (Some(interview), _) | (None, Some(interview)) => interview,
            (None, None) => {
                return Err(Failure::field(Code::MissingFields, "id", FieldProblem::Required));
            }
        };
        let missing = if by_token { Code::InvalidToken } else { Code::InvalidInterviewId };
        let (tenant, session) = app.store.session_of_interview(&interview).await?.ok_or(missing)?;
        if backend.is_some_and(|backend| backend.id != tenant) {
            return Err(missing.into());
        }
        let kept = app.ledger.session(&tenant, &session).await?.ok_or(missing)?;
        Ok(Self {
            session: kept.content.decide_late(app.now()),
            key: kept.key,
            token: token.as_deref().map(SessionToken::from_text),
        })
    }
}
