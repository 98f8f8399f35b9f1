//! JPEG: marker segments and scans, of which those that make the picture are kept.
//!
//! ITU-T T.81, annex B; JFIF 1.02; ICC.1:2022, annex B.4. Bytes between segments, which decoders
//! skip, are dropped. After the end-of-image marker nothing is kept: there phones put a second,
//! larger picture, a video or a depth map.

use vestibule_protocol::upload::RejectionReason;

use super::exif::Orientation;
use super::{Strip, gather, take};

/// More scans than any encoder writes: each costs a pass over the whole picture, so that a small
/// file could cost hours.
const MOST_SCANS: u32 = 100;

const SOI: u8 = 0xd8;
const EOI: u8 = 0xd9;
const SOS: u8 = 0xda;
const APP0: u8 = 0xe0;
const APP1: u8 = 0xe1;
const APP2: u8 = 0xe2;
const APP14: u8 = 0xee;

const EXIF: &[u8] = b"Exif\0\0";
const ICC: &[u8] = b"ICC_PROFILE\0";

/// Drops every segment that is not needed to show the picture in its colours and the right way up.
#[derive(Default)]
pub(super) struct Jpeg {
    state: State,
    /// What has been gathered of a segment's length, or of a segment that must be looked into.
    gathered: Vec<u8>,
    scans: u32,
    oriented: bool,
}

#[derive(Default)]
enum State {
    /// Before the start-of-image marker.
    #[default]
    Start,
    /// Between segments.
    Between,
    /// After 0xff between segments.
    Marker,
    /// In the length of the segment of this marker.
    Length(u8),
    /// In a segment that must be looked into: its marker and the length of its content.
    Look(u8, usize),
    /// In a segment that is kept: its marker, and how much is left.
    Keep(u8, usize),
    /// In a segment that is dropped.
    Drop(usize),
    /// In the data of a scan.
    Scan,
    /// After 0xff in the data of a scan.
    ScanMarker,
    /// Behind the end of the image.
    Done,
}

impl Strip for Jpeg {
    fn push(&mut self, mut bytes: &[u8], kept: &mut Vec<u8>) -> Result<(), RejectionReason> {
        while let Some(&byte) = bytes.first() {
            match &mut self.state {
                State::Start => {
                    if gather(&mut bytes, &mut self.gathered, 2) {
                        if self.gathered != [0xff, SOI] {
                            return Err(RejectionReason::Unreadable);
                        }
                        kept.append(&mut self.gathered);
                        self.state = State::Between;
                    }
                }
                State::Between => {
                    let skipped = bytes.iter().position(|&byte| byte == 0xff);
                    take(&mut bytes, skipped.map_or(usize::MAX, |at| at + 1));
                    if skipped.is_some() {
                        self.state = State::Marker;
                    }
                }
                State::Marker => {
                    take(&mut bytes, 1);
                    self.state = between_segments(byte, kept)?;
                }
                State::Length(marker) => {
                    let marker = *marker;
                    if gather(&mut bytes, &mut self.gathered, 2) {
                        self.state = self.judge(marker, kept)?;
                        self.gathered.clear();
                    }
                }
                State::Look(marker, length) => {
                    let marker = *marker;
                    if gather(&mut bytes, &mut self.gathered, *length) {
                        self.look(marker, kept);
                        self.gathered.clear();
                        self.state = State::Between;
                    }
                }
                State::Keep(marker, left) => {
                    let taken = take(&mut bytes, *left);
                    kept.extend_from_slice(taken);
                    *left -= taken.len();
                    if *left == 0 {
                        self.state = if *marker == SOS { State::Scan } else { State::Between };
                    }
                }
                State::Drop(left) => {
                    *left -= take(&mut bytes, *left).len();
                    if *left == 0 {
                        self.state = State::Between;
                    }
                }
                State::Scan => {
                    let marker = bytes.iter().position(|&byte| byte == 0xff);
                    kept.extend_from_slice(take(&mut bytes, marker.unwrap_or(usize::MAX)));
                    if marker.is_some() {
                        take(&mut bytes, 1);
                        self.state = State::ScanMarker;
                    }
                }
                State::ScanMarker => {
                    take(&mut bytes, 1);
                    match byte {
                        // A stuffed 0xff, or a restart marker: data goes on.
                        0x00 | 0xd0..=0xd7 => {
                            kept.extend_from_slice(&[0xff, byte]);
                            self.state = State::Scan;
                        }
                        _ => self.state = between_segments(byte, kept)?,
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

/// What follows this marker.
fn between_segments(marker: u8, kept: &mut Vec<u8>) -> Result<State, RejectionReason> {
    Ok(match marker {
        // Any number of 0xff may stand before a marker.
        0xff => State::Marker,
        // A lone 0xff among bytes that are skipped; markers without a segment.
        0x00 | 0x01 | 0xd0..=0xd7 => State::Between,
        SOI => return Err(RejectionReason::Unreadable),
        EOI => {
            kept.extend_from_slice(&[0xff, EOI]);
            State::Done
        }
        _ => State::Length(marker),
    })
}

impl Jpeg {
    /// Decides on a segment by its marker and the length that has been gathered.
    fn judge(&mut self, marker: u8, kept: &mut Vec<u8>) -> Result<State, RejectionReason> {
        let [high, low] = *self.gathered else { return Err(RejectionReason::Unreadable) };
        let length = usize::from(u16::from_be_bytes([high, low]));
        let Some(content) = length.checked_sub(2) else { return Err(RejectionReason::Unreadable) };
        if marker == SOS {
            self.scans += 1;
            if self.scans > MOST_SCANS {
                return Err(RejectionReason::Unreadable);
            }
        }
        Ok(match marker {
            // Frames, tables, scans, and what goes with them.
            0xc0..=0xcf | 0xda..=0xdf if content > 0 => {
                kept.extend_from_slice(&[0xff, marker, high, low]);
                State::Keep(marker, content)
            }
            0xc0..=0xcf | 0xda..=0xdf => return Err(RejectionReason::Unreadable),
            APP0 | APP1 | APP2 | APP14 if content > 0 => State::Look(marker, content),
            _ if content > 0 => State::Drop(content),
            _ => State::Between,
        })
    }

    /// Keeps what there is to keep of an application segment.
    fn look(&mut self, marker: u8, kept: &mut Vec<u8>) {
        match marker {
            // Everything up to the thumbnail, whose width and height become 0.
            APP0 if self.gathered.starts_with(b"JFIF\0") && self.gathered.len() >= 14 => {
                write_segment(marker, &[&self.gathered[..12], &[0, 0]].concat(), kept);
            }
            APP1 if !self.oriented => {
                let orientation = self.gathered.strip_prefix(EXIF).and_then(Orientation::read);
                if let Some(orientation) = orientation {
                    write_segment(marker, &[EXIF, &orientation.tiff()].concat(), kept);
                    self.oriented = true;
                }
            }
            APP2 if self.gathered.starts_with(ICC) => write_segment(marker, &self.gathered, kept),
            // Tells how the colours are encoded.
            APP14 if self.gathered.starts_with(b"Adobe") && self.gathered.len() >= 12 => {
                write_segment(marker, &self.gathered[..12], kept);
            }
            _ => {}
        }
    }
}

fn write_segment(marker: u8, content: &[u8], kept: &mut Vec<u8>) {
    let [high, low] = (content.len() as u16 + 2).to_be_bytes();
    kept.extend_from_slice(&[0xff, marker, high, low]);
    kept.extend_from_slice(content);
}
