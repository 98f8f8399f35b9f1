//! Whether a shape in a picture may be a document of a known format, seen from somewhere.

use crate::geometry::{Point, Quad};
use crate::report::Subject;

/// Length by width of cards: ISO/IEC 7810 ID-1 (85.6 × 53.98 mm) and ID-2 (105 × 74).
const CARDS: [f32; 2] = [85.6 / 53.98, 105.0 / 74.0];

/// The same of pages: ISO/IEC 7810 ID-3 (125 × 88), and visas of 120 × 80 (Doc 9303-7).
const PAGES: [f32; 2] = [125.0 / 88.0, 120.0 / 80.0];

/// How far cameras are from their picture, in parts of its longer side: those of phones and notebooks see 55°
/// to 75° of it.
const FOCAL: f32 = 0.92;

/// By how much a shape that is measured well differs from its document's, as a share: corners are off by
/// half a hundredth, and cameras differ.
const SPREAD: f32 = 0.03;

/// By how much the corners of one differ from right angles, as the cosine: a camera that sees more or less than is
/// assumed makes that much of a document that leans.
const SKEW: f32 = 0.05;

/// People hold documents within 37° of flat, as the cosine; and how fast more is unlikely.
const LEAN: f32 = 0.8;
const LEAN_SPREAD: f32 = 0.06;

/// From 1 for a shape of one of the formats to 0 for none. The corners are in pixels of a frame of this size.
pub(super) fn likeness(corners: &Quad, size: [f32; 2], subject: Subject) -> f32 {
    let Some(Seen { aspect, skew, lean }) = seen(corners, size) else { return 0.0 };
    let off = |format: f32| ((aspect / format).ln() / SPREAD).powi(2);
    let off = formats(subject).into_iter().map(off).fold(f32::MAX, f32::min)
        + (skew / SKEW).powi(2)
        + ((LEAN - lean).max(0.0) / LEAN_SPREAD).powi(2);
    1.0 / (1.0 + off / 4.0)
}

/// The same shape with its side from this corner to the next where the format of a document has it, for each of them
/// along and across, if the other three sides are right.
pub(super) fn completed(corners: &Quad, side: usize, size: [f32; 2], subject: Subject) -> Vec<Quad> {
    let turned = corners.turned(side);
    let [d, c, b, a] = directions(&turned, size);
    // The sides that lead to it are parallel, and what is across from it is at right angles to them.
    let along = cross(cross(a, d), cross(b, c));
    let along = along.map(|part| part / length(along));
    let across = cross(cross(a, b), along);
    let width = until(a, across, b);
    let long = width * length(across);
    let toward = until(a, along, d).signum();
    let starts = [a, [0, 1, 2].map(|at| a[at] + width * across[at])];
    let mut shapes = Vec::with_capacity(4);
    for format in formats(subject) {
        for far in [long * format, long / format] {
            let far = toward * far.abs();
            let ends = starts.map(|start| seen_at([0, 1, 2].map(|at| start[at] + far * along[at]), size));
            let shape = Quad([ends[0], ends[1], turned.0[2], turned.0[3]]);
            if shape.is_convex() {
                shapes.push(shape.turned(4 - side));
            }
        }
    }
    shapes
}

/// How far it is from a place in a direction until a third place is seen before it.
fn until(from: [f32; 3], toward: [f32; 3], seen: [f32; 3]) -> f32 {
    let off = cross(toward, seen);
    -dot(cross(from, seen), off) / dot(off, off)
}

/// Directions in which corners are seen.
#[inline(never)]
fn directions(corners: &Quad, [width, height]: [f32; 2]) -> [[f32; 3]; 4] {
    let focal = FOCAL * width.max(height);
    corners.0.map(|corner| [(corner.x - width / 2.0) / focal, (corner.y - height / 2.0) / focal, 1.0])
}

/// Where something in this direction is seen.
fn seen_at([x, y, away]: [f32; 3], [width, height]: [f32; 2]) -> Point {
    let scale = FOCAL * width.max(height) / away.max(0.1);
    Point::new(x * scale + width / 2.0, y * scale + height / 2.0)
}

/// What is seen as a shape.
struct Seen {
    /// How much longer than wide it is; never less than 1.
    aspect: f32,
    /// How far its corners are from right angles: the cosine of the angle between its sides.
    skew: f32,
    /// The cosine of the angle by which it leans away from whoever looks at it.
    lean: f32,
}

