//! The pixels of a decoded picture, and the two pictures in which they are looked at: upright, as EXIF says.

use vestibule_vision::frame::{Frame, LONGEST, Plane, luma};

use super::Size;
use crate::media::strip::Orientation;

/// The longer side of the picture in which the document is looked for and judged, in pixels. A card that
/// fills a third of it has 6 pixels a millimetre, more than a hand-held camera is asked for.
const SMALL: f32 = 1600.0;

/// A decoded picture as it is stored: rows of pixels, each of one to four bytes.
pub struct Pixels {
    size: Size,
    bytes: Vec<u8>,
    orientation: Option<Orientation>,
}

/// A picture as it is looked at.
pub struct Picture {
    /// How bright it is, pixel by pixel: print is read here.
    pub luma: Plane,
    small: Vec<u8>,
    width: usize,
    height: usize,
}

impl Pixels {
    /// Pixels of `bytes.len() / (width × height)` bytes.
    pub(super) fn new(size: Size, bytes: Vec<u8>, orientation: Option<Orientation>) -> Self {
        Self { size, bytes, orientation }
    }

    /// As it is stored.
    pub fn size(&self) -> Size {
        self.size
    }

    /// The picture upright. `None` when it is longer than is looked at.
    pub fn picture(self) -> Option<Picture> {
        let (stored, orientation) = (self.size, self.orientation.map_or(1, Orientation::number));
        let (wide, high) = (stored.width as usize, stored.height as usize);
        let each = self.bytes.len() / (wide * high);
        // One or two bytes are grey, three or four are red, green and blue.
        let colours: &[usize] = if each < 3 { &[0; 3] } else { &[0, 1, 2] };
        let (width, height) = if orientation < 5 { (wide, high) } else { (high, wide) };
        if each == 0 || LONGEST < width.max(height) {
            return None;
        }
        let pixel = |x: usize, y: usize| {
            let (column, row) = match orientation {
                2 => (wide - 1 - x, y),
                3 => (wide - 1 - x, high - 1 - y),
                4 => (x, high - 1 - y),
                5 => (y, x),
                6 => (y, high - 1 - x),
                7 => (wide - 1 - y, high - 1 - x),
                8 => (wide - 1 - y, x),
                _ => (x, y),
            };
            &self.bytes[(row * wide + column) * each..][..each]
        };
        let scale = (SMALL / width.max(height) as f32).min(1.0);
        let side = |pixels: usize| (pixels as f32 * scale).round().max(1.0) as usize;
        let (small_width, small_height) = (side(width), side(height));
        let mut small = vec![255; small_width * small_height * 4];
        for (colour, &place) in colours.iter().enumerate() {
            let plane = Plane::of(width, height, |x, y| pixel(x, y)[place]).shrink(small_width, small_height);
            for (out, &value) in small.chunks_exact_mut(4).zip(plane.pixels()) {
                out[colour] = value;
            }
        }
        let luma = Plane::of(width, height, |x, y| {
            let [red, green, blue] = [0, 1, 2].map(|colour| pixel(x, y)[colours[colour]]);
            luma([red, green, blue, 255])
        });
        Some(Picture { luma, small, width: small_width, height: small_height })
    }
}

impl Picture {
    /// The same in colour, and small.
    pub fn small(&self) -> Option<Frame<'_>> {
        Frame::new(self.width, self.height, &self.small)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tiff(orientation: u8) -> Option<Orientation> {
        let mut tiff = *b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0";
        tiff[19] = orientation;
        Orientation::read(&tiff)
    }

    /// A picture of 3 × 2 whose values are 10, 20, 30 and 40, 50, 60.
    fn lying(orientation: u8, colours: usize) -> Picture {
        let bytes = [10, 20, 30, 40, 50, 60].into_iter().flat_map(|value| vec![value; colours]).collect();
        Pixels::new(Size { width: 3, height: 2 }, bytes, tiff(orientation)).picture().unwrap()
    }

    #[test]
    fn it_is_looked_at_upright() {
        for (orientation, width, rows) in [
            (1, 3, [10, 20, 30, 40, 50, 60]),
            (2, 3, [30, 20, 10, 60, 50, 40]),
            (3, 3, [60, 50, 40, 30, 20, 10]),
            (4, 3, [40, 50, 60, 10, 20, 30]),
            (5, 2, [10, 40, 20, 50, 30, 60]),
            (6, 2, [40, 10, 50, 20, 60, 30]),
            (7, 2, [60, 30, 50, 20, 40, 10]),
            (8, 2, [30, 60, 20, 50, 10, 40]),
        ] {
            for colours in 1..=4 {
                let picture = lying(orientation, colours);
                assert_eq!(
                    (picture.luma.width(), picture.luma.pixels()),
                    (width, &rows[..]),
                    "{orientation}"
                );
                let (small, second) = (picture.small().unwrap(), rows[width]);
                assert_eq!((small.width(), small.row(1)[0]), (width, [second, second, second, 255]));
            }
        }
    }
}
