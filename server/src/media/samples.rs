//! Files for the tests of this folder: made here, with and without metadata.

use std::io::Cursor;

use image::{ExtendedColorType, ImageDecoder, ImageEncoder, ImageReader};
use vestibule_protocol::upload::MediaType;

/// What stands in every piece of metadata that must not be kept.
pub const SECRET: &[u8] = b"52.520008N 13.404954E";
/// What stands in the colour profile, which must be.
pub const PROFILE: &[u8] = b"profile of these colours";

/// A picture without metadata, with something on it.
pub fn picture(media_type: MediaType, width: u32, height: u32) -> Vec<u8> {
    let pixels: Vec<u8> = (0..width * height)
        .flat_map(|at| {
            let (x, y) = (at % width, at / width);
            [(x * 7 + y) as u8, (x ^ y) as u8, (y * 3) as u8]
        })
        .collect();
    let mut file = Vec::new();
    let rgb = ExtendedColorType::Rgb8;
    match media_type {
        MediaType::Jpeg => {
            let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut file, 85);
            encoder.write_image(&pixels, width, height, rgb).unwrap();
        }
        MediaType::Png => {
            let encoder = image::codecs::png::PngEncoder::new(&mut file);
            encoder.write_image(&pixels, width, height, rgb).unwrap();
        }
        MediaType::WebP => {
            let encoder = image::codecs::webp::WebPEncoder::new_lossless(&mut file);
            encoder.write_image(&pixels, width, height, rgb).unwrap();
        }
        MediaType::Pdf => file = pdf(),
    }
    file
}

/// A JPEG of 333 × 222 pixels as other encoders than the one of [`picture`] make it.
pub fn jpeg(variant: impl Fn(&mut jpeg_encoder::Encoder<&mut Vec<u8>>)) -> Vec<u8> {
    let pixels: Vec<u8> =
        (0..333 * 222 * 3u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 27) as u8 * 8).collect();
    let mut file = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut file, 80);
    variant(&mut encoder);
    encoder.encode(&pixels, 333, 222, jpeg_encoder::ColorType::Rgb).unwrap();
    file
}

/// The smallest thing that passes for a PDF.
pub fn pdf() -> Vec<u8> {
    b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n".to_vec()
}

/// A small picture with everything in it.
pub fn any(media_type: MediaType) -> Vec<u8> {
    laden(media_type, &picture(media_type, 40, 30), 6)
}

/// The same picture with a profile, an orientation, and secrets wherever there is room for them.
pub fn laden(media_type: MediaType, plain: &[u8], orientation: u8) -> Vec<u8> {
    match media_type {
        MediaType::Jpeg => laden_jpeg(plain, orientation),
        MediaType::Png => laden_png(plain, orientation),
        MediaType::WebP => laden_webp(plain, orientation),
        MediaType::Pdf => plain.to_vec(),
    }
}

/// EXIF as a camera writes it, in short: make, orientation, place.
fn exif(orientation: u8) -> Vec<u8> {
    let mut tiff = b"II\x2a\0\x08\0\0\0\x02\0".to_vec();
    tiff.extend_from_slice(b"\x0f\x01\x02\0\x15\0\0\0\x26\0\0\0");
    tiff.extend_from_slice(&[0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]);
    tiff.extend_from_slice(b"\0\0\0\0");
    tiff.extend_from_slice(SECRET);
    tiff
}

