//! The pictures of a question, taken out of the blob store.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use vestibule_protocol::id::UploadId;
use vestibule_protocol::provider::{ProviderFrame, ProviderPicture};

use crate::app::App;
use crate::blob::{BlobError, BlobName};
use crate::engine::provided::Picture;
use crate::engine::session::{Frame, Session, Upload};
use crate::ledger::{Fault, KeptSession};

/// What is sent of pictures at most, in bytes before they are encoded.
const MOST_BYTES: u64 = 40_000_000;

/// The pictures as they are sent, with their bursts, from whichever of the `sessions` has each. `None` when one of them
/// was erased, or all together are too large.
///
/// # Errors
/// [`Fault`] when the blob store fails.
pub(super) async fn read(
    app: &App,
    sessions: &[&KeptSession],
    pictures: &[Picture<'_>],
) -> Result<Option<Vec<ProviderPicture>>, Fault> {
    let sizes = pictures.iter().filter_map(|picture| picture.upload).map(|upload| upload.bytes);
    let of_bursts = pictures.iter().filter_map(|picture| picture.burst).flatten().map(|frame| frame.bytes);
    if sizes.chain(of_bursts).sum::<u64>() > MOST_BYTES {
        tracing::warn!("pictures are too large for a provider");
        return Ok(None);
    }
    let mut read = Vec::with_capacity(pictures.len());
    for Picture { name, document, upload, burst } in pictures {
        let Some(upload) = upload else { return Ok(None) };
        let Some(session) = sessions.iter().find(|session| holds(&session.content, upload)) else {
            return Ok(None);
        };
        let Some(content) = content(app, session, &upload.id, upload.bytes).await? else { return Ok(None) };
        let frames = match burst {
            Some(burst) => {
                let Some(frames) = frames(app, session, burst).await? else { return Ok(None) };
                Some(frames)
            }
            None => None,
        };
        read.push(ProviderPicture {
            name: *name,
            document: *document,
            media_type: upload.media_type,
            content,
            burst: frames,
        });
    }
    Ok(Some(read))
}

async fn frames(
    app: &App,
    session: &KeptSession,
    burst: &[Frame],
) -> Result<Option<Vec<ProviderFrame>>, Fault> {
    let mut read = Vec::with_capacity(burst.len());
    for Frame { id, media_type, bytes } in burst {
        let Some(content) = content(app, session, id, *bytes).await? else { return Ok(None) };
        read.push(ProviderFrame { media_type: *media_type, content });
    }
    Ok(Some(read))
}

/// A file in base64; `None` when it was erased.
async fn content(
    app: &App,
    session: &KeptSession,
    id: &UploadId,
    bytes: u64,
) -> Result<Option<String>, Fault> {
    match app.blobs.read(&BlobName::from(id), &session.key.stream(id), bytes).await {
        Ok(content) => Ok(Some(STANDARD.encode(content))),
        Err(BlobError::Missing) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn holds(session: &Session, upload: &Upload) -> bool {
    session.state.submissions.iter().any(|submission| submission.uploads.contains(upload))
}
