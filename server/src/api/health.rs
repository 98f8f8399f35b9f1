//! Whether the server runs, and whether it can answer.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;
use vestibule_protocol::problem::Code;

use super::error::Failure;
use crate::app::App;

#[derive(Serialize)]
struct Health {
    status: &'static str,
}

/// `GET /healthz` says that the process runs; `GET /readyz` that its store answers.
pub fn calls() -> Router<Arc<App>> {
    Router::new().route("/healthz", get(healthz)).route("/readyz", get(readyz))
}

async fn healthz() -> (StatusCode, Json<Health>) {
    (StatusCode::OK, Json(Health { status: "ok" }))
}

async fn readyz(State(app): State<Arc<App>>) -> Result<Json<Health>, Failure> {
    match app.store.ping().await {
        Ok(()) => Ok(Json(Health { status: "ok" })),
        Err(fault) => {
            tracing::error!(%fault, "the store does not answer");
            Err(Code::Unavailable.into())
        }
    }
}
