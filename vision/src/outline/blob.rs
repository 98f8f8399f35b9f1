//! What is covered in one piece, and the smallest rectangle around it: where a document may lie.

use super::net::Cover;
use crate::geometry::{Point, Quad};

/// The smallest rectangle, however it is rotated, around the largest piece of which each square is covered by
/// half or more. `None` where no piece has `least` squares.
pub(super) fn around(cover: &Cover, least: usize) -> Option<Quad> {
    let piece = largest(cover);
    if piece.len() < least {
        return None;
    }
    smallest_rectangle(&hull(&rims(&piece, cover.width, cover.height)))
}

/// The squares of the largest piece, by their index.
fn largest(cover: &Cover) -> Vec<usize> {
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
    best
}

/// The ends of a piece in each row, ordered by row and column, as the middles of its squares.
fn rims(piece: &[usize], width: usize, height: usize) -> Vec<Point> {
    let mut ends = vec![None::<(usize, usize)>; height];
    for &at in piece {
        let x = at % width;
        let (left, right) = ends[at / width].unwrap_or((x, x));
        ends[at / width] = Some((left.min(x), right.max(x)));
    }
    let rows = ends.into_iter().enumerate().filter_map(|(y, ends)| ends.map(|ends| (y, ends)));
    rows.flat_map(|(y, (left, right))| [left, right].map(|x| Point::new(x as f32 + 0.5, y as f32 + 0.5)))
        .collect()
}

/// The convex hull of points that are ordered by row and column. Andrew's monotone chain.
fn hull(points: &[Point]) -> Vec<Point> {
    fn chain<'a>(points: impl Iterator<Item = &'a Point>) -> Vec<Point> {
        let mut chain: Vec<Point> = Vec::new();
        for &point in points {
            while let [.., a, b] = chain[..] {
                if (b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x) > 0.0 {
                    break;
                }
                chain.pop();
            }
            chain.push(point);
        }
        chain.pop();
        chain
    }
    let mut hull = chain(points.iter());
    hull.extend(chain(points.iter().rev()));
    hull
}

/// The rectangle of the least area around a hull: one of its sides lies on a side of the hull.
fn smallest_rectangle(hull: &[Point]) -> Option<Quad> {
    let mut best: Option<(f32, Quad)> = None;
    for (at, &from) in hull.iter().enumerate() {
        let to = hull[(at + 1) % hull.len()];
        let length = from.distance(to);
        if length < 0.5 {
            continue;
        }
        let (cos, sin) = ((to.x - from.x) / length, (to.y - from.y) / length);
        let mut span = [f32::MAX, f32::MAX, f32::MIN, f32::MIN];
        for point in hull {
            let (u, v) = (point.x * cos + point.y * sin, point.y * cos - point.x * sin);
            span = [span[0].min(u), span[1].min(v), span[2].max(u), span[3].max(v)];
        }
        // The hull joins the middles of squares: half a square is missing all around.
        let [left, top, right, bottom] = [span[0] - 0.5, span[1] - 0.5, span[2] + 0.5, span[3] + 0.5];
        let area = (right - left) * (bottom - top);
        if best.is_none_or(|(least, _)| area < least) {
            let corner = |u: f32, v: f32| Point::new(u * cos - v * sin, u * sin + v * cos);
            let corners =
                [corner(left, top), corner(right, top), corner(right, bottom), corner(left, bottom)];
            best = Some((area, Quad(corners)));
        }
    }
    best.map(|(_, quad)| quad)
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
