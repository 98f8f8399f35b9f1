//! A file that comes before what says whose it is: kept aside, encrypted with a key that only this
//! call knows.
//!
//! The documents do not say in which order the parts of an upload come. Whoever sends `nonce` and
//! `name` first has the file streamed to its place; for everybody else it goes this way round.

use axum::extract::multipart::Field;
use bytes::Bytes;
use futures_util::Stream;
use futures_util::stream::try_unfold;
use vestibule_protocol::id::{SessionId, StepId, TenantId, UploadId};
use vestibule_protocol::problem::Code;

use super::upload::broken;
use crate::api::error::Failure;
use crate::app::App;
use crate::blob::{BlobError, BlobName, StreamKey};
use crate::engine::plan::wanted;
use crate::ledger::Fault;
use crate::random::id;

/// A file kept aside. [`Spooled::remove`] it in the end; should that not come to pass, the next start of
/// the server does.
pub(super) struct Spooled {
    id: UploadId,
    key: StreamKey,
}

/// The submission that a path names, and whose it is.
pub(super) struct Place {
    pub(super) tenant: TenantId,
    pub(super) session: SessionId,
    pub(super) step: StepId,
}

/// Keeps a file aside, if it is no larger than any that its submission takes.
pub(super) async fn spool(app: &App, place: &Place, mut file: Field<'_>) -> Result<Spooled, Failure> {
    let kept = app.ledger.session(&place.tenant, &place.session).await?.ok_or(Code::NotFound)?;
    let (submission, step) = kept.content.submission_of(&place.step).ok_or(Code::NotFound)?;
    let sizes = wanted(step, &submission.given).into_iter().map(|file| u64::from(file.limits.max_bytes));
    let most = sizes.max().ok_or(Code::InvalidStep)?;

    let spooled = Spooled { id: id(&*app.random), key: fresh_key(app) };
    app.store.reserve_blob(&place.tenant, &place.session, &spooled.id).await?;
    let outcome = write(app, &spooled, most, &mut file).await;
    if outcome.is_err() {
        spooled.remove(app, place).await;
    }
    outcome.map(|()| spooled)
}

async fn write(app: &App, spooled: &Spooled, most: u64, file: &mut Field<'_>) -> Result<(), Failure> {
    let name = BlobName::from(&spooled.id);
    let mut writer = app.blobs.create(&name, &spooled.key, &*app.random).await.map_err(Fault::from)?;
    while let Some(piece) = file.chunk().await.map_err(broken)? {
        writer.write(&piece).await.map_err(Fault::from)?;
        if writer.length() > most {
            writer.abort().await.map_err(Fault::from)?;
            return Err(Code::UploadTooLarge.into());
        }
    }
    Ok(writer.finish().await.map_err(Fault::from)?)
}

fn fresh_key(app: &App) -> StreamKey {
    let mut bytes = [0; 32];
    app.random.fill(&mut bytes);
    StreamKey::new(bytes)
}

impl Spooled {
    /// The file again.
    pub(super) async fn read(
        &self,
        app: &App,
    ) -> Result<impl Stream<Item = Result<Bytes, BlobError>> + use<>, Failure> {
        let reader = app.blobs.open(&BlobName::from(&self.id), &self.key).await.map_err(Fault::from)?;
        Ok(try_unfold(reader, async |mut reader| {
            Ok(reader.next().await?.map(|piece| (Bytes::from(piece), reader)))
        }))
    }

    /// Removes it.
    pub(super) async fn remove(&self, app: &App, place: &Place) {
        app.remove_blobs(&place.tenant, std::slice::from_ref(&self.id)).await;
    }
}
