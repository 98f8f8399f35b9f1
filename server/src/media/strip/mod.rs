//! What is kept of a file: the picture and nothing that tells where, when or with what it was
//! taken. The filters work on bytes as they pass and hold at most one metadata segment.
//!
//! Kept: pixels, colour profile, orientation. Dropped: EXIF, GPS, XMP, IPTC, comments, thumbnails,
//! maker notes, and whatever stands behind the end of the picture.

mod exif;
mod jpeg;
mod pdf;
mod png;
mod webp;

pub(super) use self::exif::Orientation;

use vestibule_protocol::upload::{MediaType, RejectionReason};

/// A filter over one file. After an error it gives nothing more that is worth keeping.
pub trait Strip: Send {
    /// Takes the next bytes of the file and appends what is kept of them.
    ///
    /// # Errors
    /// [`RejectionReason::Unreadable`] when the file is not of its type.
    fn push(&mut self, bytes: &[u8], kept: &mut Vec<u8>) -> Result<(), RejectionReason>;

    /// Says that the file has ended.
    ///
    /// # Errors
    /// [`RejectionReason::Truncated`] when the picture had not.
    fn finish(&mut self) -> Result<(), RejectionReason>;
}

/// The filter for files of this type.
pub fn filter(media_type: MediaType) -> Box<dyn Strip> {
    match media_type {
        MediaType::Jpeg => Box::<jpeg::Jpeg>::default(),
        MediaType::Png => Box::<png::Png>::default(),
        MediaType::WebP => Box::<webp::WebP>::default(),
        MediaType::Pdf => Box::<pdf::Pdf>::default(),
    }
}

/// No metadata segment that is looked into is longer: the limit of a JPEG segment.
const LONGEST_METADATA: usize = 65_535;

/// Takes up to `wanted` bytes from the front of `bytes`.
fn take<'a>(bytes: &mut &'a [u8], wanted: usize) -> &'a [u8] {
    let (taken, rest) = bytes.split_at(wanted.min(bytes.len()));
    *bytes = rest;
    taken
}

/// Moves bytes into `gathered` until it holds `wanted`; `true` when it does.
fn gather(bytes: &mut &[u8], gathered: &mut Vec<u8>, wanted: usize) -> bool {
    gathered.extend_from_slice(take(bytes, wanted - gathered.len()));
    gathered.len() == wanted
}

#[cfg(test)]
mod tests;
