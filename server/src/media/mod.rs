//! What an upload is, and whether it is kept.
//!
//! [`Receiver::receive`] takes the bytes as they come: looks at the first ones to know the type,
//! lets the rest through the filter of that type into the encrypted store, and at the end decodes
//! once what was stored and looks at it (`look`), if something is expected of it. In memory there is never
//! more of a file than a few pieces, but for the bounded number of files that are being decoded. Those that
//! wait for it wait in the order in which they came, on no thread, so a flood of pictures keeps up pictures
//! alone.

pub mod inspect;
mod look;
pub mod sniff;
pub mod strip;

use std::pin::pin;

use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use sha2::{Digest, Sha256};
use thiserror::Error;
use tokio::sync::Semaphore;
use vestibule_protocol::skill::UploadLimits;
use vestibule_protocol::upload::{MediaType, RejectionReason};
use vestibule_vision::report::{Expectation, Report};

use crate::blob::{BlobError, BlobName, BlobStore, BlobWriter, StreamKey};
use crate::random::Random;
use inspect::{Inspected, Size};
use sniff::{Found, LOOKED_AT};
use strip::Strip;

/// Receives uploads, and bounds how many are decoded at once.
#[derive(Debug)]
pub struct Receiver {
    decodes: Semaphore,
}

/// Where an upload goes.
#[derive(Clone, Copy)]
pub struct Destination<'a> {
    /// The store.
    pub blobs: &'a BlobStore,
    /// The blob's name there, a new one.
    pub name: &'a BlobName,
    /// What it is encrypted with.
    pub key: &'a StreamKey,
    /// Where fresh nonces come from.
    pub random: &'a dyn Random,
}

/// What became of an upload.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// It is kept, durably.
    Accepted(Accepted),
    /// Nothing is kept: the person takes it again.
    Rejected(RejectionReason),
    /// Nothing is kept: the file is larger than allowed. The rest of it was not read.
    TooLarge,
    /// Nothing is kept: the file is of a type that is not taken.
    Unsupported {
        /// The type as a sentence names it: "an HEIC photo".
        found: &'static str,
    },
}

/// A file that is kept, described as it is kept: without its metadata.
#[derive(Clone, Debug, PartialEq)]
pub struct Accepted {
    /// Its type.
    pub media_type: MediaType,
    /// Its length in bytes.
    pub length: u64,
    /// The digest of its bytes.
    pub sha256: [u8; 32],
    /// Its dimensions; `None` for a PDF.
    pub size: Option<Size>,
    /// What it shows, where something is expected of it and it is a picture.
    pub report: Option<Box<Report>>,
}

/// Why there is no verdict.
#[derive(Debug, Error)]
pub enum ReceiveError<E> {
    /// The sender failed or went away.
    #[error("the upload broke off")]
    Upload(#[source] E),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] BlobError),
}

impl Receiver {
    /// A receiver that decodes at most so many files at once. One decode takes 40 to 110 MB for a phone's
    /// usual photo of 12 megapixels, and 500 MB for the worst that is let through.
    pub fn new(decodes: usize) -> Self {
        Self { decodes: Semaphore::new(decodes.max(1)) }
    }

    /// Receives one file, of which something may be expected. Unless the verdict is [`Verdict::Accepted`] nothing is left of it in the
    /// store, also when the call is given up in the middle.
    ///
    /// # Errors
    /// [`ReceiveError`] when the upload broke off or the store failed.
    pub async fn receive<S, E>(
        &self,
        upload: S,
        limits: &UploadLimits,
        expected: Option<Expectation>,
        to: Destination<'_>,
    ) -> Result<Verdict, ReceiveError<E>>
    where
        S: Stream<Item = Result<Bytes, E>>,
    {
        let mut raw = Raw { upload: pin!(upload.fuse()), left: limits.max_bytes.into(), passed: false };
        let verdict = self.read(&mut raw, limits, expected, to).await?;
        if let Verdict::Rejected(_) | Verdict::Unsupported { .. } = verdict {
            // An answer that comes before its request is over is lost in many browsers.
            while raw.next().await?.is_some() {}
        }
        Ok(if raw.passed { Verdict::TooLarge } else { verdict })
    }

