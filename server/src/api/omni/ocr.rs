//! `GET /omni/get/ocr-data`: a backend asks what was given of the document and of whom it is.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use vestibule_protocol::omni::OcrData;

use super::interview::Interview;
use crate::app::App;
use crate::engine::omni::ocr_data;

pub(super) async fn read(State(app): State<Arc<App>>, interview: Interview) -> Json<OcrData> {
    Json(ocr_data(&interview.session, app.now().date()))
}
