//! `GET /businesses/{fp_bid}`: a backend asks how a business stands.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use vestibule_protocol::id::BusinessId;
use vestibule_protocol::onboarding::Business;
use vestibule_protocol::problem::Code;

use super::described;
use crate::api::auth::Backend;
use crate::api::error::Failure;
use crate::api::path::Named;
use crate::app::App;

pub(in crate::api::onboarding) async fn read(
    State(app): State<Arc<App>>,
    Backend(tenant): Backend,
    Named(id): Named<BusinessId>,
) -> Result<Json<Business>, Failure> {
    let kept = app.ledger.business(&tenant.id, &id).await?.ok_or(Code::NotFound)?;
    Ok(Json(described(&kept.content)))
}
