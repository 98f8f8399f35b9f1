//! A blob, piece by piece.

use bytes::Bytes;
use futures_util::StreamExt;
use futures_util::stream::BoxStream;

use super::BlobError;
use super::seal::Opener;

/// Reads one blob. Each piece that it gives is authentic; that nothing is missing is known when it
/// has ended without an error.
pub struct BlobReader {
    sealed: BoxStream<'static, object_store::Result<Bytes>>,
    opener: Option<Opener>,
}

impl BlobReader {
    pub(super) fn new(sealed: BoxStream<'static, object_store::Result<Bytes>>, opener: Opener) -> Self {
        Self { sealed, opener: Some(opener) }
    }

    /// The next piece, at most 64 KiB; `None` at the end.
    ///
    /// # Errors
    /// [`BlobError::Tampered`] when the content is not what was written, [`BlobError::Store`] when
    /// the store fails. After an error there is nothing more.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, BlobError> {
        let Some(mut opener) = self.opener.take() else { return Ok(None) };
        loop {
            if let Some(piece) = opener.next()? {
                self.opener = Some(opener);
                return Ok(Some(piece));
            }
            match self.sealed.next().await {
                Some(sealed) => opener.push(&sealed?),
                None => return opener.finish().map(Some),
            }
        }
    }
}
