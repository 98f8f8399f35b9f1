//! `GET /omni/onboarding-url`: a backend asks where to send the person.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use vestibule_protocol::omni::OnboardingUrl;
use vestibule_protocol::problem::Code;

use super::interview::Interview;
use crate::api::error::Failure;
use crate::app::App;

pub(super) async fn read(
    State(app): State<Arc<App>>,
    Interview { session, token, .. }: Interview,
) -> Result<Json<OnboardingUrl>, Failure> {
    if session.is_expired(app.now()) {
        return Err(Code::SessionExpired.into());
    }
    let token = token.unwrap_or_else(|| app.issue_token(&session));
    Ok(Json(OnboardingUrl { url: app.link("omni", &token) }))
}
