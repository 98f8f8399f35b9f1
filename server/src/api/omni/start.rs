//! `POST /omni/start`: a backend starts a session, or asks for a fresh token of one that has begun.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use vestibule_protocol::field::FieldProblem;
use vestibule_protocol::id::InterviewId;
use vestibule_protocol::omni::{CustomFields, Environment, FlowType, InterviewStarted, StartInterview};
use vestibule_protocol::onboarding::Reference;
use vestibule_protocol::problem::Code;
use vestibule_protocol::secret::SessionToken;

use crate::api::auth::OmniBackend;
use crate::api::begin::{Begin, Repeat, begin};
use crate::api::body::Body;
use crate::api::error::Failure;
use crate::api::redirect::{Plain, redirect};
use crate::app::App;
use crate::engine::omni::{Said, bootstrap, contradicted, document_limits, interview_code, selfie_limits};
use crate::engine::session::{Remarks, Session, Starter};
use crate::ledger::Fault;
use crate::store::Tenant;

pub(super) async fn start(
    State(app): State<Arc<App>>,
    OmniBackend(tenant): OmniBackend,
    Body(request): Body<StartInterview>,
) -> Result<Json<InterviewStarted>, Failure> {
    let playbook = app.store.playbook_of_configuration(&tenant.id, &request.configuration_id).await?;
    let playbook = playbook.ok_or(Code::InvalidConfigurationId)?;
    let redirect_url = redirect_url(&request, &tenant)?;
    let custom_fields = request.custom_fields.clone().unwrap_or_default();
    let custom = CustomFields::parse(&custom_fields)
        .map_err(|refused| Failure::Refused { code: Code::InvalidField, fields: vec![refused] })?;
    let person = request.external_customer_id.map(|name| Reference::External(name.0));
    let remarks = Remarks { language: request.language, countries: request.country_code, custom };
    let begin_with = Begin {
        tenant: &tenant,
        starter: Starter::Omni,
        playbook,
        person: person.as_ref(),
        business: None,
        repeat: Repeat::Anew,
        sandbox_outcome: None,
        redirect_url,
        remarks,
        known: false,
        bootstrap: &bootstrap(&custom_fields),
    };
    if let Some(interview) = &request.interview_id {
        let session = begun_with(&app, interview, &begin_with).await?;
        return Ok(Json(started(&app, &tenant, &session, app.issue_token(&session), true)));
    }
    let begun = begin(&app, &begin_with).await?;
    Ok(Json(started(&app, &tenant, &begun.session, begun.token, false)))
}

/// A session that has begun, for which a fresh token is asked. It goes on as it began: who says otherwise
/// is refused.
async fn begun_with(app: &App, interview: &InterviewId, asked: &Begin<'_>) -> Result<Session, Failure> {
    let tenant = &asked.tenant.id;
    let located = app.store.session_of_interview(interview).await?;
    let (_, id) = located.filter(|(owner, _)| owner == tenant).ok_or(Code::InvalidInterviewId)?;
    let session = app.ledger.session(tenant, &id).await?.ok_or(Code::InvalidInterviewId)?.content;
    let user = app.ledger.user(tenant, &session.user).await?;
    let name = user.ok_or(Fault::Missing("the person of a session"))?.content.external_id;
    let customer = asked.person.and_then(|person| match person {
        Reference::External(name) => Some(name),
        Reference::Id(_) | Reference::Both(..) => None,
    });
    let said = Said {
        playbook: &asked.playbook.key,
        customer,
        redirect_url: asked.redirect_url.as_deref(),
        remarks: &asked.remarks,
    };
    if let Some(member) = contradicted(&session, name.as_ref(), &said) {
        return Err(Failure::field(Code::InvalidField, member, FieldProblem::NotAnOption));
    }
    if session.is_expired(app.now()) {
        return Err(Code::SessionExpired.into());
    }
    Ok(session)
}

/// Where the hosted page goes in the end. The family's own documents show `http`, so the sandbox takes
/// it of any host; a real person is not sent where anybody on the way can write the page.
fn redirect_url(request: &StartInterview, tenant: &Tenant) -> Result<Option<String>, Failure> {
    let plain = if tenant.sandbox { Plain::Anywhere } else { Plain::Here };
    let parsed = |url: &Option<String>, field| url.clone().map(|url| redirect(url, plain, field)).transpose();
    let one = parsed(&request.redirect_url, "redirectUrl")?;
    let other = parsed(&request.redirection_url, "redirectionUrl")?;
    match (one, other) {
        (Some(one), Some(other)) if one != other => {
            Err(Failure::field(Code::InvalidField, "redirectionUrl", FieldProblem::NotAnOption))
        }
        (one, other) => Ok(one.or(other)),
    }
}

fn started(
    app: &App,
    tenant: &Tenant,
    session: &Session,
    token: SessionToken,
    existing: bool,
) -> InterviewStarted {
    let (document, selfie) = (document_limits(&session.skill), selfie_limits(&session.skill));
    // A picture may come as long as the nonce of its step lives.
    let seconds = u32::try_from(app.lives.nonce).unwrap_or(u32::MAX);
    InterviewStarted {
        interview_id: session.interview(),
        token,
        interview_code: interview_code(session),
        flow_type: FlowType::Flow,
        id_capture_timeout: document.map(|_| seconds),
        id_capture_retries: document.map(|limits| limits.attempts),
        selfie_capture_timeout: selfie.map(|_| seconds),
        selfie_capture_retries: selfie.map(|limits| limits.attempts),
        client_id: tenant.client_id.clone(),
        env: if tenant.sandbox { Environment::Demo } else { Environment::Live },
        existing_session: existing,
        end_screen_title: None,
        end_screen_text: None,
    }
}
