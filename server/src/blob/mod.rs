//! Where uploaded bytes lie: encrypted before they leave the process, durable before they are
//! acknowledged.
//!
//! A [`BlobStore`] is any object store; here a local folder. What it holds is sealed by
//! [`seal`]: whoever reads the folder learns how long each file is and nothing else. Names are
//! upload ids and keys are the caller's: a blob whose key is gone is gone.

mod reader;
mod seal;
mod writer;

use std::path::Path as FilePath;
use std::sync::Arc;
use std::{fmt, io};

use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt};
use thiserror::Error;
use vestibule_protocol::id::UploadId;

use crate::random::Random;
use crate::vault::create_private_folder;

pub use reader::BlobReader;
pub use seal::StreamKey;
pub use writer::BlobWriter;

/// Encrypted files by name. Cheap to clone.
#[derive(Clone, Debug)]
pub struct BlobStore {
    objects: Arc<dyn ObjectStore>,
}

/// The name of a blob: an upload's id. It is authenticated with the content, so that one blob
/// cannot be put in the place of another.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BlobName(Box<str>);

impl From<&UploadId> for BlobName {
    fn from(id: &UploadId) -> Self {
        Self(id.as_str().into())
    }
}

impl fmt::Display for BlobName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl BlobName {
    fn path(&self) -> Path {
        Path::from(&*self.0)
    }
}

/// Why a blob could not be written or read.
#[derive(Debug, Error)]
pub enum BlobError {
    /// There is no blob of this name.
    #[error("there is no such blob")]
    Missing,
    /// The content is not what was written under this name and key: cut off, changed, swapped,
    /// or sealed with another key.
    #[error("the blob is not what was written")]
    Tampered,
    /// The blob is longer than the caller is ready to hold.
    #[error("the blob is longer than {0} bytes")]
    TooLong(u64),
    /// The folder cannot be used.
    #[error("the blob folder cannot be used")]
    Folder(#[from] io::Error),
    /// The object store failed.
    #[error("the blob store failed")]
    Store(#[source] object_store::Error),
}

impl From<object_store::Error> for BlobError {
    fn from(error: object_store::Error) -> Self {
        match error {
            object_store::Error::NotFound { .. } => BlobError::Missing,
            other => BlobError::Store(other),
        }
    }
}

impl BlobStore {
    /// The store in this folder, which is created if need be, for the owner's eyes only.
    /// What a crash left half-written is removed.
    ///
    /// # Errors
    /// [`BlobError::Folder`] or [`BlobError::Store`] when the folder cannot be used.
    pub fn local(folder: &FilePath) -> Result<Self, BlobError> {
        create_private_folder(folder)?;
        remove_unfinished(folder)?;
        // Without fsync a file that was acknowledged could be lost with the power.
        let objects = LocalFileSystem::new_with_prefix(folder)?.with_fsync(true);
        Ok(Self { objects: Arc::new(objects) })
    }

    /// Begins a blob. Nothing is to be seen under the name until [`BlobWriter::finish`].
    ///
    /// # Errors
    /// [`BlobError::Store`] when the store refuses.
    pub async fn create(
        &self,
        name: &BlobName,
        key: &StreamKey,
        random: &dyn Random,
    ) -> Result<BlobWriter, BlobError> {
        let sealer = seal::Sealer::new(key, random, &name.0);
        Ok(BlobWriter::new(self.objects.put_multipart(&name.path()).await?, sealer))
    }

    /// Opens a blob, to be read piece by piece.
    ///
    /// # Errors
    /// [`BlobError::Missing`] when there is none of this name.
    pub async fn open(&self, name: &BlobName, key: &StreamKey) -> Result<BlobReader, BlobError> {
        let found = self.objects.get(&name.path()).await?;
        Ok(BlobReader::new(found.into_stream(), seal::Opener::new(key, &name.0)))
    }

    /// The whole of a blob, if it is at most `limit` bytes long.
    ///
    /// # Errors
    /// As [`BlobReader::next`], and [`BlobError::TooLong`].
    pub async fn read(&self, name: &BlobName, key: &StreamKey, limit: u64) -> Result<Vec<u8>, BlobError> {
        let mut reader = self.open(name, key).await?;
        let mut content = Vec::new();
        while let Some(piece) = reader.next().await? {
            if (content.len() + piece.len()) as u64 > limit {
                return Err(BlobError::TooLong(limit));
            }
            content.extend_from_slice(&piece);
        }
        Ok(content)
    }

    /// Removes a blob. One that is not there is removed already.
    ///
    /// A power failure right afterwards may bring the file back; what makes an erasure final is
    /// that its key is erased.
    ///
    /// # Errors
    /// [`BlobError::Store`] when the store fails.
    pub async fn delete(&self, name: &BlobName) -> Result<(), BlobError> {
        match self.objects.delete(&name.path()).await.map_err(BlobError::from) {
            Err(BlobError::Missing) => Ok(()),
            other => other,
        }
    }

    /// Deletes blobs of a call that was given up, in its own time. Nobody is left to hear of a failure; the next start of
    /// the server sweeps what no session keeps.
    pub fn abandon(&self, names: Vec<BlobName>) {
        if let (false, Ok(runtime)) = (names.is_empty(), tokio::runtime::Handle::try_current()) {
            let blobs = self.clone();
            runtime.spawn(async move {
                for name in names {
                    blobs.delete(&name).await.ok();
                }
            });
        }
    }
}

/// A file in the making is `<name>#<number>`; none is in the making when the store is opened.
fn remove_unfinished(folder: &FilePath) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().contains('#') {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
