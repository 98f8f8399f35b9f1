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
use crate::api::login::{Page, ready_kept};
use crate::app::{App, TRIES};
use crate::engine::open::{Asker, Opening};
use crate::engine::session::Session;
use crate::jwt::Claim;
use crate::ledger::Fault;
use crate::store::SessionChange;

pub(super) async fn open(
    State(app): State<Arc<App>>,
    page: Page,
    bearer: Bearer,
    Body(request): Body<OpenSession>,
) -> Result<Json<SessionAnswer>, Failure> {
    let (tenant, id) = locate(&app, &bearer).await?;
    let tenant = app.tenant(&tenant).await?;
    let asker = Asker { tenant: &tenant.name, sandbox: tenant.sandbox };
    for _ in 0..TRIES {
        let kept = app.ledger.session(&tenant.id, &id).await?.ok_or(Code::InvalidToken)?;
        let opening =
            Opening { token: SessionToken::from_text(&bearer.text), login: request.login_token.clone() };
        let (session, fresh) = ready_kept(&app, &tenant, &kept, &page).await?;
        let (session, answer) = session.open(opening, asker, app.lives, app.now(), &fresh)?;
        let mut change = SessionChange::of(app.ledger.seal_session(&kept, &session)?);
        let result = |session: &Session| session.completion().map(|completion| completion.result.digest);
        change.result_token = result(&session).filter(|issued| result(&kept.content) != Some(*issued));
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
        Claim::Forged => Ok(app.store.session_of_token(&bearer.digest).await?.ok_or(Code::InvalidToken)?),
    }
}
