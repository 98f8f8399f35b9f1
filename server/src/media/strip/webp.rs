//! WebP: a RIFF file whose length stands at its beginning, so that nothing can be left out of a
//! file that passes: metadata are blanked where they stand.
//!
//! RFC 9649, section 2. A blanked chunk is zeros under a type that no reader knows, which readers
//! must skip; EXIF keeps its place and tells the orientation alone.

use vestibule_protocol::upload::RejectionReason;

use super::exif::{Orientation, TIFF};
use super::{LONGEST_METADATA, Strip, gather, take};

const HEAD: usize = 8;
const RIFF_HEAD: usize = 12;
const UNKNOWN: &[u8; 4] = b"JUNK";
/// Flags of the extended header that stay true: profile, alpha, EXIF.
const TRUE_FLAGS: u8 = 0x20 | 0x10 | 0x08;

/// Blanks every chunk that is not needed to show the picture in its colours.
#[derive(Default)]
pub(super) struct WebP {
    state: State,
    /// What has been gathered of a head, an extended header or EXIF.
    gathered: Vec<u8>,
    /// Bytes of the file that are still to come, by its own word.
    left: usize,
    begun: bool,
    oriented: bool,
}

#[derive(Default)]
enum State {
    #[default]
    Riff,
    Head,
    /// In a chunk that is kept, with its padding.
    Keep(usize),
    /// In an extended header of this length.
    Extended(usize),
    /// In the part of EXIF that is looked into; then so much more of it.
    Exif(usize, usize),
    /// In a chunk that is blanked.
    Blank(usize),
    Done,
}

impl Strip for WebP {
    fn push(&mut self, mut bytes: &[u8], kept: &mut Vec<u8>) -> Result<(), RejectionReason> {
        while !bytes.is_empty() {
            match &mut self.state {
                State::Riff => {
                    if gather(&mut bytes, &mut self.gathered, RIFF_HEAD) {
                        self.begin()?;
                        kept.append(&mut self.gathered);
                    }
                }
                State::Head => {
                    if gather(&mut bytes, &mut self.gathered, HEAD) {
                        self.judge(kept)?;
                        self.gathered.clear();
                    }
                }
                State::Keep(left) => {
                    let taken = take(&mut bytes, *left);
                    kept.extend_from_slice(taken);
                    *left -= taken.len();
                    if *left == 0 {
                        self.next_chunk();
                    }
                }
                State::Extended(length) => {
                    if gather(&mut bytes, &mut self.gathered, *length) {
                        self.gathered[0] &= TRUE_FLAGS;
                        kept.append(&mut self.gathered);
                        self.next_chunk();
                    }
                }
                State::Exif(looked_at, rest) => {
                    if gather(&mut bytes, &mut self.gathered, *looked_at) {
                        let rest = *rest;
                        rewrite_exif(&mut self.gathered);
                        kept.append(&mut self.gathered);
                        self.state = State::Blank(rest);
                        if rest == 0 {
                            self.next_chunk();
                        }
                    }
                }
                State::Blank(left) => {
                    let taken = take(&mut bytes, *left).len();
                    kept.resize(kept.len() + taken, 0);
                    *left -= taken;
                    if *left == 0 {
                        self.next_chunk();
                    }
                }
                State::Done => return Ok(()),
            }
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<(), RejectionReason> {
        if matches!(self.state, State::Done) { Ok(()) } else { Err(RejectionReason::Truncated) }
    }
}

impl WebP {
    fn begin(&mut self) -> Result<(), RejectionReason> {
        let [b'R', b'I', b'F', b'F', a, b, c, d, b'W', b'E', b'B', b'P'] = *self.gathered else {
            return Err(RejectionReason::Unreadable);
        };
        // The length counts the four letters that were read already.
        self.left = (u32::from_le_bytes([a, b, c, d]) as usize).saturating_sub(4);
        if self.left < HEAD {
            return Err(RejectionReason::Unreadable);
        }
        self.state = State::Head;
        Ok(())
    }

    fn next_chunk(&mut self) {
        self.state = match self.left {
            0 => State::Done,
            // Too short for a chunk: padding of the file itself.
            1..HEAD => State::Blank(std::mem::take(&mut self.left)),
            _ => State::Head,
        };
    }

    /// Decides on a chunk by its head: type and length.
    fn judge(&mut self, kept: &mut Vec<u8>) -> Result<(), RejectionReason> {
        let [kind @ .., a, b, c, d] = &*self.gathered else { return Err(RejectionReason::Unreadable) };
        let length = u32::from_le_bytes([*a, *b, *c, *d]) as usize;
        self.left -= HEAD;
        // The padding byte of the last chunk is left out by some writers.
        let padded = length.saturating_add(length % 2).min(self.left);
        if length > self.left {
            return Err(RejectionReason::Unreadable);
        }
        self.left -= padded;
        let first = !std::mem::replace(&mut self.begun, true);
        let state = match kind {
            b"VP8X" if first && length >= 10 => State::Extended(padded),
            b"VP8 " | b"VP8L" | b"ALPH" | b"ICCP" => State::Keep(padded),
            b"EXIF" if !self.oriented => {
                self.oriented = true;
                let looked_at = padded.min(LONGEST_METADATA);
                State::Exif(looked_at, padded - looked_at)
            }
            _ => State::Blank(padded),
        };
        let written = if matches!(state, State::Blank(_)) { UNKNOWN } else { kind };
        kept.extend_from_slice(written);
        kept.extend_from_slice(&self.gathered[4..]);
        self.state = state;
        if padded == 0 {
            self.next_chunk();
        }
        Ok(())
    }
}

/// Leaves the orientation, padded with zeros to the length that was there.
fn rewrite_exif(exif: &mut [u8]) {
    let tiff = exif.strip_prefix(b"Exif\0\0").unwrap_or(exif);
    let orientation = Orientation::read(tiff);
    exif.fill(0);
    if let (Some(orientation), Some(start)) = (orientation, exif.get_mut(..TIFF)) {
        start.copy_from_slice(&orientation.tiff());
    }
}
