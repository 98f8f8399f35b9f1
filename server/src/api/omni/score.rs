//! `GET /omni/get/score`: a backend asks what was found.

use axum::Json;
use vestibule_protocol::omni::Score;

use super::interview::Interview;
use crate::engine::omni::score;

pub(super) async fn read(interview: Interview) -> Json<Score> {
    Json(score(&interview.session))
}
