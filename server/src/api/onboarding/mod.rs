//! The Onboarding API: what a tenant's backend speaks.

mod session;
mod users;
mod validate;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};
use vestibule_protocol::endpoint::{Endpoint, ReadUser, ReadVault, StartOnboarding, ValidateOnboarding};

use crate::app::App;

/// Its calls.
pub fn calls() -> Router<Arc<App>> {
    Router::new()
        .route(StartOnboarding::PATH, post(session::start))
        .route(ValidateOnboarding::PATH, post(validate::validate))
        .route(ReadUser::PATH, get(users::read))
        .route(ReadVault::PATH, get(users::vault))
}