fn laden_jpeg(plain: &[u8], orientation: u8) -> Vec<u8> {
    let segment = |marker: u8, content: &[u8]| {
        let length = (content.len() as u16 + 2).to_be_bytes();
        [&[0xff, marker], &length[..], content].concat()
    };
    let thumbnail = [&b"JFIF\0\x01\x02\0\0\x01\0\x01\x07\x01"[..], SECRET].concat();
    [
        &plain[..2],
        &segment(0xe0, &thumbnail),
        &segment(0xe1, &[&b"Exif\0\0"[..], &exif(orientation)].concat()),
        &segment(0xe1, &[&b"http://ns.adobe.com/xap/1.0/\0"[..], SECRET].concat()),
        &segment(0xe2, &[&b"ICC_PROFILE\0\x01\x01"[..], PROFILE].concat()),
        &segment(0xe2, &[&b"MPF\0"[..], SECRET].concat()),
        &segment(0xed, &[&b"Photoshop 3.0\0"[..], SECRET].concat()),
        &segment(0xfe, SECRET),
        b"\xff\xff",
        // The encoder's own JFIF header goes, the laden one has taken its place.
        &plain[21..],
        SECRET,
    ]
    .concat()
}

fn laden_png(plain: &[u8], orientation: u8) -> Vec<u8> {
    let chunk = |kind: &[u8; 4], content: &[u8]| {
        let body = [&kind[..], content].concat();
        let crc = crc32fast::hash(&body).to_be_bytes();
        [&(content.len() as u32).to_be_bytes()[..], &body, &crc].concat()
    };
    let header = 8 + 25;
    [
        &plain[..header],
        &chunk(b"iCCP", &[&b"icc\0\0"[..], PROFILE].concat()),
        &chunk(b"tEXt", &[&b"Comment\0"[..], SECRET].concat()),
        &chunk(b"eXIf", &exif(orientation)),
        &chunk(b"tIME", b"\x07\xe8\x01\x01\0\0\0"),
        &chunk(b"prVt", SECRET),
        &plain[header..],
        SECRET,
    ]
    .concat()
}

fn laden_webp(plain: &[u8], orientation: u8) -> Vec<u8> {
    let chunk = |kind: &[u8; 4], content: &[u8]| {
        let padding = &[0][..content.len() % 2];
        [&kind[..], &(content.len() as u32).to_le_bytes(), content, padding].concat()
    };
    // "VP8L", its length and signature; then 14 bits of width - 1 and 14 of height - 1.
    let sides = u32::from_le_bytes(plain[21..25].try_into().unwrap());
    let (width, height) = (sides & 0x3fff, sides >> 14 & 0x3fff);
    let mut extended = vec![0x20 | 0x08 | 0x04, 0, 0, 0];
    extended.extend_from_slice(&width.to_le_bytes()[..3]);
    extended.extend_from_slice(&height.to_le_bytes()[..3]);
    let body = [
        &b"WEBP"[..],
        &chunk(b"VP8X", &extended),
        &chunk(b"ICCP", PROFILE),
        &plain[12..],
        &chunk(b"EXIF", &exif(orientation)),
        &chunk(b"XMP ", SECRET),
        &chunk(b"prVt", SECRET),
    ]
    .concat();
    [&b"RIFF"[..], &(body.len() as u32).to_le_bytes(), &body, SECRET].concat()
}

/// What another decoder sees in a file.
pub fn pixels(file: &[u8]) -> image::DynamicImage {
    let mut reader = ImageReader::new(Cursor::new(file)).with_guessed_format().unwrap();
    reader.no_limits();
    reader.decode().unwrap()
}

/// The orientation that another decoder finds, as EXIF numbers it. `None` if it finds no EXIF.
pub fn orientation(file: &[u8]) -> Option<u8> {
    let reader = ImageReader::new(Cursor::new(file)).with_guessed_format().unwrap();
    let exif = reader.into_decoder().unwrap().exif_metadata().unwrap()?;
    image::metadata::Orientation::from_exif_chunk(&exif).map(|orientation| orientation.to_exif())
}

/// A PNG that says it has `side` × `side` pixels, in a few hundred bytes.
pub fn bomb(side: u32) -> Vec<u8> {
    let mut file = picture(MediaType::Png, 8, 8);
    file[16..20].copy_from_slice(&side.to_be_bytes());
    file[20..24].copy_from_slice(&side.to_be_bytes());
    let crc = crc32fast::hash(&file[12..29]).to_be_bytes();
    file[29..33].copy_from_slice(&crc);
    file
}
