//! Whether a picture can be seen: decoded once, within limits, and forgotten.
//!
//! Dimensions are read from the header first, so that a file which claims more pixels than are
//! decoded costs nothing. Decoders are given hostile files all day: what they refuse, and what
//! makes them fail, is a reason for the person to take the picture again.

mod scan;

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use vestibule_protocol::upload::{MediaType, RejectionReason};
use zune_core::bytestream::ZCursor;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;
use zune_jpeg::errors::DecodeErrors;

/// The most pixels that are decoded: 50 megapixels, more than phones take by default. Such a decode
/// takes up to 500 MB for the moment that it lasts (a progressive JPEG: six bytes of coefficients and
/// three of colour per pixel).
pub const MOST_PIXELS: u64 = 50_000_000;

/// The least length of a picture's shorter side, in pixels. Nothing can be read on a smaller one.
pub const LEAST_SIDE: u32 = 200;

/// Width × height in pixels, as stored (before the orientation is applied).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
}

/// Decodes the picture. `None` for what is not one: a PDF.
///
/// # Errors
/// The reason to take the picture again.
pub fn inspect(media_type: MediaType, file: &[u8]) -> Result<Option<Size>, RejectionReason> {
    let decode = match media_type {
        MediaType::Jpeg => jpeg,
        MediaType::Png => png,
        MediaType::WebP => webp,
        MediaType::Pdf => return Ok(None),
    };
    // Whatever a decoder's panic leaves unfinished lived inside this call.
    catch_unwind(AssertUnwindSafe(|| decode(file))).unwrap_or(Err(RejectionReason::Unreadable)).map(Some)
}

fn check(width: u32, height: u32) -> Result<Size, RejectionReason> {
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(RejectionReason::TooManyPixels);
    }
    if width == 0 || height == 0 {
        return Err(RejectionReason::Unreadable);
    }
    if width.min(height) < LEAST_SIDE {
        return Err(RejectionReason::TooSmall);
    }
    Ok(Size { width, height })
}

fn jpeg(file: &[u8]) -> Result<Size, RejectionReason> {
    let reason = |error: DecodeErrors| match error {
        DecodeErrors::ExhaustedData | DecodeErrors::IoErrors(_) => RejectionReason::Truncated,
        DecodeErrors::LargeDimensions(_) => RejectionReason::TooManyPixels,
        _ => RejectionReason::Unreadable,
    };
    let side = usize::from(u16::MAX);
    let options = DecoderOptions::new_safe().set_strict_mode(true).set_max_width(side).set_max_height(side);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(file), options);
    decoder.decode_headers().map_err(reason)?;
    let info = decoder.info().ok_or(RejectionReason::Unreadable)?;
    let size = check(info.width.into(), info.height.into())?;
    if scan::ends_early(file) {
        return Err(RejectionReason::Truncated);
    }
    decoder.decode().map_err(reason)?;
    Ok(size)
}

fn png(file: &[u8]) -> Result<Size, RejectionReason> {
    let reason = |error: png::DecodingError| match error {
        png::DecodingError::IoError(_) => RejectionReason::Truncated,
        png::DecodingError::LimitsExceeded => RejectionReason::TooManyPixels,
        _ => RejectionReason::Unreadable,
    };
    let mut decoder = png::Decoder::new(Cursor::new(file));
    // A profile is of no use here, and a compressed one can be a bomb of its own.
    decoder.set_ignore_iccp_chunk(true);
    let header = decoder.read_header_info().map_err(reason)?;
    let size = check(header.width, header.height)?;
    let rows = if header.interlaced { interlaced_rows(size) } else { u64::from(size.height) };
    let mut reader = decoder.read_info().map_err(reason)?;
    // Row by row, so that the picture is never in memory; and no further than the last row, so
    // that nothing behind it is inflated.
    for _ in 0..rows {
        if reader.next_row().map_err(reason)?.is_none() {
            return Err(RejectionReason::Truncated);
        }
    }
    Ok(size)
}

/// The rows of the seven pictures that make up an interlaced one (PNG, section 8.1). At
/// [`LEAST_SIDE`] and above none of them is empty.
fn interlaced_rows(size: Size) -> u64 {
    [(0, 8), (0, 8), (4, 8), (0, 4), (2, 4), (0, 2), (1, 2)]
        .iter()
        .map(|(first, every)| (u64::from(size.height) - first).div_ceil(*every))
        .sum()
}

fn webp(file: &[u8]) -> Result<Size, RejectionReason> {
    let reason = |error: image_webp::DecodingError| match error {
        image_webp::DecodingError::IoError(_) => RejectionReason::Truncated,
        image_webp::DecodingError::ImageTooLarge | image_webp::DecodingError::MemoryLimitExceeded => {
            RejectionReason::TooManyPixels
        }
        _ => RejectionReason::Unreadable,
    };
    let mut decoder = image_webp::WebPDecoder::new(Cursor::new(file)).map_err(reason)?;
    let (width, height) = decoder.dimensions();
    let size = check(width, height)?;
    // An extended file says its dimensions twice; the decoder believes the frame's and compares
    // only afterwards.
    if let Some((width, height)) = lossy_frame(file) {
        check(width, height)?;
    }
    let length = decoder.output_buffer_size().ok_or(RejectionReason::TooManyPixels)?;
    decoder.read_image(&mut vec![0; length]).map_err(reason)?;
    Ok(size)
}

/// The dimensions in the frame header of the first lossy picture of the file (RFC 6386, 9.1).
fn lossy_frame(file: &[u8]) -> Option<(u32, u32)> {
    let mut rest = file.get(12..)?;
    loop {
        let (head, content) = rest.split_at_checked(8)?;
        let length = u32::from_le_bytes(head[4..].try_into().ok()?) as usize;
        if head.starts_with(b"VP8 ") {
            let side = |at: usize| {
                let bytes = content.get(at..at + 2)?.try_into().ok()?;
                Some(u32::from(u16::from_le_bytes(bytes) & 0x3fff))
            };
            return Some((side(6)?, side(8)?));
        }
        rest = content.get(length.checked_add(length % 2)?..)?;
    }
}

#[cfg(test)]
mod tests;
