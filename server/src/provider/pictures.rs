//! The pictures of a question, taken out of the blob store.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use vestibule_protocol::provider::ProviderPicture;

use crate::app::App;
use crate::blob::{BlobError, BlobName};
use crate::engine::provided::Picture;
use crate::engine::session::{Session, Upload};
use crate::ledger::{Fault, KeptSession};

/// What is sent of pictures at most, in bytes before they are encoded.
const MOST_BYTES: u64 = 40_000_000;

/// The pictures as they are sent, from whichever of the `sessions` has each. `None` when one of them was
/// erased, or all together are too large.
///
/// # Errors
/// [`Fault`] when the blob store fails.
pub(super) async fn read(
    app: &App,
    sessions: &[&KeptSession],
    pictures: &[Picture<'_>],
) -> Result<Option<Vec<ProviderPicture>>, Fault> {
    let sizes = pictures.iter().filter_map(|picture| picture.upload).map(|upload| upload.bytes);
    if sizes.sum::<u64>() > MOST_BYTES {
        tracing::warn!("pictures are too large for a provider");
        return Ok(None);
    }
    let mut read = Vec::with_capacity(pictures.len());
    for Picture { name, document, upload } in pictures {
        let Some(upload) = upload else { return Ok(None) };
        let Some(session) = sessions.iter().find(|session| holds(&session.content, upload)) else {
            return Ok(None);
        };
        let key = session.key.stream(&upload.id);
        let content = match app.blobs.read(&BlobName::from(&upload.id), &key, upload.bytes).await {
            Ok(content) => content,
            Err(BlobError::Missing) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        read.push(ProviderPicture {
            name: *name,
            document: *document,
            media_type: upload.media_type,
            content: STANDARD.encode(content),
        });
    }
    Ok(Some(read))
}

fn holds(session: &Session, upload: &Upload) -> bool {
    session.state.submissions.iter().any(|submission| submission.uploads.contains(upload))
}
