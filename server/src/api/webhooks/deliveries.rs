//! `GET /webhooks/deliveries`: a backend reads what has become of telling it.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use schemars::JsonSchema;
use vestibule_protocol::date::Timestamp;
use vestibule_protocol::field::FieldProblem;
use vestibule_protocol::id::{DeliveryId, EndpointId};
use vestibule_protocol::problem::Code;
use vestibule_protocol::webhook::{Deliveries, DeliveryState};

use super::told;
use crate::api::auth::Backend;
use crate::api::error::Failure;
use crate::app::App;
use crate::store::outbox::{DeliveryRow, Selection};

/// How many are on a page unless the caller says otherwise, and at most.
const PAGE: u32 = 50;
const LONGEST_PAGE: u32 = 100;

/// Which deliveries are asked for.
#[derive(Default, JsonSchema)]
pub(super) struct Which {
    /// Those that stand so.
    state: Option<DeliveryState>,
    /// Those to this endpoint.
    endpoint: Option<EndpointId>,
    /// How many at most; 50 unless it is said.
    #[schemars(range(min = 1, max = 100))]
    limit: Option<u32>,
    /// Where the page begins: `next_cursor` of the page before.
    #[schemars(regex(pattern = r"^[1-9][0-9]{0,12}\.dlv_[0-9A-Za-z]{22}$"))]
    cursor: Option<String>,
}

pub(super) async fn list(
    State(app): State<Arc<App>>,
    Backend(tenant): Backend,
    query: Result<Query<Vec<(String, String)>>, QueryRejection>,
) -> Result<Json<Deliveries>, Failure> {
    let Query(query) = query.map_err(|_| Code::UnknownFields)?;
    let which = read(query)?;
    let after = which.cursor.as_deref().map(place).transpose()?;
    let page = which.limit.unwrap_or(PAGE);
    // One more than is shown says whether there is another page.
    let selection = Selection { state: which.state, endpoint: which.endpoint, after, limit: page + 1 };
    let mut rows = app.store.deliveries(&tenant.id, &selection).await?;
    let there_are_more = rows.len() > page as usize;
    rows.truncate(page as usize);
    let next_cursor = rows.last().filter(|_| there_are_more).map(cursor);
    Ok(Json(Deliveries { deliveries: rows.into_iter().map(told).collect(), next_cursor }))
}

fn read(query: Vec<(String, String)>) -> Result<Which, Failure> {
    let mut which = Which::default();
    for (name, text) in query {
        let refused = |problem| Failure::field(Code::InvalidField, &name, problem);
        let no_option = || refused(FieldProblem::NotAnOption);
        match name.as_str() {
            "state" => which.state = Some(DeliveryState::from_text(&text).ok_or_else(no_option)?),
            "endpoint" => which.endpoint = Some(text.parse().map_err(|_| no_option())?),
            "limit" => which.limit = Some(limit(&text).map_err(refused)?),
            "cursor" => which.cursor = Some(text),
            _ => {
                let name: String = name.chars().take(64).collect();
                return Err(Failure::field(Code::UnknownFields, &name, FieldProblem::Unknown));
            }
        }
    }
    Ok(which)
}

fn limit(text: &str) -> Result<u32, FieldProblem> {
    match text.parse().map_err(|_| FieldProblem::WrongType)? {
        0 => Err(FieldProblem::TooSmall),
        limit if limit > LONGEST_PAGE => Err(FieldProblem::TooLarge),
        limit => Ok(limit),
    }
}

/// Where the page after this delivery begins.
fn cursor(last: &DeliveryRow) -> String {
    format!("{}.{}", last.created_at.millis(), last.id)
}

fn place(cursor: &str) -> Result<(Timestamp, DeliveryId), Failure> {
    let read = || {
        let (at, id) = cursor.split_once('.')?;
        Some((Timestamp::from_millis(at.parse().ok()?), id.parse().ok()?))
    };
    read().ok_or_else(|| Failure::field(Code::InvalidField, "cursor", FieldProblem::NotAnOption))
}
