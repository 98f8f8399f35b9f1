//! `GET /users/{fp_id}/vault`: a backend asks which data of a person there are.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use vestibule_protocol::id::UserId;
use vestibule_protocol::onboarding::{ReadVault, VaultPresence};
use vestibule_protocol::problem::Code;

use crate::api::auth::Backend;
use crate::api::error::Failure;
use crate::api::path::Named;
use crate::api::query::Asked;
use crate::app::App;

pub(in crate::api::onboarding) async fn read(
    State(app): State<Arc<App>>,
    Backend(tenant): Backend,
    Named(id): Named<UserId>,
    Asked(asked): Asked<ReadVault>,
) -> Result<Json<VaultPresence>, Failure> {
    let vault = app.ledger.user(&tenant.id, &id).await?.ok_or(Code::NotFound)?.content.state.vault;
    Ok(Json(VaultPresence(match asked.fields {
        Some(fields) => fields
            .split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .map(|name| (name.into(), vault.has(name)))
            .collect(),
        None => vault.names().map(|name| (name.to_string(), true)).collect(),
    })))
}
