//! `GET /omni/sessions`: a backend lists the sessions of one customer.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use schemars::JsonSchema;
use serde::Deserialize;
use vestibule_protocol::omni::{CustomerId, ListedInterview};

use crate::api::auth::OmniBackend;
use crate::api::error::Failure;
use crate::api::query::Asked;
use crate::app::App;
use crate::engine::omni::{interview_code, status};
use crate::engine::session::Session;
use crate::ledger::Fault;
use crate::store::Tenant;

/// The most sessions of one answer: the latest ones.
const MOST: usize = 100;

/// Whose sessions.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct OfCustomer {
    /// Your own name for the customer.
    external_customer_id: CustomerId,
}

pub(super) async fn list(
    State(app): State<Arc<App>>,
    OmniBackend(tenant): OmniBackend,
    Asked(OfCustomer { external_customer_id: CustomerId(name) }): Asked<OfCustomer>,
) -> Result<Json<Vec<ListedInterview>>, Failure> {
    let Some(user) = app.ledger.user_called(&tenant.id, &name).await? else { return Ok(Json(Vec::new())) };
    let mut sessions = Vec::new();
    for id in app.store.sessions_of_user(&tenant.id, &user.content.id).await?.iter().take(MOST) {
        // One that was erased since is no more in the list either.
        if let Some(kept) = app.ledger.session(&tenant.id, id).await? {
            sessions.extend(listed(&app, &tenant, kept.content.decide_late(app.now())).await?);
        }
    }
    Ok(Json(sessions))
}

/// A session as it is listed; `None` for one in which a person changes how they log in.
async fn listed(app: &App, tenant: &Tenant, session: Session) -> Result<Option<ListedInterview>, Failure> {
    let Some(playbook) = &session.state.origin.playbook else { return Ok(None) };
    let playbook = app.store.playbook(&tenant.id, playbook).await?;
    Ok(Some(ListedInterview {
        interview_id: session.interview(),
        interview_code: interview_code(&session),
        configuration_id: playbook.ok_or(Fault::Missing("the playbook of a session"))?.configuration,
        onboarding_status: status(&session, app.now()),
        started_at: session.created_at.millis(),
        expires_at: session.expires_at.millis(),
        completed_at: session.completion().map(|completion| completion.at.millis()),
        language: session.state.remarks.language,
        country_code: session.state.remarks.countries,
        custom_fields: session.state.remarks.custom,
    }))
}
