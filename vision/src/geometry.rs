//! Points, four-cornered shapes, and the projection between a shape and a rectangle.

use wide::f32x4;

/// A place in a picture, in its pixels: see [`crate::frame`].
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// From the left edge.
    pub x: f32,
    /// From the upper edge.
    pub y: f32,
}

impl Point {
    /// The place `(x, y)`.
    pub const fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }

    /// How far it is to another place.
    pub fn distance(self, other: Self) -> f32 {
        let (x, y) = (self.x - other.x, self.y - other.y);
        (x * x + y * y).sqrt()
    }

    /// The place at this share of the way to another.
    pub fn toward(self, other: Self, share: f32) -> Self {
        Self::new(self.x + (other.x - self.x) * share, self.y + (other.y - self.y) * share)
    }
}

/// The corners of a flat document: upper left, upper right, lower right, lower left, as it lies in the
/// picture (which way up its print is, is another question).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quad(pub [Point; 4]);

impl Quad {
    /// The rectangle from `(left, top)` to `(right, bottom)`.
    pub const fn rectangle(left: f32, top: f32, right: f32, bottom: f32) -> Self {
        let corner = Point::new;
        Self([corner(left, top), corner(right, top), corner(right, bottom), corner(left, bottom)])
    }

    // What follows is asked for in many places: written into each of them it would weigh more than a call takes.

    /// The lengths of its sides: upper, right, lower, left.
    #[inline(never)]
    pub fn sides(&self) -> [f32; 4] {
        [0, 1, 2, 3].map(|side| self.0[side].distance(self.0[(side + 1) % 4]))
    }

    /// What it covers, in pixels; never negative.
    #[inline(never)]
    pub fn area(&self) -> f32 {
        let cross = |a: Point, b: Point| a.x * b.y - b.x * a.y;
        let twice: f32 = (0..4).map(|corner| cross(self.0[corner], self.0[(corner + 1) % 4])).sum();
        twice.abs() / 2.0
    }

    /// Whether it is convex, goes clockwise as its corners are named, and no number of it is strange.
    #[inline(never)]
    pub fn is_convex(&self) -> bool {
        (0..4).all(|corner| {
            let (a, b, c) = (self.0[corner], self.0[(corner + 1) % 4], self.0[(corner + 2) % 4]);
            (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x) > 0.0
        })
    }

    /// The same shape in a picture that is so many times as large.
    #[inline(never)]
    pub fn scaled(&self, across: f32, down: f32) -> Self {
        Self(self.0.map(|corner| Point::new(corner.x * across, corner.y * down)))
    }

    /// The same shape with its corners named from another one on: turned by so many quarters, so that what
    /// was the corner `quarters` is the upper left.
    #[inline(never)]
    pub fn turned(&self, quarters: usize) -> Self {
        Self([0, 1, 2, 3].map(|corner| self.0[(corner + quarters) % 4]))
    }
}

/// A projection from the places of a rectangle to those of a four-cornered shape.
#[derive(Clone, Copy, Debug)]
pub struct Projection([f32; 8]);

impl Projection {
    /// From the rectangle `(0, 0)` to `(width, height)` to a shape; `None` where there is none, as for a
    /// shape of which three corners are in line. Heckbert, "Fundamentals of Texture Mapping" (1989), 2.2.3.
    pub fn onto(shape: &Quad, width: f32, height: f32) -> Option<Self> {
        let [a, b, c, d] = shape.0.map(|corner| (f64::from(corner.x), f64::from(corner.y)));
        let (width, height) = (f64::from(width), f64::from(height));
        let (dx1, dx2, sx) = (b.0 - c.0, d.0 - c.0, a.0 - b.0 + c.0 - d.0);
        let (dy1, dy2, sy) = (b.1 - c.1, d.1 - c.1, a.1 - b.1 + c.1 - d.1);
        let whole = dx1 * dy2 - dx2 * dy1;
        let (g, h) = ((sx * dy2 - dx2 * sy) / whole, (dx1 * sy - sx * dy1) / whole);
        let projection = [
            (b.0 - a.0 + g * b.0) / width,
            (d.0 - a.0 + h * d.0) / height,
            a.0,
            (b.1 - a.1 + g * b.1) / width,
            (d.1 - a.1 + h * d.1) / height,
            a.1,
            g / width,
            h / height,
        ]
        .map(|value| value as f32);
        projection.iter().all(|value| value.is_finite()).then_some(Self(projection))
    }

    /// Where a place of the rectangle is in the shape.
    #[inline]
    pub fn place(&self, x: f32, y: f32) -> Point {
        let [a, b, c, d, e, f, g, h] = self.0;
        let nearness = 1.0 / (g * x + h * y + 1.0);
        Point::new((a * x + b * y + c) * nearness, (d * x + e * y + f) * nearness)
    }

    /// The same for four places of a row: where they are across, and down.
    #[inline]
    pub(crate) fn four(&self, x: f32x4, y: f32) -> [f32x4; 2] {
        let [a, b, c, d, e, f, g, h] = self.0.map(f32x4::splat);
        let nearness = f32x4::ONE / (g * x + h * y + 1.0);
        [(a * x + b * y + c) * nearness, (d * x + e * y + f) * nearness]
    }

    /// The way back: from the places of the shape to those of the rectangle.
    #[inline(never)]
    pub fn back(&self, place: Point) -> Point {
        let [a, b, c, d, e, f, g, h] = self.0.map(f64::from);
        let (x, y) = (f64::from(place.x), f64::from(place.y));
        let (p, q, r) = (a - g * x, b - h * x, x - c);
        let (s, t, u) = (d - g * y, e - h * y, y - f);
        let whole = p * t - q * s;
        Point::new(((r * t - q * u) / whole) as f32, ((p * u - r * s) / whole) as f32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn crooked() -> Quad {
        Quad([(10.0, 20.0), (110.0, 5.0), (130.0, 90.0), (0.0, 70.0)].map(|(x, y)| Point::new(x, y)))
    }

    #[test]
    fn a_projection_takes_corners_to_corners_and_back() {
        let projection = Projection::onto(&crooked(), 85.6, 54.0).expect("a proper shape");
        let corners = Quad::rectangle(0.0, 0.0, 85.6, 54.0).0;
        for (corner, shown) in corners.into_iter().zip(crooked().0) {
            assert!(projection.place(corner.x, corner.y).distance(shown) < 1e-3);
            assert!(projection.back(shown).distance(corner) < 1e-3);
        }
    }

    #[test]
    fn there_is_no_projection_onto_a_line() {
        let line = Quad([0.0, 1.0, 2.0, 3.0].map(|at| Point::new(at, at)));
        assert!(Projection::onto(&line, 1.0, 1.0).is_none());
        assert!(!line.is_convex());
    }

    #[test]
    fn a_shape_knows_its_size_and_its_turn() {
        let card = Quad::rectangle(1.0, 1.0, 4.0, 3.0);
        assert!(card.is_convex() && crooked().is_convex());
        assert_eq!((card.area(), card.sides()), (6.0, [3.0, 2.0, 3.0, 2.0]));
        assert_eq!(card.turned(1).0[0], Point::new(4.0, 1.0));
        assert!(!Quad([card.0[0], card.0[2], card.0[1], card.0[3]]).is_convex());
    }
}
