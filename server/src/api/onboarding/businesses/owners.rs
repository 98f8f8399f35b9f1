//! `GET /businesses/{fp_bid}/owners`: a backend asks who owns a business, and how each of them stands.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use vestibule_protocol::id::BusinessId;
use vestibule_protocol::onboarding::BusinessOwner;
use vestibule_protocol::problem::Code;

use super::owner;
use crate::api::auth::Backend;
use crate::api::error::Failure;
use crate::api::path::Named;
use crate::app::App;

pub(in crate::api::onboarding) async fn list(
    State(app): State<Arc<App>>,
    Backend(tenant): Backend,
    Named(id): Named<BusinessId>,
) -> Result<Json<Vec<BusinessOwner>>, Failure> {
    let kept = app.ledger.business(&tenant.id, &id).await?.ok_or(Code::NotFound)?;
    Ok(Json(kept.content.state.owners.iter().map(owner).collect()))
}
