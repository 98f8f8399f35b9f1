//! `POST /sessions`: a web page starts a session of its own.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use vestibule_protocol::onboarding::Reference;
use vestibule_protocol::session::{CreateSession, SessionAnswer};
use vestibule_protocol::submission::Data;

use crate::api::auth;
use crate::api::begin::{Begin, Repeat, begin_open};
use crate::api::body::Body;
use crate::api::called::playbook;
use crate::api::error::Failure;
use crate::api::login::Page;
use crate::app::App;
use crate::engine::session::{Remarks, Starter};

pub(super) async fn create(
    State(app): State<Arc<App>>,
    page: Page,
    Body(request): Body<CreateSession>,
) -> Result<Json<SessionAnswer>, Failure> {
    let tenant = auth::page(&app, &request.client_id, &request.client_app_key).await?;
    let playbook = playbook(&app, &tenant, &request.skill).await?;
    let person = request.tenant_user_id.map(Reference::External);
    let begin = Begin {
        tenant: &tenant,
        starter: Starter::Page,
        playbook,
        person: person.as_ref(),
        business: None,
        repeat: Repeat::Anew,
        sandbox_outcome: request.sandbox_outcome,
        redirect_url: None,
        remarks: Remarks::default(),
        known: false,
        bootstrap: &Data::default(),
    };
    begin_open(&app, &begin, &page).await.map(Json)
}
