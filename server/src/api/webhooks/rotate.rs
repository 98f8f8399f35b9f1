//! `POST /webhooks/{endpoint_id}/rotate`: a backend changes the secret that signs. The former signs beside
//! it for a day.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use vestibule_protocol::id::EndpointId;
use vestibule_protocol::problem::Code;
use vestibule_protocol::webhook::Webhook;

use super::shown;
use crate::api::auth::Backend;
use crate::api::error::Failure;
use crate::api::path::Named;
use crate::app::{App, TRIES};
use crate::ledger::Fault;
use crate::store::CommitError;
use crate::webhook::sign::secret;

pub(super) async fn rotate(
    State(app): State<Arc<App>>,
    Backend(tenant): Backend,
    Named(id): Named<EndpointId>,
) -> Result<Json<Webhook>, Failure> {
    let secret = secret(&*app.random);
    for _ in 0..TRIES {
        let kept = app.ledger.endpoint(&tenant.id, &id).await?.ok_or(Code::NotFound)?;
        let now = app.now();
        let rotated = kept.content.clone().rotate(secret.clone(), now);
        let row = app.ledger.seal_endpoint(&kept, &rotated)?;
        match app.store.change_endpoint(&tenant.id, &row).await {
            Ok(()) => return Ok(Json(shown(rotated, Some(secret), now))),
            Err(CommitError::Conflict) => {}
            Err(CommitError::Fault(fault)) => return Err(fault.into()),
        }
    }
    Err(Fault::Contention.into())
}
