//! A line of characters as a smooth curve, from the places where they were seen.

use super::place::{Place, Step};
use super::track::Seat;
use crate::geometry::Point;
use crate::rank::nth;

/// Where each character of a line stands. Lines lie on bent pages, so the places are of the second degree.
#[derive(Clone, Copy, Debug)]
pub(super) struct Curve {
    /// The index around which the curve is written.
    middle: f32,
    x: [f32; 3],
    y: [f32; 3],
    /// Downwards, as long as the characters are tall.
    down: Step,
}

impl Curve {
    /// The curve through seats, of which the first has this index. `None` where too few were seen.
    pub(super) fn through(seats: &[Seat], first: f32) -> Option<Self> {
        let seen = || seats.iter().enumerate().filter(|(_, seat)| seat.some > 0.5);
        let count = seen().count();
        if count < 6 {
            return None;
        }
        let middle = first + (seats.len() - 1) as f32 / 2.0;
        let heights: Vec<f32> =
            seen().map(|(_, seat)| seat.place.down.length() * seat.taller.exp()).collect();
        let down = seats[seats.len() / 2].place.down.of_length(nth(&heights, heights.len() / 2));
        let mut curve = Self { middle, x: [0.0; 3], y: [0.0; 3], down };
        // What is far off the first curve has been seen wrong.
        for allowed in [f32::MAX, 0.3] {
            let near = |(index, seat): &(usize, &Seat)| {
                let off = Step::between(curve.point(first + *index as f32), seat.place.middle);
                allowed == f32::MAX || off.length() < allowed * seat.place.along.length()
            };
            let points: Vec<(f32, Point)> = seen()
                .filter(near)
                .map(|(index, seat)| (first + index as f32 - middle, seat.place.middle))
                .collect();
            curve.x = parabola(points.iter().map(|(at, point)| (*at, point.x)))?;
            curve.y = parabola(points.iter().map(|(at, point)| (*at, point.y)))?;
        }
        Some(curve)
    }

    fn point(&self, index: f32) -> Point {
        let at = index - self.middle;
        let value = |c: &[f32; 3]| c[0] + at * (c[1] + at * c[2]);
        Point::new(value(&self.x), value(&self.y))
    }

    /// Where the character with this index stands.
    pub(super) fn at(&self, index: f32) -> Place {
        let at = index - self.middle;
        let slope = |c: &[f32; 3]| c[1] + 2.0 * at * c[2];
        let along = Step { x: slope(&self.x), y: slope(&self.y) };
        Place { middle: self.point(index), along, down: self.down }
    }

    /// The same curve with the print leaning as the next line tells.
    pub(super) fn leaning(&self, toward: Step) -> Self {
        Self { down: toward.of_length(self.down.length()), ..*self }
    }

    /// Which index is next to a place that is not far from the line.
    pub(super) fn index(&self, place: Point, near: f32) -> f32 {
        let mut index = near;
        for _ in 0..2 {
            let here = self.at(index);
            let (off, along, down) = (Step::between(here.middle, place), here.along, here.down);
            // The share of `along` in what is along and down.
            let whole = along.x * down.y - along.y * down.x;
            index += (off.x * down.y - off.y * down.x) / if whole.abs() > 1e-6 { whole } else { 1e-6 };
        }
        index
    }
}

/// The parabola of least squares. `None` where there are too few points.
fn parabola(points: impl Iterator<Item = (f32, f32)> + Clone) -> Option<[f32; 3]> {
    // Sums of powers, in f64: with 44 characters the fourth power has seven digits.
    let mut powers = [0.0f64; 5];
    let mut right = [0.0f64; 3];
    for (at, value) in points {
        let at = f64::from(at);
        let mut power = 1.0;
        for (degree, sum) in powers.iter_mut().enumerate() {
            *sum += power;
            if let Some(right) = right.get_mut(degree) {
                *right += power * f64::from(value);
            }
            power *= at;
        }
    }
    let [n, a, b, c, d] = powers;
    let det = n * (b * d - c * c) - a * (a * d - b * c) + b * (a * c - b * b);
    if n < 4.0 || det.abs() < 1e-9 {
        return None;
    }
    let [r, s, t] = right;
    let constant = r * (b * d - c * c) - a * (s * d - c * t) + b * (s * c - b * t);
    let linear = n * (s * d - c * t) - r * (a * d - b * c) + b * (a * t - b * s);
    let square = n * (b * t - c * s) - a * (a * t - b * s) + r * (a * c - b * b);
    let solved = [constant, linear, square].map(|value| (value / det) as f32);
    solved.iter().all(|value| value.is_finite()).then_some(solved)
}
