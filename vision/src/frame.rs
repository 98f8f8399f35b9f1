//! A picture as a camera gives it, and as one plane of brightness.
//!
//! Places are continuous: the pixel in column `x` and row `y` covers the square from `(x, y)` to
//! `(x + 1, y + 1)`, so its middle is at `(x + 0.5, y + 0.5)`. They mean the same at every scale.

use wide::{f32x4, i32x4};

use crate::geometry::Point;

/// The longest side that is looked at, in pixels. It keeps every sum of this crate within its type.
pub const LONGEST: usize = 16_384;

/// A picture: `width × height`, row-major RGBA8. Alpha is not looked at.
#[derive(Clone, Copy)]
pub struct Frame<'a> {
    width: usize,
    height: usize,
    rgba: &'a [u8],
}

impl<'a> Frame<'a> {
    /// A picture of these bytes; `None` when they are not `width × height × 4`, or a side is 0 or longer
    /// than 16,384 pixels.
    pub fn new(width: usize, height: usize, rgba: &'a [u8]) -> Option<Self> {
        let sides = 1..=LONGEST;
        let fits = sides.contains(&width) && sides.contains(&height) && rgba.len() == width * height * 4;
        fits.then_some(Self { width, height, rgba })
    }

    /// In pixels.
    pub fn width(&self) -> usize {
        self.width
    }

    /// In pixels.
    pub fn height(&self) -> usize {
        self.height
    }

    /// A row of pixels; `y` is below the height.
    pub fn row(&self, y: usize) -> &'a [[u8; 4]] {
        let (pixels, _) = self.rgba[y * self.width * 4..(y + 1) * self.width * 4].as_chunks();
        pixels
    }

    /// The pixel at a place. Beyond the edge the outermost pixels go on.
    #[inline]
    pub(crate) fn nearest(&self, place: Point) -> [u8; 4] {
        // By numbers with a sign, which processors make of fractions at once.
        let [column, row] = [(place.x, self.width), (place.y, self.height)]
            .map(|(at, length)| (at as i32).clamp(0, length as i32 - 1) as usize);
        let at = 4 * (row * self.width + column);
        self.rgba[at..].first_chunk().copied().unwrap_or_default()
    }

    /// How bright each pixel is.
    pub fn luma(&self) -> Plane {
        let mut pixels = Vec::with_capacity(self.width * self.height);
        for y in 0..self.height {
            pixels.extend(self.row(y).iter().map(|&pixel| luma(pixel)));
        }
        Plane { width: self.width, height: self.height, pixels }
    }
}

/// Brightness by ITU-R BT.601, in 256ths.
pub fn luma(pixel: [u8; 4]) -> u8 {
    // Red and blue by one multiplication: what it makes of both stands in the upper half, beyond what is made of red
    // by the share of blue, and what is made of blue by the share of red is lost.
    let whole = u32::from_le_bytes(pixel);
    let red_and_blue = (whole & 0xFF_00FF).wrapping_mul(77 << 16 | 29) >> 16;
    ((red_and_blue + 150 * (whole >> 8 & 0xFF)) >> 8) as u8
}

/// One value for each pixel: `width × height`, row-major, 0 is black. Neither side is 0.
#[derive(Clone)]
pub struct Plane {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

impl Plane {
    /// A plane of these values; `None` when they are not `width × height`, or a side is 0 or longer than
    /// 16,384 pixels.
    pub fn new(width: usize, height: usize, pixels: Vec<u8>) -> Option<Self> {
        let sides = 1..=LONGEST;
        let fits = sides.contains(&width) && sides.contains(&height) && pixels.len() == width * height;
        fits.then_some(Self { width, height, pixels })
    }

    /// A plane of which each value is computed from its column and row. Sides are cut to 1 to 16,384.
    pub fn of(width: usize, height: usize, mut value: impl FnMut(usize, usize) -> u8) -> Self {
        let (width, height) = (width.clamp(1, LONGEST), height.clamp(1, LONGEST));
        let mut pixels = Vec::with_capacity(width * height);
        for y in 0..height {
            pixels.extend((0..width).map(|x| value(x, y)));
        }
        Self { width, height, pixels }
    }

