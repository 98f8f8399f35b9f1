//! Whether a picture can be seen: decoded once, within limits, and forgotten once it was looked at.
//!
//! Dimensions are read from the header first, so that a file which claims more pixels than are
//! decoded costs nothing. Decoders are given hostile files all day: what they refuse, and what
//! makes them fail, is a reason for the person to take the picture again.

pub(super) mod pixels;
mod scan;

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use vestibule_protocol::upload::{MediaType, RejectionReason};
use vestibule_vision::report::{Expectation, Report};
use zune_core::bytestream::ZCursor;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;
use zune_jpeg::errors::DecodeErrors;

use self::pixels::Pixels;
use super::look::look;
use super::strip::Orientation;

/// The most pixels that are decoded: 50 megapixels, more than phones take by default. Such a decode
/// takes up to 500 MB for the moment that it lasts (a progressive JPEG: six bytes of coefficients and
/// three of colour per pixel). When it is looked at the coefficients are gone: then there are up to four
/// bytes of colour and two of brightness per pixel.
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

/// What was found of a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inspected {
    /// The dimensions of a picture; `None` for what is none: a PDF.
    pub size: Option<Size>,
    /// What it shows, where that was asked.
    pub report: Option<Box<Report>>,
}

/// Decodes the picture, and looks at it if something is expected of it. A picture in which that fails, or
/// which is longer than can be looked at, has no report.
///
/// # Errors
/// The reason to take the picture again.
pub fn inspect(
    media_type: MediaType,
    file: &[u8],
    expected: Option<&Expectation>,
) -> Result<Inspected, RejectionReason> {
    let decode = match media_type {
        MediaType::Jpeg => jpeg,
        MediaType::Png => png,
        MediaType::WebP => webp,
        MediaType::Pdf => return Ok(Inspected::default()),
    };
    // Whatever a decoder's panic leaves unfinished lived inside this call.
    let decoded = catch_unwind(AssertUnwindSafe(|| decode(file)));
    let pixels = decoded.unwrap_or(Err(RejectionReason::Unreadable))?;
    let size = Some(pixels.size());
    let seen = expected.and_then(|expected| {
        catch_unwind(AssertUnwindSafe(|| look(&pixels.picture()?, expected))).unwrap_or(None)
    });
    Ok(Inspected { size, report: seen.map(Box::new) })
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

fn jpeg(file: &[u8]) -> Result<Pixels, RejectionReason> {
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
    let bytes = decoder.decode().map_err(reason)?;
    let orientation = decoder.exif().and_then(|exif| Orientation::read(exif));
    Ok(Pixels::new(size, bytes, orientation))
}

fn png(file: &[u8]) -> Result<Pixels, RejectionReason> {
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
    // A byte for each colour of each pixel.
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(reason)?;
    let orientation = reader.info().exif_metadata.as_deref().and_then(Orientation::read);
    let colours = reader.output_color_type().0.samples();
    let row = size.width as usize * colours;
    let mut bytes = vec![0; row * size.height as usize];
    // Row by row and no further than the last one, so that nothing behind it is inflated.
    for at in 0..rows as usize {
        let next = reader.next_interlaced_row().map_err(reason)?.ok_or(RejectionReason::Truncated)?;
        match next.interlace() {
            png::InterlaceInfo::Null(_) => bytes[at * row..][..row].copy_from_slice(next.data()),
            png::InterlaceInfo::Adam7(place) => {
                png::expand_interlaced_row(&mut bytes, row, next.data(), place, 8 * colours as u8);
            }
        }
    }
    Ok(Pixels::new(size, bytes, orientation))
}

/// The rows of the seven pictures that make up an interlaced one (PNG, section 8.1). At
/// [`LEAST_SIDE`] and above none of them is empty.
fn interlaced_rows(size: Size) -> u64 {
    [(0, 8), (0, 8), (4, 8), (0, 4), (2, 4), (0, 2), (1, 2)]
        .iter()
        .map(|(first, every)| (u64::from(size.height) - first).div_ceil(*every))
        .sum()
}

fn webp(file: &[u8]) -> Result<Pixels, RejectionReason> {
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
    let mut bytes = vec![0; length];
    decoder.read_image(&mut bytes).map_err(reason)?;
    let exif = decoder.exif_metadata().ok().flatten();
    let orientation = exif.as_deref().and_then(Orientation::read);
    Ok(Pixels::new(size, bytes, orientation))
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
