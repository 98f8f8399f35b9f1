//! `GET /omni/get/ocr-data`: a backend asks what was given of the document and of whom it is.

use axum::Json;
use vestibule_protocol::omni::OcrData;

use super::interview::Interview;
use crate::engine::omni::ocr_data;

pub(super) async fn read(interview: Interview) -> Json<OcrData> {
    Json(ocr_data(&interview.session))
}
