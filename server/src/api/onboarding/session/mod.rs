//! `POST /onboarding/session`: a backend starts a session for a person.

mod inherit;
mod onboard;

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use vestibule_protocol::onboarding::{OnboardingStarted, Purpose, StartOnboarding};

use crate::api::auth::Backend;
use crate::api::begin::{Begun, begin_update};
use crate::api::body::Body;
use crate::api::error::Failure;
use crate::app::App;
use crate::engine::session::Session;

pub(super) async fn start(
    State(app): State<Arc<App>>,
    Backend(tenant): Backend,
    Body(request): Body<StartOnboarding>,
) -> Result<Json<OnboardingStarted>, Failure> {
    let started = match request.purpose()? {
        Purpose::Onboard(wanted) => onboard::start(&app, &tenant, *wanted).await,
        Purpose::Inherit { person, redirect_url, sandbox_outcome } => {
            inherit::start(&app, &tenant, &person, redirect_url, sandbox_outcome).await
        }
        Purpose::UpdateLoginMethods { person, methods } => {
            begin_update(&app, &tenant, &person, &methods).await.map(|begun| started(&app, begun))
        }
    };
    started.map(Json)
}

/// The answer about a session that has begun.
pub(super) fn started(app: &App, begun: Begun) -> OnboardingStarted {
    OnboardingStarted {
        link: app.link(about(&begun.session), &begun.token),
        token: begun.token,
        expires_at: begun.session.expires_at,
        ignored_bootstrap_fields: begun.ignored,
    }
}

/// Whom a session is about.
fn about(session: &Session) -> &'static str {
    if session.skill.business.is_some() { "business" } else { "user" }
}
