//! `POST /omni/get/images`: a backend reads pictures.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use vestibule_protocol::omni::{Images, ReadImages};

use super::interview::Interview;
use crate::api::body::Body;
use crate::api::error::Failure;
use crate::app::App;
use crate::blob::BlobName;
use crate::engine::omni::picture;
use crate::ledger::Fault;

pub(super) async fn read(
    State(app): State<Arc<App>>,
    Interview { session, key, .. }: Interview,
    Body(request): Body<ReadImages>,
) -> Result<Json<Images>, Failure> {
    let mut images = BTreeMap::new();
    for name in request.images {
        let Some(upload) = picture(&session, name).filter(|_| !images.contains_key(&name)) else {
            continue;
        };
        let key = key.stream(&upload.id);
        let file = app.blobs.read(&BlobName::from(&upload.id), &key, upload.bytes).await;
        images.insert(name, STANDARD.encode(file.map_err(Fault::from)?));
    }
    Ok(Json(Images(images)))
}
