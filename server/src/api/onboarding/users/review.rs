//! `POST /users/{fp_id}/review`: a reviewer decides.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use vestibule_protocol::field::FieldProblem;
use vestibule_protocol::id::{TenantId, UserId};
use vestibule_protocol::onboarding::{ReviewUser, User};
use vestibule_protocol::problem::Code;

use super::described;
use crate::api::auth::{Backend, actor};
use crate::api::body::Body;
use crate::api::error::Failure;
use crate::api::path::Named;
use crate::api::wording;
use crate::app::{App, TRIES};
use crate::engine::audit::{Deed, Record};
use crate::engine::review::ReviewRefused;
use crate::engine::session::Session;
use crate::ledger::Fault;
use crate::store::audit::Subject;
use crate::store::{BusinessRow, Change, SessionChange};

pub(in crate::api::onboarding) async fn review(
    State(app): State<Arc<App>>,
    Backend(tenant): Backend,
    Named(id): Named<UserId>,
    Body(request): Body<ReviewUser>,
) -> Result<Json<User>, Failure> {
    let reason = wording::reason(&request.reason)?;
    for _ in 0..TRIES {
        let kept = app.ledger.user(&tenant.id, &id).await?.ok_or(Code::NotFound)?;
        let mut user = kept.content.clone();
        let named = request.onboarding_id.as_ref();
        let onboarding = user.decided_onboarding(named).ok_or_else(|| match named {
            Some(_) => Failure::field(Code::NothingDecided, "onboarding_id", FieldProblem::NotAnOption),
            None => Code::NothingDecided.into(),
        })?;
        let onboarding = onboarding.clone();
        let before = app.ledger.session(&tenant.id, onboarding.deciding()).await?;
        let before = before.ok_or(Fault::Missing("the session of an onboarding"))?;
        let Some(session) = before.content.clone().review(request.decision, app.now())? else {
            return Ok(Json(described(user)));
        };
        user.reviewed(&session);
        let deed =
            Deed::Reviewed { decision: request.decision, onboarding: onboarding.id, reason: reason.clone() };
        let mut sessions = others(&app, &tenant.id, &session).await?;
        sessions.push(SessionChange::of(app.ledger.seal_session(&before, &session)?));
        let record = Record { actor: actor(&tenant), deed };
        let change = Change {
            sessions,
            users: vec![app.ledger.seal_user(&kept, &user)?],
            businesses: told(&app, &tenant.id, &session).await?,
            audits: vec![app.ledger.record(&tenant.id, Subject::User(id.clone()), &record, app.now())?],
            ..Change::default()
        };
        if app.commit(&tenant.id, &change).await? {
            return Ok(Json(described(user)));
        }
    }
    Err(Fault::Contention.into())
}

/// The other sessions of the onboarding that `reviewed` has decided, with the same review: whichever of
/// them is read, it says how the onboarding stands.
async fn others(app: &App, tenant: &TenantId, reviewed: &Session) -> Result<Vec<SessionChange>, Failure> {
    let mut changes = Vec::new();
    for id in app.store.sessions_of_user(tenant, &reviewed.user).await? {
        let Some(kept) = app.ledger.session(tenant, &id).await? else { continue };
        let same = kept.content.state.origin.onboarding == reviewed.state.origin.onboarding;
        if same && id != reviewed.id && kept.content.completion().is_some() && !kept.content.is_pending() {
            let next = kept.content.clone().reviewed_as(reviewed);
            changes.push(SessionChange::of(app.ledger.seal_session(&kept, &next)?));
        }
    }
    Ok(changes)
}

/// The business of which the person is an owner, with what was decided of them.
async fn told(app: &App, tenant: &TenantId, reviewed: &Session) -> Result<Vec<BusinessRow>, Failure> {
    let Some(id) = &reviewed.state.origin.business else { return Ok(Vec::new()) };
    let kept = app.ledger.business(tenant, id).await?.ok_or(Fault::Missing("the business of a session"))?;
    let mut business = kept.content.clone();
    business.hear(reviewed);
    Ok(vec![app.ledger.seal_business(&kept, &business)?])
}

impl From<ReviewRefused> for Failure {
    fn from(refused: ReviewRefused) -> Self {
        match refused {
            ReviewRefused::NothingDecided => Code::NothingDecided.into(),
            ReviewRefused::ReviewedOtherwise => Code::AlreadyReviewed.into(),
        }
    }
}
