//! Four sides around what the network says is covered, to a part of a square.

use super::line::{Found, Side, line, shape};
use super::net::Cover;
use super::view;
use crate::geometry::{Point, Quad};

/// How far a border is looked for to either side, in squares, each time nearer: the rectangle that is begun
/// with misses what leans by a tenth of its length.
const REACHES: [f32; 4] = [5.0, 3.0, 2.0, 1.5];

/// Places along a side at which its border is looked for.
const PLACES: usize = 24;

/// Steps from inside to outside at each of them.
const STEPS: usize = 24;

/// Moves the sides of a shape to where the cover ends: `None` where that is no proper shape. All is in
/// squares.
pub(super) fn fit(cover: &Cover, first: &Quad) -> Option<Quad> {
    let mut fitted = *first;
    for reach in REACHES {
        let shorter = fitted.sides().into_iter().fold(f32::MAX, f32::min);
        // What is beyond the middle of a document belongs to its other side.
        let reach = reach.min(0.3 * shorter);
        let sides = Side::all(&fitted).map(|side| {
            let found: Vec<Found> = (0..PLACES)
                .map(|at| {
                    let share = 0.06 + 0.88 * (at as f32 + 0.5) / PLACES as f32;
                    Found { share, out: border(cover, &side, share, reach), weight: 1.0 }
                })
                .collect();
            line(&found, 0.35).map_or(side, |line| side.moved(line))
        });
        fitted = shape(&sides)?;
    }
    Some(fitted)
}

/// How far outward the cover ends: what it adds up to between inside and outside, as if it were a sharp step.
fn border(cover: &Cover, side: &Side, share: f32, reach: f32) -> f32 {
    let step = 2.0 * reach / STEPS as f32;
    let covered: f32 =
        (0..STEPS).map(|at| cover.at(side.place(share, step * (at as f32 + 0.5) - reach))).sum();
    covered * step - reach
}

impl Cover {
    /// How much is covered at a place, between the four squares around it; nothing beyond the frame.
    pub(super) fn at(&self, place: Point) -> f32 {
        if !(0.0..=self.width as f32).contains(&place.x) || !(0.0..=self.height as f32).contains(&place.y) {
            return 0.0;
        }
        view::around(place, self.width, self.height).iter().map(|&(at, share)| share * self.shares[at]).sum()
    }

    /// How many squares at the edge of the frame are covered.
    pub(super) fn touched(&self) -> f32 {
        let (right, bottom) = (self.width - 1, self.height - 1);
        let at_edge = |at: &usize| {
            let (x, y) = (at % self.width, at / self.width);
            x == 0 || x == right || y == 0 || y == bottom
        };
        let covered = |at: &usize| self.shares[*at] > 0.6;
        (0..self.shares.len()).filter(at_edge).filter(covered).count() as f32
    }

    /// What is covered by more than a share, and that share is nothing.
    pub(super) fn surer(&self, share: f32) -> Self {
        let more = |covered: &f32| ((covered - share) / (1.0 - share)).max(0.0);
        Self { shares: self.shares.iter().map(more).collect(), ..*self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_leaning_shape_is_found_to_a_part_of_a_square() {
        let truth =
            Quad([(8.0, 6.0), (38.0, 8.5), (36.0, 22.0), (10.0, 24.0)].map(|(x, y)| Point::new(x, y)));
        let sides = Side::all(&truth);
        let share = |at: usize| {
            let place = Point::new((at % 48) as f32 + 0.5, (at / 48) as f32 + 0.5);
            let out = sides.iter().map(|side| side.out(place)).fold(f32::MIN, f32::max);
            (0.5 - out).clamp(0.0, 1.0)
        };
        let cover = Cover { width: 48, height: 28, shares: (0..48 * 28).map(share).collect() };
        let fitted = fit(&cover, &super::super::blob::around(&cover, 20).unwrap()).unwrap();
        let nearest =
            |corner: &Point| fitted.0.iter().map(|at| at.distance(*corner)).fold(f32::MAX, f32::min);
        assert!(truth.0.iter().all(|corner| nearest(corner) < 0.35), "{fitted:?}");
    }
}
