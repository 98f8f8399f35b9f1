//! The public calls. Each operation is a file; families differ in how they name things and in the
//! shape of their errors, and in nothing else.

pub mod address;
mod answered;
pub mod auth;
pub mod begin;
pub mod body;
pub mod call;
mod called;
pub mod complete;
pub mod cors;
pub mod error;
pub mod health;
pub mod json;
pub mod login;
pub mod omni;
pub mod onboarding;
pub mod openapi;
pub mod path;
pub mod query;
pub mod redeem;
pub mod redirect;
pub mod steps;
pub mod webhooks;
pub mod wording;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::{RequestBodyTimeoutLayer, TimeoutLayer};

use crate::app::App;

/// All routes: the calls, and `pages`, which are what else the server shows.
pub fn router(app: &Arc<App>, call_time: Duration, pages: Router) -> Router {
    let (steps, uploads) = (steps::calls(), steps::uploads());
    let (onboarding, omni, webhooks) = (onboarding::calls(), omni::calls(), webhooks::calls());
    let documents = openapi::documents(&[&steps, &uploads, &onboarding, &omni, &webhooks], &app.public_url);
    let calls = Router::new()
        .merge(steps.router())
        .merge(onboarding.router())
        .merge(webhooks.router())
        .merge(omni::router(&omni))
        .merge(health::calls())
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, call_time));
    let calls = calls
        .merge(uploads.router())
        .method_not_allowed_fallback(error::method_not_allowed)
        .layer(from_fn_with_state(Arc::clone(app), address::limit))
        .with_state(Arc::clone(app));
    Router::new()
        .merge(calls)
        .merge(documents)
        .merge(pages)
        .fallback(error::no_such_path)
        .layer(RequestBodyTimeoutLayer::new(app.idle))
        .layer(CatchPanicLayer::custom(error::panicked))
        .layer(from_fn_with_state(Arc::clone(app), error::render))
        .layer(cors::layer(&app.allowed_origins))
}
