//! Sides of a document, as lines through places that were found along them.

use crate::geometry::{Point, Quad};

/// A side from one corner to the next, and what is measured along it: at a share of the way, so far outward.
#[derive(Clone, Copy)]
pub(super) struct Side {
    from: Point,
    to: Point,
    /// Of length 1, away from the document.
    outward: Point,
}

impl Side {
    /// The sides of a shape, in the order of its corners.
    #[inline(never)]
    pub fn all(shape: &Quad) -> [Self; 4] {
        [0, 1, 2, 3].map(|side| {
            let (from, to) = (shape.0[side], shape.0[(side + 1) % 4]);
            let length = from.distance(to).max(1e-3);
            // Corners go clockwise as one sees them, so outward is to the left of the way.
            let outward = Point::new((to.y - from.y) / length, (from.x - to.x) / length);
            Self { from, to, outward }
        })
    }

    /// In pixels.
    pub fn length(&self) -> f32 {
        self.from.distance(self.to)
    }

    /// The place at a share of the way, and so far outward.
    #[inline]
    pub fn place(&self, share: f32, out: f32) -> Point {
        let on = self.from.toward(self.to, share);
        Point::new(on.x + self.outward.x * out, on.y + self.outward.y * out)
    }

    /// How far outward a place is.
    pub fn out(&self, place: Point) -> f32 {
        (place.x - self.from.x) * self.outward.x + (place.y - self.from.y) * self.outward.y
    }

    /// The same side so far outward at its start and at its end.
    #[inline(never)]
    pub fn moved(&self, [start, end]: [f32; 2]) -> Self {
        let (from, to) = (self.place(0.0, start), self.place(1.0, end));
        Self { from, to, outward: self.outward }
    }

    /// Where the lines of two sides cross; `None` where they are nearly parallel.
    fn crossing(&self, other: &Self) -> Option<Point> {
        let way = |side: &Self| Point::new(side.to.x - side.from.x, side.to.y - side.from.y);
        let (a, b) = (way(self), way(other));
        let whole = a.x * b.y - a.y * b.x;
        // Sides of a document that meet at less than about 15° would lean too far to be read.
        if whole.abs() < 0.25 * self.length() * other.length() {
            return None;
        }
        let apart = Point::new(other.from.x - self.from.x, other.from.y - self.from.y);
        Some(self.from.toward(self.to, (apart.x * b.y - apart.y * b.x) / whole))
    }
}

/// The shape between four sides; `None` where they make no proper one.
#[inline(never)]
pub(super) fn shape(sides: &[Side; 4]) -> Option<Quad> {
    let [upper, right, lower, left] = sides;
    let corners =
        [left.crossing(upper)?, upper.crossing(right)?, right.crossing(lower)?, lower.crossing(left)?];
    let shape = Quad(corners);
    shape.is_convex().then_some(shape)
}

/// Something found beside a side: at this share of the way, so far outward, and how much it counts.
#[derive(Clone, Copy)]
pub(super) struct Found {
    pub share: f32,
    pub out: f32,
    pub weight: f32,
}

/// How far outward a line through what was found is at the start and at the end of the side. What is further
/// than about `near` from it counts less and less: fingers, print and shadows. `None` where too little was
/// found.
#[inline(never)]
pub(super) fn line(found: &[Found], near: f32) -> Option<[f32; 2]> {
    let mut line = [0.0; 2];
    let mut width = 4.0 * near;
    for turn in 0..8 {
        let mut sums = [0.0f32; 5];
        for one in found {
            let off = one.out - (line[0] + (line[1] - line[0]) * one.share);
            // Begins with a median of a kind, and ends with what is near.
            let far = off / width;
            let weight = one.weight / (1.0 + far * far).powi(2);
            let by = [1.0, one.share, one.share * one.share, one.out, one.share * one.out];
            sums = std::array::from_fn(|at| sums[at] + weight * by[at]);
        }
        let [count, shares, squares, outs, both] = sums;
        let whole = count * squares - shares * shares;
        if count < 1e-3 || whole < 1e-4 * count * count {
            return None;
        }
        let slope = (count * both - shares * outs) / whole;
        let start = (outs - slope * shares) / count;
        // First its place alone, then how it leans.
        line = if turn == 0 { [outs / count; 2] } else { [start, start + slope] };
        width = (width * 0.7).max(near);
    }
    Some(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_make_the_shape_again() {
        let card = Quad::rectangle(10.0, 20.0, 110.0, 80.0);
        let sides = Side::all(&card);
        assert_eq!(shape(&sides), Some(card));
        assert_eq!(sides[0].place(0.5, 3.0), Point::new(60.0, 17.0), "outward is up");
        let wider = shape(&sides.map(|side| side.moved([5.0, 5.0]))).unwrap();
        let expected = Quad::rectangle(5.0, 15.0, 115.0, 85.0);
        assert!(wider.0.iter().zip(expected.0).all(|(corner, expected)| corner.distance(expected) < 0.01));
        let [upper, right, _, left] = sides;
        assert_eq!(shape(&[upper, right, right, left]), None);
    }

    #[test]
    fn a_line_ignores_what_is_off() {
        let found: Vec<Found> = (0..20)
            .map(|at| {
                let share = at as f32 / 19.0;
                let out = if at < 5 { 6.0 } else { 1.0 + 2.0 * share };
                Found { share, out, weight: 1.0 }
            })
            .collect();
        let [start, end] = line(&found, 0.3).unwrap();
        assert!((start - 1.0).abs() < 0.1 && (end - 3.0).abs() < 0.1, "{start} {end}");
        assert!(line(&found[..1], 0.3).is_none());
    }
}
