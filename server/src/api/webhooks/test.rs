//! `POST /webhooks/{endpoint_id}/test`: a backend tries whether events arrive.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use vestibule_protocol::id::EndpointId;
use vestibule_protocol::problem::Code;
use vestibule_protocol::webhook::Delivery;

use super::told;
use crate::api::auth::Backend;
use crate::api::error::Failure;
use crate::api::path::Named;
use crate::app::App;
use crate::ledger::Letter;
use crate::webhook::payload::Payload;

/// It is about nobody, so it waits behind nothing but another test.
pub(super) async fn test(
    State(app): State<Arc<App>>,
    Backend(tenant): Backend,
    Named(id): Named<EndpointId>,
) -> Result<Json<Delivery>, Failure> {
    let endpoint = app.store.endpoint(&tenant.id, &id).await?.ok_or(Code::NotFound)?;
    let at = app.now();
    let letter = Letter { subject: id.as_str(), family: endpoint.family, payload: &Payload::test(at), at };
    let message = app.ledger.new_message(&letter)?;
    let delivery = app.store.post_to(&tenant.id, &id, &message).await?.ok_or(Code::NotFound)?;
    app.bell.ring();
    Ok(Json(told(delivery)))
}
