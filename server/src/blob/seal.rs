//! How a blob is encrypted: in pieces, as it passes.
//!
//! The STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár, "Online Authenticated-Encryption
//! and its Nonce-Reuse Misuse-Resistance", 2015) over AES-256-GCM. A sealed blob is
//!
//! ```text
//! version: 1 byte, 1
//! nonce prefix: 7 random bytes
//! pieces: 64 KiB each but the last, each followed by its 16-byte tag
//! ```
//!
//! Each piece's nonce is the prefix, the piece's number, and whether it is the last one; so no
//! piece can be changed, left out, repeated, moved or cut off. The version and the blob's name are
//! associated data of every piece, so that no blob passes for another.

use std::fmt;

use aead_stream::{DecryptorBE32, EncryptorBE32};
use aes_gcm::Aes256Gcm;
use zeroize::Zeroizing;

use super::BlobError;
use crate::random::Random;

const VERSION: u8 = 1;
const PREFIX: usize = 7;
const HEADER: usize = 1 + PREFIX;
const TAG: usize = 16;

/// Bytes of content in every piece but the last.
pub(super) const PIECE: usize = 64 * 1024;
const SEALED: usize = PIECE + TAG;

/// What encrypts the blobs of one owner.
#[derive(Clone)]
pub struct StreamKey(Zeroizing<[u8; 32]>);

impl StreamKey {
    /// The key of these bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }
}

impl fmt::Debug for StreamKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StreamKey[redacted]")
    }
}

fn associated(name: &str) -> Box<[u8]> {
    [&[VERSION], name.as_bytes()].concat().into()
}

/// Encrypts one blob.
pub(super) struct Sealer {
    cipher: EncryptorBE32<Aes256Gcm>,
    associated: Box<[u8]>,
    header: Option<[u8; HEADER]>,
    waiting: Zeroizing<Vec<u8>>,
}

impl Sealer {
    pub(super) fn new(key: &StreamKey, random: &dyn Random, name: &str) -> Self {
        let mut prefix = [0; PREFIX];
        random.fill(&mut prefix);
        let mut header = [VERSION; HEADER];
        header[1..].copy_from_slice(&prefix);
        Self {
            cipher: EncryptorBE32::new((&*key.0).into(), &prefix.into()),
            associated: associated(name),
            header: Some(header),
            waiting: Zeroizing::new(Vec::with_capacity(PIECE)),
        }
    }

    /// Takes content, and gives the sealed bytes that are complete by now, if any.
    pub(super) fn push(&mut self, mut content: &[u8]) -> Result<Vec<u8>, BlobError> {
        let mut sealed = Vec::new();
        while !content.is_empty() {
            // A full piece waits until more content shows that it is not the last one.
            if self.waiting.len() == PIECE {
                sealed.extend(self.header.take().into_iter().flatten());
                let piece = self.cipher.encrypt_next(aead(&self.waiting, &self.associated));
                sealed.extend_from_slice(&piece.map_err(|_| BlobError::TooLong(LONGEST))?);
                self.waiting.clear();
            }
            let (now, later) = content.split_at(content.len().min(PIECE - self.waiting.len()));
            self.waiting.extend_from_slice(now);
            content = later;
        }
        Ok(sealed)
    }

    /// The rest of the sealed bytes.
    pub(super) fn finish(mut self) -> Result<Vec<u8>, BlobError> {
        let mut sealed: Vec<u8> = self.header.take().into_iter().flatten().collect();
        let last = self.cipher.encrypt_last(aead(&self.waiting, &self.associated));
        sealed.extend_from_slice(&last.map_err(|_| BlobError::TooLong(LONGEST))?);
        Ok(sealed)
    }
}

/// The piece counter has 32 bits.
const LONGEST: u64 = (1 << 32) * PIECE as u64;

fn aead<'a>(message: &'a [u8], associated: &'a [u8]) -> aes_gcm::aead::Payload<'a, 'a> {
    aes_gcm::aead::Payload { msg: message, aad: associated }
}

/// Decrypts one blob.
pub(super) struct Opener {
    key: StreamKey,
    cipher: Option<DecryptorBE32<Aes256Gcm>>,
    associated: Box<[u8]>,
    waiting: Vec<u8>,
}

impl Opener {
    pub(super) fn new(key: &StreamKey, name: &str) -> Self {
        Self { key: key.clone(), cipher: None, associated: associated(name), waiting: Vec::new() }
    }

    /// Takes sealed bytes.
    pub(super) fn push(&mut self, sealed: &[u8]) {
        self.waiting.extend_from_slice(sealed);
    }

    /// Gives the next piece that is surely not the last, if enough sealed bytes came.
    pub(super) fn next(&mut self) -> Result<Option<Vec<u8>>, BlobError> {
        if self.cipher.is_none() {
            if self.waiting.len() < HEADER {
                return Ok(None);
            }
            self.begin()?;
        }
        let Some(cipher) = self.cipher.as_mut().filter(|_| self.waiting.len() > SEALED) else {
            return Ok(None);
        };
        let content = cipher.decrypt_next(aead(&self.waiting[..SEALED], &self.associated));
        self.waiting.drain(..SEALED);
        content.map(Some).map_err(|_| BlobError::Tampered)
    }

    /// The last piece, when there are no more sealed bytes and [`Opener::next`] gave nothing.
    pub(super) fn finish(self) -> Result<Vec<u8>, BlobError> {
        let cipher = self.cipher.ok_or(BlobError::Tampered)?;
        cipher.decrypt_last(aead(&self.waiting, &self.associated)).map_err(|_| BlobError::Tampered)
    }

    fn begin(&mut self) -> Result<(), BlobError> {
        let header: [u8; HEADER] = self.waiting[..HEADER].try_into().map_err(|_| BlobError::Tampered)?;
        let [VERSION, prefix @ ..] = header else { return Err(BlobError::Tampered) };
        self.cipher = Some(DecryptorBE32::new((&*self.key.0).into(), &prefix.into()));
        self.waiting.drain(..HEADER);
        Ok(())
    }
}
