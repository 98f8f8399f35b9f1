//! What is covered in one piece, and the smallest rectangle around it: where a document may lie.

use std::f32::consts::FRAC_PI_2;

use super::net::Cover;
use crate::angle::sin_cos;
use crate::geometry::{Point, Quad};

/// So many ways to rotate a rectangle are tried, in a right angle: they are three degrees apart, and sides that lean by
/// half of it are found from there.
const ROTATIONS: usize = 30;

/// The smallest rectangle, however it is rotated, around the largest piece of what is covered; `None` where that is too
/// little: see [`piece`].
pub(super) fn around(cover: &Cover, least: usize) -> Option<Quad> {
    let piece = piece(cover, least)?;
    let middle = |at: &usize| Point::new((at % cover.width) as f32 + 0.5, (at / cover.width) as f32 + 0.5);
    let middles: Vec<Point> = piece.iter().map(middle).collect();
    let rotated = (0..ROTATIONS).map(|turn| rectangle(&middles, FRAC_PI_2 * turn as f32 / ROTATIONS as f32));
    rotated.min_by(|one, other| one.area().total_cmp(&other.area()))
}

/// The rectangle around squares, of which these are the middles, that is rotated by an angle.
fn rectangle(middles: &[Point], angle: f32) -> Quad {
    let (sin, cos) = sin_cos(angle);
    let mut span = [f32::MAX, f32::MAX, f32::MIN, f32::MIN];
    for middle in middles {
        let (u, v) = (middle.x * cos + middle.y * sin, middle.y * cos - middle.x * sin);
        span = [span[0].min(u), span[1].min(v), span[2].max(u), span[3].max(v)];
    }
    let [left, top, right, bottom] = span;
    let upright = Quad::rectangle(left - 0.5, top - 0.5, right + 0.5, bottom + 0.5);
    Quad(upright.0.map(|corner| Point::new(corner.x * cos - corner.y * sin, corner.x * sin + corner.y * cos)))
}

/// The squares of the largest piece, by their index, of which each is covered by half or more. `None` where no piece has
/// `least` squares.
fn piece(cover: &Cover, least: usize) -> Option<Vec<usize>> {
    let mut free: Vec<bool> = cover.shares.iter().map(|&share| share >= 0.5).collect();
    let mut best = Vec::new();
    for start in 0..free.len() {
        if !std::mem::take(&mut free[start]) {
            continue;
        }
        let mut piece = vec![start];
        let mut next = 0;
        while let Some(&at) = piece.get(next) {
            next += 1;
            let (x, y) = (at % cover.width, at / cover.width);
            let neighbours = [
                (x > 0).then(|| at - 1),
                (x + 1 < cover.width).then_some(at + 1),
                (y > 0).then(|| at - cover.width),
                (y + 1 < cover.height).then_some(at + cover.width),
            ];
            for neighbour in neighbours.into_iter().flatten() {
                if std::mem::take(&mut free[neighbour]) {
                    piece.push(neighbour);
                }
            }
        }
        if piece.len() > best.len() {
            best = piece;
        }
    }
    (best.len() >= least).then_some(best)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cover(width: usize, height: usize, covered: impl Fn(usize, usize) -> bool) -> Cover {
        let share = |at: usize| f32::from(u8::from(covered(at % width, at / width)));
        Cover { width, height, shares: (0..width * height).map(share).collect() }
    }

    #[test]
    fn the_largest_piece_counts() {
        let two = cover(30, 20, |x, y| (2..12).contains(&x) && (3..9).contains(&y) || x > 25 && y > 15);
        let mut corners = around(&two, 20).unwrap().0;
        corners.sort_by(|a, b| (a.x + 2.0 * a.y).total_cmp(&(b.x + 2.0 * b.y)));
        let expected = [(2.0, 3.0), (12.0, 3.0), (2.0, 9.0), (12.0, 9.0)].map(|(x, y)| Point::new(x, y));
        assert!(corners.iter().zip(expected).all(|(corner, expected)| corner.distance(expected) < 0.01));
        assert_eq!(around(&two, 61), None);
    }

    #[test]
    fn what_is_aslant_is_enclosed_aslant() {
        let slanted = cover(40, 40, |x, y| {
            let (x, y) = (x as f32 - 20.0, y as f32 - 20.0);
            (0.8 * x + 0.6 * y).abs() < 12.0 && (0.8 * y - 0.6 * x).abs() < 7.0
        });
        assert!((around(&slanted, 1).unwrap().area() / (24.0 * 14.0) - 1.0).abs() < 0.15);
    }
}
