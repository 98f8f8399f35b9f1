//! PDF: kept as it is. To drop its metadata would be to write it anew.

use vestibule_protocol::upload::RejectionReason;

use super::Strip;

/// Readers look for the end marker in the last 1024 bytes (ISO 32000-1, implementation note 18).
const TAIL: usize = 1024;

/// Keeps everything, and remembers how it ended.
#[derive(Default)]
pub(super) struct Pdf {
    tail: Vec<u8>,
}

impl Strip for Pdf {
    fn push(&mut self, bytes: &[u8], kept: &mut Vec<u8>) -> Result<(), RejectionReason> {
        kept.extend_from_slice(bytes);
        self.tail.extend_from_slice(&bytes[bytes.len().saturating_sub(TAIL)..]);
        self.tail.drain(..self.tail.len().saturating_sub(TAIL));
        Ok(())
    }

    fn finish(&mut self) -> Result<(), RejectionReason> {
        let ended = self.tail.windows(5).any(|bytes| bytes == b"%%EOF");
        if ended { Ok(()) } else { Err(RejectionReason::Truncated) }
    }
}