    /// In pixels.
    pub fn width(&self) -> usize {
        self.width
    }

    /// In pixels.
    pub fn height(&self) -> usize {
        self.height
    }

    /// All values, row by row.
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// A row of values; `y` is below the height.
    pub fn row(&self, y: usize) -> &[u8] {
        &self.pixels[y * self.width..(y + 1) * self.width]
    }

    /// The value at a place, between the four pixels around it. Beyond the edge the outermost pixels go on.
    #[inline]
    pub fn at(&self, x: f32, y: f32) -> f32 {
        let x = (x - 0.5).clamp(0.0, (self.width - 1) as f32);
        let y = (y - 0.5).clamp(0.0, (self.height - 1) as f32);
        let (column, row) = (x as usize, y as usize);
        let (across, down) = (x - column as f32, y - row as f32);
        let right = (column + 1).min(self.width - 1);
        let (upper, lower) = (self.row(row), self.row((row + 1).min(self.height - 1)));
        let mix = |from: u8, to: u8, share: f32| f32::from(from) + (f32::from(to) - f32::from(from)) * share;
        let above = mix(upper[column], upper[right], across);
        let below = mix(lower[column], lower[right], across);
        above + (below - above) * down
    }

    /// The values at four places: as [`Plane::at`].
    #[inline(never)]
    pub(crate) fn four_at(&self, x: f32x4, y: f32x4) -> f32x4 {
        let (left, right, across) = between(x, self.width);
        let (above, below, down) = between(y, self.height);
        let mix = |from: f32x4, to: f32x4, share: f32x4| from + (to - from) * share;
        let mixed = |rows| mix(self.four(left, rows), self.four(right, rows), across);
        mix(mixed(above), mixed(below), down)
    }

    /// The values of the pixels at four places. Beyond the edge the outermost pixels go on.
    #[inline]
    pub(crate) fn four_nearest(&self, x: f32x4, y: f32x4) -> f32x4 {
        self.four(within(x, self.width).trunc_int(), within(y, self.height).trunc_int())
    }

    /// The values of four pixels, which are there.
    #[inline(never)]
    fn four(&self, columns: i32x4, rows: i32x4) -> f32x4 {
        let at = (rows * i32x4::splat(self.width as i32) + columns).to_array();
        f32x4::from_i32x4(at.map(|at| i32::from(self.pixels[at as usize])).into())
    }

    /// The same picture with fewer pixels, each the mean of those that it stands for. A side that would
    /// grow keeps its length.
    pub fn shrink(&self, width: usize, height: usize) -> Self {
        let width = width.clamp(1, self.width);
        let height = height.clamp(1, self.height);
        if (width, height) == (self.width, self.height) {
            return self.clone();
        }
        let columns = shares(self.width, width);
        let mut narrow = vec![0u16; width * self.height];
        for (y, out) in narrow.chunks_exact_mut(width).enumerate() {
            let row = self.row(y);
            for (value, share) in out.iter_mut().zip(&columns) {
                *value = share.mean(|x| u32::from(row[x]) << 8) as u16;
            }
        }
        let mut pixels = Vec::with_capacity(width * height);
        for share in shares(self.height, height) {
            pixels.extend((0..width).map(|x| {
                (share.mean(|y| u32::from(narrow[y * width + x])) + 128).min(0xFFFF).div_euclid(256) as u8
            }));
        }
        Self { width, height, pixels }
    }

