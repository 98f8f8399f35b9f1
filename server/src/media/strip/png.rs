//! PNG: a list of chunks, of which those that make the picture are kept.
//!
//! W3C "Portable Network Graphics Specification (Third Edition)", sections 5 and 11. Checksums of
//! kept chunks are left to the decoder.

use vestibule_protocol::upload::RejectionReason;

use super::exif::Orientation;
use super::{LONGEST_METADATA, Strip, gather, take};

const SIGNATURE: &[u8; 8] = b"\x89PNG\r\n\x1a\n";

/// Drops every chunk that is not needed to show the picture in its colours.
#[derive(Default)]
pub(super) struct Png {
    state: State,
    /// What has been gathered of a signature, a chunk's head or an `eXIf` chunk.
    gathered: Vec<u8>,
    begun: bool,
    oriented: bool,
}

#[derive(Default)]
enum State {
    #[default]
    Signature,
    Head,
    Keep {
        left: usize,
        last: bool,
    },
    Exif {
        length: usize,
    },
    Drop {
        left: usize,
    },
    Done,
}

/// A chunk's checksum.
const CRC: usize = 4;

impl Strip for Png {
    fn push(&mut self, mut bytes: &[u8], kept: &mut Vec<u8>) -> Result<(), RejectionReason> {
        while !bytes.is_empty() {
            match &mut self.state {
                State::Signature => {
                    if gather(&mut bytes, &mut self.gathered, SIGNATURE.len()) {
                        if self.gathered != SIGNATURE {
                            return Err(RejectionReason::Unreadable);
                        }
                        kept.append(&mut self.gathered);
                        self.state = State::Head;
                    }
                }
                State::Head => {
                    if gather(&mut bytes, &mut self.gathered, 8) {
                        self.state = self.judge(kept)?;
                        self.gathered.clear();
                    }
                }
                State::Keep { left, last } => {
                    let taken = take(&mut bytes, *left);
                    kept.extend_from_slice(taken);
                    *left -= taken.len();
                    if *left == 0 {
                        self.state = if *last { State::Done } else { State::Head };
                    }
                }
                State::Exif { length } => {
                    if gather(&mut bytes, &mut self.gathered, *length) {
                        if let Some(orientation) = Orientation::read(&self.gathered[..*length - CRC]) {
                            write_exif(orientation, kept);
                            self.oriented = true;
                        }
                        self.gathered.clear();
                        self.state = State::Head;
                    }
                }
                State::Drop { left } => {
                    *left -= take(&mut bytes, *left).len();
                    if *left == 0 {
                        self.state = State::Head;
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

impl Png {
    /// Decides on a chunk by its head: length and type.
    fn judge(&mut self, kept: &mut Vec<u8>) -> Result<State, RejectionReason> {
        let [a, b, c, d, kind @ ..] = &*self.gathered else { return Err(RejectionReason::Unreadable) };
        let length = u32::from_be_bytes([*a, *b, *c, *d]);
        let begins = kind == b"IHDR" && length == 13;
        if length > i32::MAX as u32 || begins == self.begun {
            return Err(RejectionReason::Unreadable);
        }
        self.begun = true;
        let left = length as usize + CRC;
        Ok(match kind {
            b"IHDR" | b"PLTE" | b"IDAT" | b"IEND" | b"tRNS" | b"gAMA" | b"cHRM" | b"sRGB" | b"iCCP"
            | b"cICP" | b"sBIT" => {
                kept.extend_from_slice(&self.gathered);
                State::Keep { left, last: kind == b"IEND" }
            }
            b"eXIf" if left <= LONGEST_METADATA && !self.oriented => State::Exif { length: left },
            // A lower-case first letter: a reader may do without it.
            [b'a'..=b'z', ..] => State::Drop { left },
            _ => return Err(RejectionReason::Unreadable),
        })
    }
}

fn write_exif(orientation: Orientation, kept: &mut Vec<u8>) {
    let chunk = [&b"eXIf"[..], &orientation.tiff()].concat();
    kept.extend_from_slice(&(chunk.len() as u32 - 4).to_be_bytes());
    kept.extend_from_slice(&chunk);
    kept.extend_from_slice(&crc32fast::hash(&chunk).to_be_bytes());
}
