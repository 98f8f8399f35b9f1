//! `GET /businesses`: a backend looks for a business by its own name for it, or lists businesses.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use vestibule_protocol::onboarding::{Business, List, ListBusinesses};

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
    Asked(asked): Asked<ListBusinesses>,
) -> Result<Json<List<Business>>, Failure> {
    let limit = limit(asked.limit)?;
    let chosen = Chosen { status: asked.status, requires_manual_review: asked.requires_manual_review };
    if let Some(name) = &asked.external_id {
        let found = app.ledger.business_called(&tenant.id, name).await?.map(|kept| kept.content);
        let found = found.filter(|business| chosen.includes(business.standing()));
        return Ok(Json(List { data: found.iter().map(described).collect(), next: None }));
    }
    let page = Page { after: asked.cursor.as_ref(), most: limit + 1 };
    let rows = app.store.businesses(&tenant.id, chosen, page).await?;
    listed(rows, limit, |row| Ok(described(&app.ledger.open_business(row)?.content))).map(Json)
}
