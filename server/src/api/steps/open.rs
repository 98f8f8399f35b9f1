//! `POST /sessions/open`: a browser opens a session that was started elsewhere, or resumes one.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use vestibule_protocol::id::{SessionId, TenantId};
use vestibule_protocol::problem::Code;
use vestibule_protocol::secret::{SecretForm, SessionToken};
use vestibule_protocol::session::{OpenSession, SessionAnswer};

use crate::api::auth::Bearer;
use crate::api::body::Body;
use crate::api::error::Failure;
use crate::app::{App, TRIES};
use crate::engine::open::Asker;
use crate::engine::session::Stage;
use crate::jwt::Claim;
use crate::ledger::Fault;
use crate::store::SessionChange;

pub(super) async fn open(
    State(app): State<Arc<App>>,
    bearer: Bearer,
    Body(OpenSession {}): Body<OpenSession>,
) -> Result<Json<SessionAnswer>, Failure> {
    let (tenant, id) = locate(&app, &bearer).await?;
    let tenant = app.tenant(&tenant).await?;
    let asker = Asker { tenant: &tenant.name, sandbox: tenant.sandbox };
    for _ in 0..TRIES {
        let kept = app.ledger.session(&tenant.id, &id).await?.ok_or(Code::InvalidToken)?;
        let token = SessionToken::from_text(&bearer.text);
        let (session, answer) =
            kept.content.clone().open(token, asker, app.lives, app.now(), &app.fresh())?;
        let mut change = SessionChange::of(app.ledger.seal_session(&kept, &session)?);
        change.result_token = match &session.state.stage {
            Stage::Completed(completion) if !completion.redeemed => Some(completion.result.digest),
            _ => None,
        };
        if app.commit(&tenant.id, &change.into()).await? {
            return Ok(Json(answer));
        }
    }
    Err(Fault::Contention.into())
}

/// The session that a token opens: a JSON Web Token names it, any other is looked up.
async fn locate(app: &App, bearer: &Bearer) -> Result<(TenantId, SessionId), Failure> {
    match app.session_tokens.read(&bearer.text, app.now()) {
        Claim::Of(interview) => {
            Ok(app.store.session_of_interview(&interview).await?.ok_or(Code::InvalidToken)?)
        }
        Claim::Ended => Err(Code::SessionExpired.into()),
        Claim::Forged => match app.store.session_of_token(&bearer.digest).await? {
            Some(located) => Ok(located),
            None => Err(no_session(app, bearer).await?.into()),
        },
    }
}

/// Why a token opens no session: it is for something else, or for nothing.
async fn no_session(app: &App, bearer: &Bearer) -> Result<Code, Fault> {
    let Some(tenant) = app.store.tenant_of_login_update(&bearer.digest).await? else {
        return Ok(Code::InvalidToken);
    };
    let permission = app.store.login_update(&tenant, &bearer.digest).await?;
    Ok(match permission {
        Some(permission) if app.now() < permission.expires_at => Code::LoginUnavailable,
        _ => Code::SessionExpired,
    })
}
