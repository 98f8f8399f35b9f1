//! `POST /sessions/hosted`: the hosted page starts a session for whoever follows a tenant's static link.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use vestibule_protocol::problem::Code;
use vestibule_protocol::session::{HostSession, SessionAnswer};
use vestibule_protocol::submission::Data;

use crate::api::begin::{Begin, Repeat, begin_open};
use crate::api::body::Body;
use crate::api::error::Failure;
use crate::api::login::Page;
use crate::app::App;
use crate::engine::session::{Remarks, Starter};
use crate::ledger::Fault;
use crate::limits::Network;

/// Nobody needs a key for it, so what one network may start is limited.
pub(super) async fn host(
    State(app): State<Arc<App>>,
    page: Page,
    network: Network,
    Body(request): Body<HostSession>,
) -> Result<Json<SessionAnswer>, Failure> {
    let tenant = app.store.tenant_of_configuration(&request.configuration_id).await?;
    let tenant = app.tenant(&tenant.ok_or(Code::InvalidConfigurationId)?).await?;
    let playbook = app.store.playbook_of_configuration(&tenant.id, &request.configuration_id).await?;
    app.hosted_starts.take(network, app.now()).map_err(Failure::TooMany)?;
    let begin = Begin {
        tenant: &tenant,
        starter: Starter::Omni,
        playbook: playbook.ok_or(Fault::Missing("a playbook that was there"))?,
        person: None,
        business: None,
        repeat: Repeat::Anew,
        sandbox_outcome: None,
        redirect_url: None,
        remarks: Remarks::default(),
        known: false,
        bootstrap: &Data::default(),
    };
    begin_open(&app, &begin, &page).await.map(Json)
}
