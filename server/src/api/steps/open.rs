//! `POST /sessions/open`: a browser opens a session that was started elsewhere, or resumes one.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use vestibule_protocol::problem::Code;
use vestibule_protocol::secret::{SecretForm, SessionToken};
use vestibule_protocol::session::{OpenSession, SessionAnswer};

use crate::api::auth::Bearer;
use crate::api::body::Body;
use crate::api::error::Failure;
use crate::app::{App, TRIES};
use crate::engine::open::Asker;
use crate::engine::session::Stage;
use crate::ledger::Fault;
use crate::store::SessionChange;

pub(super) async fn open(
    State(app): State<Arc<App>>,
    bearer: Bearer,
    Body(OpenSession {}): Body<OpenSession>,
) -> Result<Json<SessionAnswer>, Failure> {
    let located = app.store.session_of_token(&bearer.digest).await?;
    let (tenant, id) = located.ok_or(Code::InvalidToken)?;
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
