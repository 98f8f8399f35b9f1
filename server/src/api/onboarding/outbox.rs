//! `GET /dev/outbox`: whoever tries the sandbox reads what people would have been sent.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use vestibule_protocol::onboarding::OutboxLetter;
use vestibule_protocol::problem::Code;

use crate::api::auth::Backend;
use crate::api::error::Failure;
use crate::app::App;

pub(super) async fn read(
    State(app): State<Arc<App>>,
    Backend(tenant): Backend,
) -> Result<Json<Vec<OutboxLetter>>, Failure> {
    if tenant.sandbox { Ok(Json(app.notifier.outbox.of(&tenant.id))) } else { Err(Code::NotFound.into()) }
}
