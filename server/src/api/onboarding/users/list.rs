//! `GET /users`: a backend looks for a person by its own name for them, or lists people, as for a
//! reviewer's queue.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use vestibule_protocol::onboarding::{List, ListUsers, User};

use super::described;
use crate::api::auth::Backend;
use crate::api::error::Failure;
use crate::api::onboarding::page::{limit, listed};
use crate::api::query::Asked;
use crate::app::App;
use crate::store::Page;
use crate::store::people::Chosen;

pub(in crate::api::onboarding) async fn list(
    State(app): State<Arc<App>>,
    Backend(tenant): Backend,
    Asked(asked): Asked<ListUsers>,
) -> Result<Json<List<User>>, Failure> {
    let limit = limit(asked.limit)?;
    let chosen = Chosen { status: asked.status, requires_manual_review: asked.requires_manual_review };
    if let Some(name) = &asked.external_id {
        let found = app.ledger.user_called(&tenant.id, name).await?.map(|kept| kept.content);
        let found = found.filter(|user| chosen.includes(user.standing()));
        return Ok(Json(List { data: found.into_iter().map(described).collect(), next: None }));
    }
    let page = Page { after: asked.cursor.as_ref(), most: limit + 1 };
    let rows = app.store.users(&tenant.id, chosen, page).await?;
    listed(rows, limit, |row| Ok(described(app.ledger.open_user(row)?.content))).map(Json)
}
