//! `GET /users/{fp_id}/vault` and `GET /businesses/{fp_bid}/vault`: a backend asks which data there are.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use vestibule_protocol::onboarding::{ReadVault, VaultPresence};

use super::Right;
use super::holder::Holder;
use crate::api::auth::Backend;
use crate::api::error::Failure;
use crate::api::path::{InPath, Named};
use crate::api::query::Asked;
use crate::app::App;
use crate::store::audit::Subject;

pub(in crate::api::onboarding) async fn read<I: InPath + Into<Subject>>(
    State(app): State<Arc<App>>,
    Backend(tenant): Backend,
    Named(id): Named<I>,
    Asked(asked): Asked<ReadVault>,
) -> Result<Json<VaultPresence>, Failure> {
    let holder = Holder::of(&app, &Right::of_backend(&tenant, id)).await?;
    let vault = holder.vault();
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
