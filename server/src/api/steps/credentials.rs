//! `GET` and `DELETE /credentials/{credentials_id}`: a backend reads what was collected, or erases it.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use vestibule_protocol::field::Raw;
use vestibule_protocol::id::{CredentialsId, ExternalId, SessionId, TenantId};
use vestibule_protocol::login::SKIP;
use vestibule_protocol::problem::Code;
use vestibule_protocol::session::{CollectedStep, CollectedUpload, Credentials};
use vestibule_protocol::submission::{DOCUMENT_KIND, Data};

use crate::api::auth::Bearer;
use crate::api::error::Failure;
use crate::api::path::Named;
use crate::app::{App, TRIES};
use crate::engine::session::{Given, Session, Stage, Submission};
use crate::ledger::Fault;
use crate::store::Change;

pub(super) async fn read(
    State(app): State<Arc<App>>,
    bearer: Bearer,
    Named(id): Named<CredentialsId>,
) -> Result<Json<Credentials>, Failure> {
    let (tenant, session) = locate(&app, &bearer, &id).await?;
    let kept = app.ledger.session(&tenant, &session).await?.ok_or(Code::NotFound)?;
    let user = app.ledger.user(&tenant, &kept.content.user).await?;
    let name = user.and_then(|user| user.content.external_id);
    describe(id, kept.content, name).map(Json).ok_or(Code::NotFound.into())
}

pub(super) async fn erase(
    State(app): State<Arc<App>>,
    bearer: Bearer,
    Named(id): Named<CredentialsId>,
) -> Result<StatusCode, Failure> {
    let (tenant, session) = locate(&app, &bearer, &id).await?;
    for _ in 0..TRIES {
        let kept = app.ledger.session(&tenant, &session).await?.ok_or(Code::NotFound)?;
        let row = app.ledger.seal_session(&kept, &kept.content)?;
        let user = match app.ledger.user(&tenant, &kept.content.user).await? {
            Some(known) => {
                let mut user = known.content.clone();
                user.forget(&session);
                Some(app.ledger.seal_user(&known, &user)?)
            }
            None => None,
        };
        let change = Change { users: Vec::from_iter(user), ..Change::default() };
        if let Some(blobs) = app.erase(&tenant, &row, &change).await? {
            app.remove_blobs(&tenant, &blobs).await;
            return Ok(StatusCode::NO_CONTENT);
        }
    }
    Err(Fault::Contention.into())
}

/// The session whose collection a token reads. A good token of other credentials finds nothing here.
async fn locate(app: &App, bearer: &Bearer, id: &CredentialsId) -> Result<(TenantId, SessionId), Failure> {
    let found = app.store.credentials_of_token(&bearer.digest).await?;
    let (tenant, readable) = found.ok_or(Code::InvalidToken)?;
    if readable != *id {
        return Err(Code::NotFound.into());
    }
    let session = app.store.session_of_credentials(&tenant, id).await?.ok_or(Code::NotFound)?;
    Ok((tenant, session))
}

fn describe(id: CredentialsId, session: Session, name: Option<ExternalId>) -> Option<Credentials> {
    let Stage::Completed(completion) = &session.state.stage else { return None };
    Some(Credentials {
        credentials_id: id,
        session_id: session.id.clone(),
        skill: session.skill.name.clone(),
        fp_id: session.user.clone(),
        tenant_user_id: name,
        completed_at: completion.at,
        outcome: completion.standing(),
        steps: session.submissions_in_order().map(|(_, submission)| collected(submission)).collect(),
        auth_events: session.state.login.events.clone(),
    })
}

fn collected(submission: &Submission) -> CollectedStep {
    let mut data = Data::default();
    match &submission.given {
        Given::Form(values) => {
            values.iter().for_each(|(name, value)| data.push(name.as_str(), value.to_raw()))
        }
        Given::Consent(agreed) => {
            agreed.iter().for_each(|(name, version)| data.push(name.as_str(), Raw::Text(version.clone())));
        }
        Given::Document(kind) => data.push(DOCUMENT_KIND, kind.as_str().into()),
        Given::LoggedIn(method) => data.push("method", method.as_str().into()),
        Given::Passkey(Some(reason)) => data.push(SKIP, reason.as_str().into()),
        Given::Selfie | Given::Review | Given::Passkey(None) | Given::LoginMethods => {}
    }
    let uploads = submission.uploads.iter().map(|upload| CollectedUpload {
        upload_id: upload.id.clone(),
        name: upload.name,
        media_type: upload.media_type,
        bytes: upload.bytes,
    });
    CollectedStep {
        step_id: submission.id.clone(),
        step: submission.step.clone(),
        submitted_at: submission.at,
        data,
        uploads: uploads.collect(),
    }
}