    /// The same picture with each value mixed with its neighbours, 1 2 1 in both directions.
    pub fn soften(&self) -> Self {
        let (width, height) = (self.width, self.height);
        let mut across = vec![0u16; width * height];
        for (y, out) in across.chunks_exact_mut(width).enumerate() {
            let row = self.row(y);
            for (x, value) in out.iter_mut().enumerate() {
                let left = u16::from(row[x.saturating_sub(1)]);
                let right = u16::from(row[(x + 1).min(width - 1)]);
                *value = left + 2 * u16::from(row[x]) + right;
            }
        }
        Self::of(width, height, |x, y| {
            let above = across[y.saturating_sub(1) * width + x];
            let below = across[(y + 1).min(height - 1) * width + x];
            ((above + 2 * across[y * width + x] + below + 8) >> 4) as u8
        })
    }
}

/// Four places along a side of so many pixels; what lies beyond its ends is moved there.
fn within(at: f32x4, length: usize) -> f32x4 {
    at.fast_max(f32x4::ZERO).fast_min(f32x4::splat((length - 1) as f32))
}

/// For each of four places along a side of so many pixels the two pixels between whose middles it lies, and how far it
/// is from the one to the other.
fn between(at: f32x4, length: usize) -> (i32x4, i32x4, f32x4) {
    let at = within(at - 0.5, length);
    let before = at.trunc_int();
    (before, (before + 1).min(i32x4::splat(length as i32 - 1)), at - f32x4::from_i32x4(before))
}

/// The pixels `first..=last` that one pixel of a smaller picture stands for: all of them whole, but of the
/// first and the last a part, in 4096ths of a pixel.
struct Share {
    first: usize,
    last: usize,
    of_first: u32,
    of_last: u32,
}

impl Share {
    fn mean(&self, value: impl Fn(usize) -> u32) -> u32 {
        if self.first == self.last {
            return value(self.first);
        }
        let between = (self.last - self.first - 1) as u64;
        let whole: u64 = (self.first + 1..self.last).map(|at| u64::from(value(at))).sum();
        let sum = (whole << 12)
            + u64::from(value(self.first)) * u64::from(self.of_first)
            + u64::from(value(self.last)) * u64::from(self.of_last);
        let weight = (between << 12) + u64::from(self.of_first) + u64::from(self.of_last);
        (sum / weight.max(1)) as u32
    }
}

/// How `length` pixels are shared among `parts`, of which there are not more.
fn shares(length: usize, parts: usize) -> Vec<Share> {
    let border = |part: usize| ((part * length) << 12) / parts;
    (0..parts)
        .map(|part| {
            let (start, end) = (border(part), border(part + 1));
            let (first, last) = (start >> 12, ((end - 1) >> 12).min(length - 1));
            let of_first = (4096 - (start & 4095)) as u32;
            let of_last = (end - (last << 12)) as u32;
            Share { first, last, of_first, of_last }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_has_as_many_bytes_as_it_says() {
        assert!(Frame::new(2, 2, &[0; 16]).is_some());
        assert!(Frame::new(2, 2, &[0; 15]).is_none());
        assert!(Frame::new(0, 2, &[]).is_none());
        assert!(Frame::new(usize::MAX, usize::MAX, &[]).is_none());
    }

    #[test]
    fn a_place_between_pixels_has_a_value_between_theirs() {
        let plane = Plane::new(2, 1, vec![0, 100]).expect("two pixels");
        assert_eq!([plane.at(0.5, 0.5), plane.at(1.0, 0.5), plane.at(1.5, 0.5)], [0.0, 50.0, 100.0]);
        assert_eq!([plane.at(-9.0, 0.5), plane.at(9.0, f32::INFINITY)], [0.0, 100.0]);
        assert!(plane.at(f32::NAN, 0.5).is_nan(), "and nothing panics");
    }

    #[test]
    fn a_smaller_picture_is_as_bright() {
        let plane = Plane::of(7, 5, |x, y| (x * 30 + y * 3) as u8);
        let mean = |plane: &Plane| {
            plane.pixels().iter().map(|&value| f64::from(value)).sum::<f64>() / plane.pixels().len() as f64
        };
        assert_eq!(plane.shrink(2, 2).pixels().len(), 4);
        assert!((mean(&plane.shrink(2, 2)) - mean(&plane)).abs() < 1.0);
        assert_eq!(Plane::of(9, 9, |_, _| 255).shrink(4, 4).pixels(), [255; 16]);
        assert_eq!(Plane::of(4, 4, |x, _| (x * 10) as u8).shrink(2, 4).row(0), [5, 25]);
    }

    #[test]
    fn softening_keeps_what_is_even_and_spreads_a_point() {
        assert_eq!(Plane::of(3, 3, |_, _| 77).soften().pixels(), [77; 9]);
        let point = Plane::of(3, 3, |x, y| if (x, y) == (1, 1) { 160 } else { 0 });
        assert_eq!(point.soften().pixels(), [10, 20, 10, 20, 40, 20, 10, 20, 10]);
    }
}
