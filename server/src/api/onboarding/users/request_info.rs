//! `POST` and `DELETE /users/{fp_id}/request_info`: a reviewer asks a person for more, or withdraws it.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use vestibule_protocol::field::FieldProblem;
use vestibule_protocol::id::{PlaybookKey, UserId};
use vestibule_protocol::onboarding::{RequestInfo, User};
use vestibule_protocol::problem::Code;

use super::described;
use crate::api::auth::{Backend, actor};
use crate::api::body::Body;
use crate::api::error::Failure;
use crate::api::path::Named;
use crate::api::wording;
use crate::app::{App, TRIES};
use crate::engine::audit::{Deed, Record};
use crate::engine::onboarding::AskRefused;
use crate::ledger::Fault;
use crate::store::audit::Subject;
use crate::store::{Change, Tenant};

pub(in crate::api::onboarding) async fn ask(
    State(app): State<Arc<App>>,
    Backend(tenant): Backend,
    Named(id): Named<UserId>,
    Body(request): Body<RequestInfo>,
) -> Result<Json<User>, Failure> {
    let note = wording::note(&request.note)?;
    if let Some(key) = &request.key {
        known(&app, &tenant, key).await?;
    }
    for _ in 0..TRIES {
        let kept = app.ledger.user(&tenant.id, &id).await?.ok_or(Code::NotFound)?;
        let mut user = kept.content.clone();
        let onboarding = user.decided_onto(request.key.as_ref()).ok_or(Code::NothingDecided)?.clone();
        let session = app.ledger.session(&tenant.id, &onboarding.session).await?;
        let session = session.ok_or(Fault::Missing("the session of an onboarding"))?.content;
        user.ask(&onboarding.id, &session.skill, &request.steps, note.clone(), app.now())?;
        let steps = user.state.info_request.as_ref().map(|asked| asked.steps.clone()).unwrap_or_default();
        let deed = Deed::InfoRequested { steps, note: note.clone() };
        let record = Record { actor: actor(&tenant), deed };
        let change = Change {
            users: vec![app.ledger.seal_user(&kept, &user)?],
            audits: vec![app.ledger.record(&tenant.id, Subject::User(id.clone()), &record, app.now())?],
            ..Change::default()
        };
        if app.commit(&tenant.id, &change).await? {
            return Ok(Json(described(user)));
        }
    }
    Err(Fault::Contention.into())
}

pub(in crate::api::onboarding) async fn withdraw(
    State(app): State<Arc<App>>,
    Backend(tenant): Backend,
    Named(id): Named<UserId>,
) -> Result<StatusCode, Failure> {
    for _ in 0..TRIES {
        let kept = app.ledger.user(&tenant.id, &id).await?.ok_or(Code::NotFound)?;
        let mut user = kept.content.clone();
        if user.state.info_request.take().is_none() {
            return Ok(StatusCode::NO_CONTENT);
        }
        let record = Record { actor: actor(&tenant), deed: Deed::InfoRequestWithdrawn };
        let change = Change {
            users: vec![app.ledger.seal_user(&kept, &user)?],
            audits: vec![app.ledger.record(&tenant.id, Subject::User(id.clone()), &record, app.now())?],
            ..Change::default()
        };
        if app.commit(&tenant.id, &change).await? {
            return Ok(StatusCode::NO_CONTENT);
        }
    }
    Err(Fault::Contention.into())
}

/// Whether the tenant has such a playbook.
async fn known(app: &App, tenant: &Tenant, key: &PlaybookKey) -> Result<(), Failure> {
    if key.as_str().starts_with("pb_test_") != tenant.sandbox {
        return Err(Failure::field(Code::SandboxMismatch, "key", FieldProblem::NotAnOption));
    }
    let found = app.store.playbook(&tenant.id, key).await?;
    found.map(|_| ()).ok_or(Code::InvalidPlaybookKey.into())
}

impl From<AskRefused> for Failure {
    fn from(refused: AskRefused) -> Self {
        match refused {
            AskRefused::NothingDecided => Code::NothingDecided.into(),
            AskRefused::NoSteps => Failure::field(Code::MissingFields, "steps", FieldProblem::Required),
            AskRefused::NoSuchStep(_) => {
                Failure::field(Code::InvalidField, "steps", FieldProblem::NotAnOption)
            }
        }
    }
}
