//! `POST /users/{fp_id}/vault/decrypt/file`: a backend reads a file of a person. It is decrypted piece by
//! piece as it leaves, so its size costs no memory; that it was read is on record before the first piece.

use std::sync::Arc;

use axum::body::{Body as AnswerBody, Bytes};
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream::try_unfold;
use vestibule_protocol::id::UserId;
use vestibule_protocol::onboarding::DecryptFile;
use vestibule_protocol::problem::Code;

use super::Right;
use crate::api::auth::Backend;
use crate::api::body::Body;
use crate::api::error::Failure;
use crate::api::path::Named;
use crate::api::wording;
use crate::app::App;
use crate::blob::{BlobError, BlobName, BlobReader};
use crate::engine::audit::Deed;
use crate::engine::session::Upload;
use crate::ledger::Fault;

pub(in crate::api::onboarding) async fn decrypt(
    State(app): State<Arc<App>>,
    Backend(tenant): Backend,
    Named(id): Named<UserId>,
    Body(request): Body<DecryptFile>,
) -> Result<Response, Failure> {
    let reason = wording::reason(&request.reason)?;
    let user = app.ledger.user(&tenant.id, &id).await?.ok_or(Code::NotFound)?.content;
    let session = user.state.vault.session_of_file(&request.field).ok_or(Code::NotFound)?;
    let session = app.ledger.session(&tenant.id, session).await?.ok_or(Code::NotFound)?;
    let file = session.content.file(&request.field).ok_or(Code::NotFound)?.clone();
    let deed = Deed::VaultDecrypted { fields: vec![request.field], reason };
    let right = Right::of_backend(&tenant, id);
    if !app.commit(&tenant.id, &right.change(&app, deed)?).await? {
        return Err(Fault::Contention.into());
    }
    let opened = app.blobs.open(&BlobName::from(&file.id), &session.key.stream(&file.id)).await;
    match opened {
        Ok(reader) => Ok(answer(&file, reader)),
        // It was erased meanwhile.
        Err(BlobError::Missing) => Err(Code::NotFound.into()),
        Err(error) => Err(Fault::from(error).into()),
    }
}

/// A file that breaks off is not what was kept: its reader sees that the answer is too short.
fn answer(file: &Upload, reader: BlobReader) -> Response {
    let pieces = try_unfold(reader, |mut reader| async move {
        match reader.next().await {
            Ok(piece) => Ok(piece.map(|piece| (Bytes::from(piece), reader))),
            Err(error) => {
                tracing::error!(%error, "a file could not be read to its end");
                Err(error)
            }
        }
    });
    let fixed: [(HeaderName, HeaderValue); 4] = [
        (header::CONTENT_TYPE, HeaderValue::from_static(file.media_type.as_str())),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        // What people upload is never shown as a page of this server's.
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment")),
    ];
    let length = [(header::CONTENT_LENGTH, HeaderValue::from(file.bytes))];
    (fixed, length, AnswerBody::from_stream(pieces)).into_response()
}