    async fn read<S, E>(
        &self,
        raw: &mut Raw<S>,
        limits: &UploadLimits,
        expected: Option<Expectation>,
        to: Destination<'_>,
    ) -> Result<Verdict, ReceiveError<E>>
    where
        S: Stream<Item = Result<Bytes, E>> + Unpin,
    {
        let mut start = Vec::new();
        while start.len() < LOOKED_AT {
            let Some(bytes) = raw.next().await? else { break };
            start.extend_from_slice(&bytes);
        }
        if raw.passed {
            return Ok(Verdict::TooLarge);
        }
        if start.is_empty() {
            return Ok(Verdict::Rejected(RejectionReason::Empty));
        }
        let media_type = match sniff::sniff(&start[..start.len().min(LOOKED_AT)]) {
            Found::Kept(media_type) if limits.accept.contains(&media_type) => media_type,
            Found::Kept(media_type) => return Ok(Verdict::Unsupported { found: in_words(media_type) }),
            Found::Other(found) => return Ok(Verdict::Unsupported { found }),
            Found::Beginning => return Ok(Verdict::Rejected(RejectionReason::Truncated)),
        };

        let mut keep = Keep::begin(strip::filter(media_type), to).await?;
        let mut outcome = keep.push(&start).await?;
        while outcome.is_ok() {
            let Some(bytes) = raw.next().await? else { break };
            outcome = keep.push(&bytes).await?;
        }
        if raw.passed {
            keep.writer.abort().await?;
            return Ok(Verdict::TooLarge);
        }
        if let Err(reason) = outcome.and_then(|()| keep.filter.finish()) {
            keep.writer.abort().await?;
            return Ok(Verdict::Rejected(reason));
        }
        let (length, sha256) = keep.finish().await?;
        let undo = Undo { to: Some((to.blobs.clone(), to.name.clone())) };
        match self.inspect(media_type, expected, to, length).await? {
            Ok(Inspected { size, report }) => {
                undo.forget();
                Ok(Verdict::Accepted(Accepted { media_type, length, sha256, size, report }))
            }
            Err(reason) => {
                undo.forget();
                to.blobs.delete(to.name).await?;
                Ok(Verdict::Rejected(reason))
            }
        }
    }

    /// Decodes what was stored and looks at it, and thereby proves that it can be read back.
    async fn inspect(
        &self,
        media_type: MediaType,
        expected: Option<Expectation>,
        from: Destination<'_>,
        length: u64,
    ) -> Result<Result<Inspected, RejectionReason>, BlobError> {
        let _permit = self.decodes.acquire().await.expect("the semaphore is never closed");
        let file = from.blobs.read(from.name, from.key, length).await?;
        let decode = move || inspect::inspect(media_type, &file, expected.as_ref());
        let decoded = tokio::task::spawn_blocking(decode).await;
        Ok(decoded.unwrap_or(Err(RejectionReason::Unreadable)))
    }
}

/// The upload as it comes, counted.
struct Raw<S> {
    upload: S,
    left: u64,
    /// Whether more came than is allowed.
    passed: bool,
}

impl<S, E> Raw<S>
where
    S: Stream<Item = Result<Bytes, E>> + Unpin,
{
    /// The next bytes; `None` at the end, or when more came than is allowed.
    async fn next(&mut self) -> Result<Option<Bytes>, ReceiveError<E>> {
        if self.passed {
            return Ok(None);
        }
        let Some(bytes) = self.upload.next().await.transpose().map_err(ReceiveError::Upload)? else {
            return Ok(None);
        };
        let left = self.left.checked_sub(bytes.len() as u64);
        self.passed = left.is_none();
        self.left = left.unwrap_or(0);
        Ok(left.map(|_| bytes))
    }
}

/// A file on its way through the filter into the store.
struct Keep {
    filter: Box<dyn Strip>,
    kept: Vec<u8>,
    digest: Sha256,
    writer: BlobWriter,
}

impl Keep {
    async fn begin(filter: Box<dyn Strip>, to: Destination<'_>) -> Result<Self, BlobError> {
        let writer = to.blobs.create(to.name, to.key, to.random).await?;
        Ok(Self { filter, kept: Vec::new(), digest: Sha256::new(), writer })
    }

    async fn push(&mut self, bytes: &[u8]) -> Result<Result<(), RejectionReason>, BlobError> {
        self.kept.clear();
        if let Err(reason) = self.filter.push(bytes, &mut self.kept) {
            return Ok(Err(reason));
        }
        self.digest.update(&self.kept);
        self.writer.write(&self.kept).await?;
        Ok(Ok(()))
    }

    async fn finish(self) -> Result<(u64, [u8; 32]), BlobError> {
        let length = self.writer.length();
        self.writer.finish().await?;
        Ok((length, self.digest.finalize().into()))
    }
}

/// Deletes the blob when the call is given up between storing and deciding.
struct Undo {
    to: Option<(BlobStore, BlobName)>,
}

impl Undo {
    fn forget(mut self) {
        self.to = None;
    }
}

impl Drop for Undo {
    fn drop(&mut self) {
        if let Some((blobs, name)) = self.to.take() {
            blobs.abandon(vec![name]);
        }
    }
}

/// A type that is known but not taken here, as a sentence names it.
fn in_words(media_type: MediaType) -> &'static str {
    match media_type {
        MediaType::Jpeg => "a JPEG photo",
        MediaType::Png => "a PNG picture",
        MediaType::WebP => "a WebP picture",
        MediaType::Pdf => "a PDF",
    }
}

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;
