//! `POST /sessions/{session_id}/steps`: a person submits a step.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use vestibule_protocol::field::Raw;
use vestibule_protocol::id::{ClientId, SessionId, SkillName, StepName, UploadId};
use vestibule_protocol::problem::Code;
use vestibule_protocol::session::SubmitStep;
use vestibule_protocol::skill::SkillAddress;

use crate::api::answered;
use crate::api::body::Body;
use crate::api::called::playbook;
use crate::api::complete::{Learned, complete, former};
use crate::api::error::Failure;
use crate::api::login::{self, Page, Submission};
use crate::api::path::Named;
use crate::app::{App, TRIES};
use crate::digest::Digest;
use crate::engine::session::{Session, Upload};
use crate::engine::submit::{Submit, Submitted};
use crate::ledger::Fault;
use crate::limits::Network;
use crate::store::SessionChange;

pub(super) async fn submit(
    State(app): State<Arc<App>>,
    Named(id): Named<SessionId>,
    page: Page,
    network: Network,
    Body(request): Body<SubmitStep>,
) -> Result<Response, Failure> {
    let tenant = app.store.tenant_of_session(&id).await?.ok_or(Code::InvalidSessionId)?;
    let tenant = app.tenant(&tenant).await?;
    if request.client_id.as_ref().is_some_and(|client| *client != tenant.client_id) {
        return Err(Code::InvalidClientId.into());
    }
    let skill = match &request.skill {
        None => None,
        // A session goes on although nobody publishes its skill any more.
        Some(SkillAddress::Name(name)) => Some(name.clone()),
        Some(address) => Some(playbook(&app, &tenant, address).await?.skill),
    };
    let canonical = canonical(&request)?;
    let asked = Submission { tenant: &tenant, request: &request, canonical, page: &page, network };
    take(&app, &asked, &id, skill.as_ref()).await.map(|answer| {
        // The bytes are kept for a replay, so they are written here and not by a type.
        ([(CONTENT_TYPE, "application/json")], answer).into_response()
    })
}

async fn take(
    app: &App,
    asked: &Submission<'_>,
    id: &SessionId,
    skill: Option<&SkillName>,
) -> Result<Vec<u8>, Failure> {
    let (tenant, request, canonical) = (&asked.tenant.id, asked.request, asked.canonical);
    for _ in 0..TRIES {
        let kept = app.ledger.session(tenant, id).await?.ok_or(Code::InvalidSessionId)?;
        if skill.is_some_and(|skill| *skill != kept.content.skill.name) {
            return Err(Code::InvalidSkillName.into());
        }
        if kept.content.skill.step(&request.step).is_some_and(|step| step.kind.is_login()) {
            match login::take(app, asked, &kept).await? {
                Some(answer) => return Ok(answer),
                None => continue,
            }
        }
        let former = former(app, tenant, &kept.content).await?;
        let (current, fresh) = login::ready_kept(app, asked.tenant, &kept, asked.page).await?;
        let submit = Submit {
            nonce: &request.nonce,
            request: canonical,
            step: &request.step,
            data: &request.data,
            former: former.as_ref(),
        };
        let (mut session, answer) = match current.submit(submit, app.lives, app.now(), fresh)? {
            Submitted::Replayed(sealed) => return Ok(answered::again(&request.nonce, id, &sealed)?),
            Submitted::Advanced { .. } if kept.content.state.origin.answers.is_some() && former.is_none() => {
                // What it was to answer is asked for no more.
                return Err(Code::SessionExpired.into());
            }
            Submitted::Advanced { session, answer } => (session, answer),
        };
        let body = answered::remembered(app, &mut session, submit, &answer)?;
        let learned = if session.is_decided_here() {
            complete(app, tenant, &mut session, former.as_ref(), None).await?
        } else {
            Learned::default()
        };
        let mut row = SessionChange::of(app.ledger.seal_session(&kept, &session)?);
        row.steps = vec![answer.step_id];
        let doomed = dropped(&kept.content, &session);
        row.doomed_blobs.clone_from(&doomed);
        answered::note_completion(&mut row, &session);
        if app.commit(tenant, &learned.with(row)).await? {
            app.remove_blobs(tenant, &doomed).await;
            return Ok(body);
        }
    }
    Err(Fault::Contention.into())
}

/// The files that a session had and has no more: those of a submission that another takes the place of,
/// and those of steps that are there no more.
fn dropped(former: &Session, session: &Session) -> Vec<UploadId> {
    let kept: Vec<_> = files(session).collect();
    files(former).filter(|file| !kept.contains(file)).cloned().collect()
}

fn files(session: &Session) -> impl Iterator<Item = &UploadId> {
    session.state.submissions.iter().flat_map(|submission| submission.uploads.iter().flat_map(Upload::blobs))
}

/// The request without what may differ between two that are the same: white space and order.
fn canonical(request: &SubmitStep) -> Result<Digest, Fault> {
    #[derive(Serialize)]
    struct Canonical<'a> {
        client_id: Option<&'a ClientId>,
        skill: Option<&'a SkillAddress>,
        step: &'a StepName,
        data: Vec<(&'a str, &'a Raw)>,
    }
    let mut data: Vec<_> = request.data.iter().collect();
    data.sort_by_key(|(name, _)| *name);
    let canonical = Canonical {
        client_id: request.client_id.as_ref(),
        skill: request.skill.as_ref(),
        step: &request.step,
        data,
    };
    let text = serde_json::to_vec(&canonical).map_err(|error| Fault::Shape(error.to_string()))?;
    Ok(Digest::of(&text))
}
