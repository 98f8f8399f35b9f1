//! `DELETE /webhooks/{endpoint_id}`: a backend wants to be told no more. What was on its way is dropped.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use vestibule_protocol::id::EndpointId;
use vestibule_protocol::problem::Code;

use crate::api::auth::Backend;
use crate::api::error::Failure;
use crate::api::path::Named;
use crate::app::App;

pub(super) async fn delete(
    State(app): State<Arc<App>>,
    Backend(tenant): Backend,
    Named(id): Named<EndpointId>,
) -> Result<StatusCode, Failure> {
    let removed = app.store.remove_endpoint(&tenant.id, &id).await?;
    if removed { Ok(StatusCode::NO_CONTENT) } else { Err(Code::NotFound.into()) }
}