/// The parallelogram that is seen as this shape. After Zhang and He, "Whiteboard scanning and image enhancement"
/// (2007), 3.2, for a camera of which the focal length is known.
fn seen(corners: &Quad, size: [f32; 2]) -> Option<Seen> {
    let [a, b, c, d] = directions(corners, size);
    // How far away b and d are, if a is at 1: where the diagonals cross, c fits both.
    let second = dot(cross(a, c), d) / dot(cross(b, c), d);
    let fourth = dot(cross(a, c), b) / dot(cross(d, c), b);
    let way = |far: f32, to: [f32; 3]| [0, 1, 2].map(|at| far * to[at] - a[at]);
    let (right, below) = (way(second, b), way(fourth, d));
    let (across, down) = (length(right), length(below));
    let aspect = across.max(down) / across.min(down);
    let skew = dot(right, below) / (across * down);
    let upright = cross(right, below);
    let middle = [0, 1, 2].map(|at| a[at] + b[at] + c[at] + d[at]);
    let lean = (dot(upright, middle) / (length(upright) * length(middle))).abs();
    (aspect.is_finite() && second > 0.0 && fourth > 0.0).then_some(Seen { aspect, skew, lean })
}

/// Length by width of what may be there.
fn formats(subject: Subject) -> [f32; 2] {
    if subject == Subject::Passport { PAGES } else { CARDS }
}

#[inline(never)]
fn cross(a: [f32; 3], b: [f32; 3]) -> [f32; 3] {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

fn dot(a: [f32; 3], b: [f32; 3]) -> f32 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

fn length(way: [f32; 3]) -> f32 {
    dot(way, way).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A card that leans by so many degrees to its right, as a camera sees it.
    fn leaning(degrees: f32, [width, height]: [f32; 2]) -> Quad {
        let (sin, cos) = degrees.to_radians().sin_cos();
        let card = Quad::rectangle(-42.8, -26.99, 42.8, 26.99);
        Quad(card.0.map(|corner| {
            let (x, y, away) = (corner.x * cos, corner.y, 150.0 + corner.x * sin);
            let scale = FOCAL * width / away;
            Point::new(width / 2.0 + x * scale, height / 2.0 + y * scale)
        }))
    }

    #[test]
    fn the_format_is_seen_whatever_it_leans() {
        let size = [1280.0, 720.0];
        for degrees in [0.0, 15.0, 35.0, -35.0] {
            let seen = leaning(degrees, size);
            let Seen { aspect, skew, .. } = super::seen(&seen, size).unwrap();
            assert!((aspect - 85.6 / 53.98).abs() < 0.01 && skew.abs() < 1e-3, "{degrees}: {aspect} {skew}");
            assert!(likeness(&seen, size, Subject::Card(crate::report::Side::Front)) > 0.98);
            assert!(likeness(&seen, size, Subject::Passport) < 0.6);
        }
    }

    #[test]
    fn a_side_follows_from_the_others_and_the_format() {
        let size = [1280.0, 720.0];
        for degrees in [0.0, 25.0, -35.0] {
            let truth = leaning(degrees, size);
            for side in 0..4 {
                let mut wrong = truth;
                // Both of its corners further out, each along the side that leads to it.
                wrong.0[side] = truth.0[(side + 3) % 4].toward(truth.0[side], 1.3);
                wrong.0[(side + 1) % 4] = truth.0[(side + 2) % 4].toward(truth.0[(side + 1) % 4], 1.15);
                let completed = completed(&wrong, side, size, Subject::Card(crate::report::Side::Front));
                let off = |quad: &Quad| {
                    quad.0.iter().zip(truth.0).map(|(one, other)| one.distance(other)).fold(0.0, f32::max)
                };
                let nearest = completed.iter().map(off).fold(f32::MAX, f32::min);
                assert!(nearest < 0.5, "{degrees}, side {side}: {nearest}");
            }
        }
    }

    #[test]
    fn what_is_no_shape_is_like_nothing() {
        let line = Quad([0.0, 10.0, 20.0, 30.0].map(|at| Point::new(at, at)));
        let completed = (0..4).flat_map(|side| completed(&line, side, [640.0, 480.0], Subject::Passport));
        assert!(completed.flat_map(|quad| quad.0).all(|corner| corner.x.is_finite() && corner.y.is_finite()));
        assert_eq!(likeness(&line, [640.0, 480.0], Subject::Passport), 0.0);
        let square = Quad::rectangle(100.0, 100.0, 300.0, 300.0);
        assert!(likeness(&square, [640.0, 480.0], Subject::Passport) < 0.1);
    }
}
