//! `GET /users/{fp_id}`: a backend asks how a person stands.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use vestibule_protocol::id::UserId;
use vestibule_protocol::onboarding::User;
use vestibule_protocol::problem::Code;

use super::described;
use crate::api::auth::Backend;
use crate::api::error::Failure;
use crate::api::path::Named;
use crate::app::App;

pub(in crate::api::onboarding) async fn read(
    State(app): State<Arc<App>>,
    Backend(tenant): Backend,
    Named(id): Named<UserId>,
) -> Result<Json<User>, Failure> {
    let user = app.ledger.user(&tenant.id, &id).await?.ok_or(Code::NotFound)?;
    Ok(Json(described(user.content)))
}
