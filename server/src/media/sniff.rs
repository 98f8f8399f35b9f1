//! What a file is, by its first bytes and never by its name.

use vestibule_protocol::upload::MediaType;

/// How many of a file's first bytes are looked at.
pub const LOOKED_AT: usize = 512;

/// What a file turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// A type that can be kept.
    Kept(MediaType),
    /// A type that is known and not kept, as a sentence names it: "an HEIC photo".
    Other(&'static str),
    /// Fewer bytes than any file of the type that they begin like.
    Beginning,
}

/// What begins with these bytes; `start` is at most [`LOOKED_AT`] bytes long, and shorter only if
/// the file is.
pub fn sniff(start: &[u8]) -> Found {
    match start {
        [0xff, 0xd8, 0xff, ..] => Found::Kept(MediaType::Jpeg),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Found::Kept(MediaType::Png),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => webp(start),
        [b'%', b'P', b'D', b'F', b'-', ..] => Found::Kept(MediaType::Pdf),
        [b'G', b'I', b'F', b'8', ..] => Found::Other("a GIF"),
        [b'I', b'I', 42 | 43, 0, ..] | [b'M', b'M', 0, 42 | 43, ..] => Found::Other("a TIFF"),
        [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => Found::Other("a BMP"),
        [0xff, 0x0a, ..] | [0, 0, 0, 12, b'J', b'X', b'L', b' ', ..] => Found::Other("a JPEG XL picture"),
        [0, 0, 0, 12, b'j', b'P', b' ', b' ', ..] => Found::Other("a JPEG 2000 picture"),
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => Found::Other(container(brand)),
        _ if is_beginning(start) => Found::Beginning,
        _ if is_svg(start) => Found::Other("an SVG"),
        _ => Found::Other("a file of an unknown type"),
    }
}

/// An extended WebP says in its flags whether it moves.
fn webp(start: &[u8]) -> Found {
    const MOVES: u8 = 0x02;
    match start.get(12..21) {
        Some([b'V', b'P', b'8', b'X', .., flags]) if flags & MOVES != 0 => Found::Other("an animated WebP"),
        _ => Found::Kept(MediaType::WebP),
    }
}

/// The brands of ISO/IEC 14496-12 files that a phone's camera writes.
fn container(brand: &[u8]) -> &'static str {
    match brand.get(..4) {
        Some(b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx") => "an HEIC photo",
        Some(b"mif1" | b"msf1" | b"mif2") => "an HEIF photo",
        Some(b"avif" | b"avis") => "an AVIF picture",
        _ => "a video",
    }
}

fn is_beginning(start: &[u8]) -> bool {
    let signatures: [&[u8]; 3] = [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"%PDF-"];
    signatures.iter().any(|signature| signature.starts_with(start))
        || (start.len() < 12 && b"RIFF".starts_with(&start[..start.len().min(4)]))
}

/// SVG is text: an `<svg` among the first tags.
fn is_svg(start: &[u8]) -> bool {
    let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
    text.starts_with(b"<") && text.windows(4).any(|tag| tag.eq_ignore_ascii_case(b"<svg"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn types_are_known_by_their_content() {
        for (start, found) in [
            (&b"\xff\xd8\xff\xe1"[..], Found::Kept(MediaType::Jpeg)),
            (b"\x89PNG\r\n\x1a\n", Found::Kept(MediaType::Png)),
            (b"RIFF\x10\0\0\0WEBPVP8 ", Found::Kept(MediaType::WebP)),
            (b"RIFF\x10\0\0\0WEBPVP8X\x0a\0\0\0\x02", Found::Other("an animated WebP")),
            (b"%PDF-1.7", Found::Kept(MediaType::Pdf)),
            (b"\0\0\0\x18ftypheic", Found::Other("an HEIC photo")),
            (b"\0\0\0\x18ftypmif1", Found::Other("an HEIF photo")),
            (b"\0\0\0\x18ftypavif", Found::Other("an AVIF picture")),
            (b"\0\0\0\x18ftypqt  ", Found::Other("a video")),
            (b"GIF89a", Found::Other("a GIF")),
            (b"II*\0", Found::Other("a TIFF")),
            (b"BM\x10\0\0\0\0\0\0\0", Found::Other("a BMP")),
            (b"<?xml version='1.0'?>\n<svg xmlns=", Found::Other("an SVG")),
            (b"MZ\x90\0", Found::Other("a file of an unknown type")),
            (b"\xff\xd8", Found::Beginning),
            (b"\x89PN", Found::Beginning),
            (b"RIFF\x10\0\0\0WE", Found::Beginning),
        ] {
            assert_eq!(sniff(start), found, "{}", start.escape_ascii());
        }
    }

    proptest! {
        #[test]
        fn any_bytes_get_an_answer(start in prop::collection::vec(any::<u8>(), 0..=LOOKED_AT)) {
            sniff(&start);
        }
    }
}
