//! The small picture in which the network looks for a document.

use crate::frame::Frame;
use crate::geometry::Point;

/// As many pixels as are looked at, about: 192 × 112 of a wide frame. A card that fills half of the frame's
/// width is then 96 pixels long, and its print is as fine as a pixel: what is left is its shape.
const AREA: f32 = 20_736.0;

/// Sides are multiples of it, since the network halves the picture four times.
pub(super) const BLOCK: usize = 16;

/// The longest and the shortest side, so that strips of pixels stay a bounded amount of work too.
const SIDES: [usize; 2] = [48, 384];

/// As many pixels of the frame as are mixed into one at most, in each direction. More change nothing that can
/// be seen, and cost as much as all else.
const TAPS: usize = 4;
const COUNT: u32 = (TAPS * TAPS) as u32;

/// A small picture of a whole frame, stretched a little so that its sides are multiples of 16.
pub struct View {
    /// In pixels.
    pub width: usize,
    /// In pixels.
    pub height: usize,
    /// Red, green and blue, row by row.
    pub pixels: Vec<[u8; 3]>,
}

impl View {
    /// The view of a frame.
    pub fn of(frame: &Frame) -> Self {
        let aspect = frame.width() as f32 / frame.height() as f32;
        let [width, height] = [AREA * aspect, AREA / aspect].map(|square| {
            ((square.sqrt() / BLOCK as f32).round() as usize * BLOCK).clamp(SIDES[0], SIDES[1])
        });
        let columns = taps(frame.width(), width);
        let mut pixels = Vec::with_capacity(width * height);
        let mut sums = vec![[0u32; 2]; width];
        for rows in taps(frame.height(), height) {
            sums.fill([0; 2]);
            for y in rows {
                let row = frame.row(y);
                for ([red_and_blue, green], columns) in sums.iter_mut().zip(&columns) {
                    for &x in columns {
                        // Sixteen of each colour have room in 16 bits.
                        let pixel = u32::from_le_bytes(row[x]);
                        *red_and_blue += pixel & 0xFF_00FF;
                        *green += pixel >> 8 & 0xFF;
                    }
                }
            }
            let mean = |sum: u32| ((sum + COUNT / 2) / COUNT) as u8;
            pixels.extend(sums.iter().map(|[both, green]| [both & 0xFFFF, *green, both >> 16].map(mean)));
        }
        Self { width, height, pixels }
    }

    /// The colours at a place, between the four pixels around it.
    pub(super) fn at(&self, place: Point) -> [f32; 3] {
        let mut colours = [0.0; 3];
        for (at, share) in around(place, self.width, self.height) {
            colours.iter_mut().zip(self.pixels[at]).for_each(|(sum, value)| *sum += share * f32::from(value));
        }
        colours
    }
}

/// The four pixels around a place of a picture of this size, those at its edge where there are none, and how much each
/// counts there.
pub(super) fn around(place: Point, width: usize, height: usize) -> [(usize, f32); 4] {
    let x = (place.x - 0.5).clamp(0.0, (width - 1) as f32);
    let y = (place.y - 0.5).clamp(0.0, (height - 1) as f32);
    let (column, row) = (x as usize, y as usize);
    let (across, down) = (x - column as f32, y - row as f32);
    let (right, below) = ((column + 1).min(width - 1), (row + 1).min(height - 1));
    [
        (row * width + column, (1.0 - across) * (1.0 - down)),
        (row * width + right, across * (1.0 - down)),
        (below * width + column, (1.0 - across) * down),
        (below * width + right, across * down),
    ]
}

/// For each of `parts` of a length, the pixels that stand for it: evenly spread within it.
fn taps(length: usize, parts: usize) -> Vec<[usize; TAPS]> {
    let place = |part: usize, tap: usize| {
        ((part * TAPS * 2 + tap * 2 + 1) * length / (parts * TAPS * 2)).min(length - 1)
    };
    (0..parts).map(|part| std::array::from_fn(|tap| place(part, tap))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_is_as_wide_as_its_frame_about() {
        let size = |width, height| {
            let rgba = vec![90; width * height * 4];
            let view = View::of(&Frame::new(width, height, &rgba).unwrap());
            assert!(view.pixels.iter().all(|&pixel| pixel == [90; 3]));
            (view.width, view.height)
        };
        assert_eq!(size(1280, 720), (192, 112));
        assert_eq!(size(720, 1280), (112, 192));
        assert_eq!(size(640, 480), (160, 128));
        assert_eq!(size(1, 1), (144, 144));
        assert_eq!(size(5000, 1), (384, 48));
    }

    #[test]
    fn a_view_shows_what_is_where() {
        let mut rgba = vec![0; 400 * 300 * 4];
        for (at, pixel) in rgba.chunks_exact_mut(4).enumerate() {
            if at % 400 >= 200 {
                pixel[0] = 200;
            }
        }
        let view = View::of(&Frame::new(400, 300, &rgba).unwrap());
        let row = &view.pixels[..view.width];
        assert_eq!((row[view.width / 2 - 1], row[view.width / 2]), ([0; 3], [200, 0, 0]));
    }
}
