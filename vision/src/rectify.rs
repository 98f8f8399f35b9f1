//! A document laid flat: the part of a picture within four corners, as a rectangle.

use wide::f32x4;

use crate::frame::{Frame, LONGEST, Plane};
use crate::geometry::{Projection, Quad};

/// The brightness within a shape, as `width × height`. `None` where the shape is no proper one. Where the
/// picture has more pixels than are asked for, several are mixed into one, so that nothing flickers.
pub fn rectify(plane: &Plane, shape: &Quad, width: usize, height: usize) -> Option<Plane> {
    let [width, height] = [width, height].map(|side| side.clamp(1, LONGEST));
    let projection = Projection::onto(shape, width as f32, height as f32)?;
    let [upper, right, lower, left] = shape.sides();
    let denser = (upper.max(lower) / width as f32).max(left.max(right) / height as f32);
    let taps = (denser.round() as usize).clamp(1, 4);
    let step = 1.0 / taps as f32;
    let share = step * step;
    let mut pixels = vec![0; width * height];
    let mut sums = vec![f32x4::ZERO; width.div_ceil(4)];
    for (row, pixels) in pixels.chunks_exact_mut(width).enumerate() {
        sums.fill(f32x4::ZERO);
        // One tap of the whole row after the other: what is the same along a row is computed once.
        for (down, across) in (0..taps * taps).map(|tap| (tap / taps, tap % taps)) {
            let [across, down] = [across, down].map(|tap| (tap as f32 + 0.5) * step);
            let mut columns = f32x4::new([0.0, 1.0, 2.0, 3.0]) + across;
            for sum in &mut sums {
                let [x, y] = projection.four(columns, row as f32 + down);
                // Of several that are mixed, each may be a whole pixel: it is three times as quick.
                *sum += if taps == 1 { plane.four_at(x, y) } else { plane.four_nearest(x, y) };
                columns += 4.0;
            }
        }
        for (four, sum) in pixels.chunks_mut(4).zip(&sums) {
            let values = (*sum * share + 0.5).trunc_int().to_array();
            four.iter_mut().zip(values).for_each(|(pixel, value)| *pixel = value as u8);
        }
    }
    Plane::new(width, height, pixels)
}

/// The colours within a shape, as `width × height` RGBA8; alpha is whole. `None` as for [`rectify`].
pub fn rectify_colours(frame: &Frame, shape: &Quad, width: usize, height: usize) -> Option<Vec<u8>> {
    let channels =
        [0, 1, 2].map(|channel| Plane::of(frame.width(), frame.height(), |x, y| frame.row(y)[x][channel]));
    let [red, green, blue] = channels.map(|plane| rectify(&plane, shape, width, height));
    let (red, green, blue) = (red?, green?, blue?);
    let pixels = red.pixels().iter().zip(green.pixels()).zip(blue.pixels());
    Some(pixels.flat_map(|((&red, &green), &blue)| [red, green, blue, u8::MAX]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Point;

    #[test]
    fn what_lies_aslant_is_laid_flat() {
        // A square that stands on its corner: its left half is dark.
        let picture = Plane::of(40, 40, |x, y| if x + y < 40 { 20 } else { 220 });
        let shape =
            Quad([(20.0, 0.0), (40.0, 20.0), (20.0, 40.0), (0.0, 20.0)].map(|(x, y)| Point::new(x, y)));
        let flat = rectify(&picture, &shape, 20, 20).expect("a proper shape");
        assert!((0..20).all(|y| (flat.row(y)[3], flat.row(y)[16]) == (20, 220)));
        let rgba: Vec<u8> = picture.pixels().iter().flat_map(|&value| [value, value, value, 0]).collect();
        let colours = rectify_colours(&Frame::new(40, 40, &rgba).expect("a picture"), &shape, 20, 20);
        assert_eq!(
            colours.expect("a proper shape")[0..4],
            [flat.row(0)[0], flat.row(0)[0], flat.row(0)[0], 255]
        );
    }
}
