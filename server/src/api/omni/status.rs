//! `GET /omni/get/onboarding/status`: a backend asks how far a session has come.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use vestibule_protocol::omni::InterviewStatus;

use super::interview::Interview;
use crate::app::App;
use crate::engine::omni::status;

pub(super) async fn read(State(app): State<Arc<App>>, interview: Interview) -> Json<InterviewStatus> {
    Json(InterviewStatus { onboarding_status: status(&interview.session, app.now()) })
}
