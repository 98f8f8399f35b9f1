//! How a shape looks that may be a document, laid flat with what lies around it. A small network tells a document from
//! a part of one, and from one together with something beside it: `vision/train/outline_looks.py` says how it learned to.

use super::net::{Cover, SQUARE, standard};
use super::view::View;
use crate::convolution::{Map, judged};
use crate::geometry::{Point, Projection, Quad};

/// Its weights: see [`judged`].
static WEIGHTS: &[u8] = include_bytes!("looks.bin");
const LAYERS: [usize; 3] = [12, 16, 24];

/// The size of what it sees, in places: a document's longer sides go across.
pub const WIDTH: usize = 64;
pub const HEIGHT: usize = 40;

/// How much is seen around a shape, to each side, as a share of the shape: a heading is about as wide.
const AROUND: f32 = 0.125;

/// The logarithm of the odds that a shape that is laid flat is a document: the mean of how it looks upright and upside
/// down.
pub(super) fn odds(upright: Map) -> f32 {
    let mut upside_down = Map { values: upright.values.clone(), ..upright };
    upside_down.values.as_chunks_mut::<4>().0.reverse();
    let odds = |picture| judged(WEIGHTS, LAYERS, 1, picture)[0];
    (odds(upright) + odds(upside_down)) / 2.0
}

/// How much of a shape that is laid flat the other network has covered, and how much of what is around it.
pub(super) fn covered(flat: &Map) -> [f32; 2] {
    let mut sums = [[0.0f32; 2]; 2];
    for (at, place) in flat.values.chunks_exact(4).enumerate() {
        let within = |at: usize, of: usize| (of / 10..of - of / 10).contains(&at);
        let around = !(within(at % WIDTH, WIDTH) && within(at / WIDTH, HEIGHT));
        let [sum, count] = &mut sums[usize::from(around)];
        *sum += (place[3] + 1.0) / 2.0;
        *count += 1.0;
    }
    sums.map(|[sum, count]| sum / count)
}

/// A shape of a view laid flat: red, green, blue, and how much the other network has covered there, from −1 to 1.
/// `None` where the shape is no proper one.
pub(super) fn laid_flat(view: &View, cover: &Cover, corners: &Quad) -> Option<Map> {
    let [upper, right, lower, left] = corners.sides();
    let turned = usize::from(upper + lower < right + left);
    let projection = Projection::onto(&corners.turned(turned), 1.0, 1.0)?;
    let (mut colours, mut covered) = (Vec::new(), Vec::new());
    let share = |at: usize, of: usize| (at as f32 + 0.5) / of as f32 * (1.0 + 2.0 * AROUND) - AROUND;
    for at in 0..WIDTH * HEIGHT {
        let place = projection.place(share(at % WIDTH, WIDTH), share(at / WIDTH, HEIGHT));
        colours.push(view.at(place));
        covered.push(2.0 * cover.at(Point::new(place.x / SQUARE, place.y / SQUARE)) - 1.0);
    }
    let mut values = Vec::with_capacity(4 * covered.len());
    for (colour, covered) in standard(&colours).chunks_exact(3).zip(covered) {
        values.extend_from_slice(colour);
        values.push(covered);
    }
    Some(Map { width: WIDTH, height: HEIGHT, values })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A view with a bright shape, which is covered.
    fn scene(shape: &Quad) -> (View, Cover) {
        let (width, height) = (192, 112);
        let [left, top] = [shape.0[0].x, shape.0[0].y];
        let [right, bottom] = [shape.0[2].x, shape.0[2].y];
        let within = |x: f32, y: f32| (left..right).contains(&x) && (top..bottom).contains(&y);
        let places =
            |across: usize, down: usize| (0..across * down).map(move |at| (at % across, at / across));
        let pixel =
            |(x, y): (usize, usize)| if within(x as f32 + 0.5, y as f32 + 0.5) { [250; 3] } else { [20; 3] };
        let pixels = places(width, height).map(pixel).collect();
        let (across, down) = (width / 4, height / 4);
        let share = |(x, y): (usize, usize)| {
            f32::from(u8::from(within((x as f32 + 0.5) * SQUARE, (y as f32 + 0.5) * SQUARE)))
        };
        (
            View { width, height, pixels },
            Cover { width: across, height: down, shares: places(across, down).map(share).collect() },
        )
    }

    #[test]
    fn what_is_laid_flat_has_its_surroundings() {
        for shape in [Quad::rectangle(40.0, 24.0, 140.0, 88.0), Quad::rectangle(60.0, 16.0, 108.0, 96.0)] {
            let (view, cover) = scene(&shape);
            let flat = laid_flat(&view, &cover, &shape).expect("a proper shape");
            let [inside, outside] = covered(&flat);
            assert!(inside > 0.9 && outside < 0.2, "{inside} {outside}");
            let red = |x: usize, y: usize| flat.values[4 * (y * WIDTH + x)];
            let (middle, rim) = (red(WIDTH / 2, HEIGHT / 2), red(1, HEIGHT / 2));
            assert!(middle > 0.5 && rim < -0.5 && red(WIDTH / 2, HEIGHT - 2) == rim, "{middle} {rim}");
        }
    }

    #[test]
    fn what_is_no_shape_does_not_look_like_anything() {
        let line = Quad([0.0, 10.0, 20.0, 30.0].map(|at| Point::new(at, at)));
        let (view, cover) = scene(&Quad::rectangle(40.0, 24.0, 140.0, 88.0));
        assert!(laid_flat(&view, &cover, &line).is_none());
    }
}
