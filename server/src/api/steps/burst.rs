//! The burst that comes with a selfie. Each of its pictures is received as any upload is; what turns out to be no
//! picture is left out, and the selfie is taken all the same.

use bytes::Bytes;
use futures_util::Stream;
use vestibule_protocol::burst::MOST_BYTES;
use vestibule_protocol::field::FieldProblem;
use vestibule_protocol::id::UploadId;
use vestibule_protocol::problem::Code;
use vestibule_protocol::secret::Nonce;
use vestibule_protocol::skill::UploadLimits;
use vestibule_protocol::upload::{MediaType, UploadName};

use super::spool::Place;
use super::upload::receive;
use crate::api::error::Failure;
use crate::app::App;
use crate::blob::{BlobName, BlobStore};
use crate::engine::session::Frame;
use crate::engine::upload::Slot;
use crate::media::Verdict;
use crate::random::id;

/// The pictures that have come before their selfie. [`Frames::remove`] in the end those that were not taken from here.
pub(super) struct Frames {
    /// What is stored of them. They are taken when the selfie has come, and may be kept from then on.
    pub(super) kept: Vec<Frame>,
    came: u8,
    blobs: BlobStore,
}

impl Frames {
    /// None so far.
    pub(super) fn none(app: &App) -> Self {
        Self { kept: Vec::new(), came: 0, blobs: app.blobs.clone() }
    }

    /// Takes one more, if one more is asked for.
    pub(super) async fn take(
        &mut self,
        app: &App,
        place: &Place,
        nonce: &Nonce,
        name: UploadName,
        content: impl Stream<Item = Result<Bytes, Failure>>,
    ) -> Result<(), Failure> {
        let kept = app.ledger.session(&place.tenant, &place.session).await?.ok_or(Code::NotFound)?;
        let slot = kept.content.upload_slot(&place.step, nonce, name, app.now())?;
        if self.came >= slot.burst.map_or(0, |burst| burst.pictures()) {
            return Err(Failure::field(Code::InvalidField, "burst", FieldProblem::TooLarge));
        }
        self.came += 1;
        let limits = UploadLimits { accept: vec![MediaType::Jpeg], max_bytes: MOST_BYTES, attempts: 1 };
        let id: UploadId = id(&*app.random);
        let slot = Slot { limits: &limits, expected: None, burst: None };
        let received = receive(app, place, &kept, &id, slot, content).await;
        if let Ok(Verdict::Accepted(file)) = received {
            self.kept.push(Frame { id, media_type: file.media_type, bytes: file.length });
            return Ok(());
        }
        app.remove_blobs(&place.tenant, &[id]).await;
        match received? {
            Verdict::TooLarge => Err(Code::UploadTooLarge.into()),
            _ => Ok(()),
        }
    }

    /// Removes those that nobody took.
    pub(super) async fn remove(mut self, app: &App, place: &Place) {
        let blobs: Vec<UploadId> = self.kept.iter().map(|frame| frame.id.clone()).collect();
        app.remove_blobs(&place.tenant, &blobs).await;
        self.kept.clear();
    }
}

/// When the call is given up in the middle.
impl Drop for Frames {
    fn drop(&mut self) {
        self.blobs.abandon(self.kept.iter().map(|frame| BlobName::from(&frame.id)).collect());
    }
}
