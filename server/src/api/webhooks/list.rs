//! `GET /webhooks`: a backend reads where it is told.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use vestibule_protocol::webhook::Webhooks;

use super::shown;
use crate::api::auth::Backend;
use crate::api::error::Failure;
use crate::app::App;

pub(super) async fn list(
    State(app): State<Arc<App>>,
    Backend(tenant): Backend,
) -> Result<Json<Webhooks>, Failure> {
    let endpoints = app.ledger.endpoints(&tenant.id).await?;
    let now = app.now();
    Ok(Json(Webhooks {
        webhooks: endpoints.into_iter().map(|endpoint| shown(endpoint, None, now)).collect(),
    }))
}
