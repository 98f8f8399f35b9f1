//! `GET /users`: a backend looks for a person by its own name for them, or lists people, as for a
//! reviewer's queue.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use vestibule_protocol::field::FieldProblem;
use vestibule_protocol::id::{ExternalId, UserId};
use vestibule_protocol::onboarding::{List, ListUsers, User};
use vestibule_protocol::problem::Code;

use super::described;
use crate::api::auth::Backend;
use crate::api::error::Failure;
use crate::api::onboarding::page::{limit, split};
use crate::api::query::Asked;
use crate::app::App;
use crate::store::people::Chosen;
use crate::store::{Page, Tenant};

pub(in crate::api::onboarding) async fn list(
    State(app): State<Arc<App>>,
    Backend(tenant): Backend,
    Asked(asked): Asked<ListUsers>,
) -> Result<Json<List<User>>, Failure> {
    let limit = limit(asked.limit)?;
    let chosen = Chosen { status: asked.status, requires_manual_review: asked.requires_manual_review };
    match &asked.external_id {
        Some(name) => called(&app, &tenant, name, chosen).await,
        None => page(&app, &tenant, chosen, asked.cursor.as_ref(), limit).await,
    }
    .map(Json)
}

/// The one whom the tenant calls so, if there is one and they are among the chosen.
async fn called(
    app: &App,
    tenant: &Tenant,
    name: &ExternalId,
    chosen: Chosen,
) -> Result<List<User>, Failure> {
    let found = app.ledger.user_called(&tenant.id, name).await?.map(|kept| kept.content);
    let found = found.filter(|user| chosen.includes(user.standing()));
    Ok(List { data: found.into_iter().map(described).collect(), next: None })
}

async fn page(
    app: &App,
    tenant: &Tenant,
    chosen: Chosen,
    after: Option<&UserId>,
    limit: u32,
) -> Result<List<User>, Failure> {
    let rows = app.store.users(&tenant.id, chosen, Page { after, most: limit + 1 }).await?;
    let rows = rows.ok_or_else(|| Failure::field(Code::InvalidField, "cursor", FieldProblem::NotAnOption))?;
    let (rows, next) = split(rows, limit, |row| row.id.to_string());
    let people = rows.into_iter().map(|row| Ok(described(app.ledger.open_user(row)?.content)));
    Ok(List { data: people.collect::<Result<_, Failure>>()?, next })
}
