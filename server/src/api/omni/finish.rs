//! `GET` and `POST /omni/finish-status`: a backend asks how a session ended, and what to do.
//!
//! It ends by itself with its last step. Asking before changes nothing.

use axum::Json;
use vestibule_protocol::omni::{AskFinish, FinishStatus};

use super::interview::Interview;
use crate::api::body::Body;
use crate::engine::omni::finish_status;

pub(super) async fn read(interview: Interview) -> Json<FinishStatus> {
    Json(finish_status(&interview.session))
}

pub(super) async fn post(interview: Interview, Body(AskFinish {}): Body<AskFinish>) -> Json<FinishStatus> {
    read(interview).await
}
