//! `GET /users/{fp_id}` and `GET /users/{fp_id}/vault`: a backend asks how a person stands, and which of
//! their data there are.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use schemars::JsonSchema;
use serde::Deserialize;
use vestibule_protocol::field::FieldProblem;
use vestibule_protocol::id::UserId;
use vestibule_protocol::onboarding::{InfoRequest, User, VaultPresence};
use vestibule_protocol::problem::Code;

use crate::api::auth::Backend;
use crate::api::error::Failure;
use crate::api::path::Named;
use crate::app::App;

pub(super) async fn read(
    State(app): State<Arc<App>>,
    Backend(tenant): Backend,
    Named(id): Named<UserId>,
) -> Result<Json<User>, Failure> {
    let user = app.ledger.user(&tenant.id, &id).await?.ok_or(Code::NotFound)?.content;
    Ok(Json(User {
        id: user.id,
        external_id: user.external_id,
        status: user.state.status,
        requires_manual_review: user.state.requires_manual_review,
        requires_additional_info: user
            .state
            .info_request
            .map(|request| InfoRequest { timestamp: request.at, note: request.note }),
    }))
}

/// What is asked of a vault.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Fields {
    /// Which data identifiers are asked for, separated by commas. Without it: all that there are.
    fields: Option<String>,
}

pub(super) async fn vault(
    State(app): State<Arc<App>>,
    Backend(tenant): Backend,
    Named(id): Named<UserId>,
    query: Result<Query<Fields>, QueryRejection>,
) -> Result<Json<VaultPresence>, Failure> {
    let unknown = |_| Failure::field(Code::UnknownFields, "query", FieldProblem::Unknown);
    let Query(Fields { fields }) = query.map_err(unknown)?;
    let vault = app.ledger.user(&tenant.id, &id).await?.ok_or(Code::NotFound)?.content.state.vault;
    Ok(Json(VaultPresence(match fields {
        Some(fields) => fields
            .split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .map(|name| (name.into(), vault.has(name)))
            .collect(),
        None => vault.names().map(|name| (name.to_string(), true)).collect(),
    })))
}
