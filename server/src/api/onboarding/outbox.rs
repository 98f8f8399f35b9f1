//! `GET /dev/outbox`: whoever tries the sandbox reads what people would have been sent, as JSON, or in a
//! browser as a page.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::{ACCEPT, VARY};
use axum::response::{IntoResponse, Response};
use vestibule_protocol::problem::Code;

use crate::api::auth::Backend;
use crate::api::error::Failure;
use crate::app::App;
use crate::notify::page::page;

pub(super) async fn read(
    State(app): State<Arc<App>>,
    Backend(tenant): Backend,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    if !tenant.sandbox {
        return Err(Code::NotFound.into());
    }
    let letters = app.notifier.outbox.of(&tenant.id);
    let answer =
        if wants_page(&headers) { page(&tenant.name, &letters) } else { Json(letters).into_response() };
    Ok(([(VARY, "accept")], answer).into_response())
}

fn wants_page(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(ACCEPT).iter().filter_map(|line| line.to_str().ok());
    accepted
        .flat_map(|line| line.split(','))
        .any(|kind| kind.split(';').next().is_some_and(|kind| kind.trim() == "text/html"))
}
