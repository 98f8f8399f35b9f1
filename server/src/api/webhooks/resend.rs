//! `POST /webhooks/deliveries/{delivery_id}/resend`: a backend asks for an event once more.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use vestibule_protocol::id::DeliveryId;
use vestibule_protocol::problem::Code;
use vestibule_protocol::webhook::Delivery;

use super::told;
use crate::api::auth::Backend;
use crate::api::error::Failure;
use crate::api::path::Named;
use crate::app::App;

pub(super) async fn resend(
    State(app): State<Arc<App>>,
    Backend(tenant): Backend,
    Named(id): Named<DeliveryId>,
) -> Result<Json<Delivery>, Failure> {
    let delivery = app.store.resend(&tenant.id, &id, app.now()).await?.ok_or(Code::NotFound)?;
    app.bell.ring();
    Ok(Json(told(delivery)))
}
