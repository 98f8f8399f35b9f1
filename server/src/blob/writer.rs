//! A blob in the making.

use object_store::{MultipartUpload, PutPayload};

use super::BlobError;
use super::seal::Sealer;

/// Writes one blob. Dropped before [`BlobWriter::finish`], it leaves nothing behind.
pub struct BlobWriter {
    upload: Box<dyn MultipartUpload>,
    sealer: Sealer,
    length: u64,
}

impl BlobWriter {
    pub(super) fn new(upload: Box<dyn MultipartUpload>, sealer: Sealer) -> Self {
        Self { upload, sealer, length: 0 }
    }

    /// Adds content. It returns when the store has taken what is complete, so that a slow store
    /// slows the sender down instead of filling the memory.
    ///
    /// # Errors
    /// [`BlobError::Store`] when the store fails.
    pub async fn write(&mut self, content: &[u8]) -> Result<(), BlobError> {
        let sealed = self.sealer.push(content)?;
        if !sealed.is_empty() {
            self.upload.put_part(PutPayload::from(sealed)).await?;
        }
        self.length += content.len() as u64;
        Ok(())
    }

    /// Bytes of content so far.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Makes the blob visible and durable.
    ///
    /// # Errors
    /// [`BlobError::Store`] when the store fails; then there is no blob.
    pub async fn finish(self) -> Result<(), BlobError> {
        let Self { mut upload, sealer, .. } = self;
        upload.put_part(PutPayload::from(sealer.finish()?)).await?;
        upload.complete().await?;
        Ok(())
    }

    /// Gives the blob up.
    ///
    /// # Errors
    /// [`BlobError::Store`] when the store cannot remove what it has.
    pub async fn abort(mut self) -> Result<(), BlobError> {
        Ok(self.upload.abort().await?)
    }
}
