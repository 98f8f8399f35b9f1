//! How what was found compares with the truth.

use vestibule_vision::geometry::{Point, Quad};

/// The area that two convex shapes share, divided by the area that either covers (Jaccard): 1 when they are
/// the same.
pub fn overlap(one: &Quad, other: &Quad) -> f32 {
    // What is left of one when it is cut along each side of the other (Sutherland and Hodgman).
    let mut left = clockwise(one).0.to_vec();
    let other = clockwise(other);
    for side in 0..4 {
        let (a, b) = (other.0[side], other.0[(side + 1) % 4]);
        let inside = |p: Point| (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
        let mut kept = Vec::with_capacity(left.len() + 1);
        for (at, &from) in left.iter().enumerate() {
            let to = left[(at + 1) % left.len()];
            let (here, there) = (inside(from), inside(to));
            if here >= 0.0 {
                kept.push(from);
            }
            if (here >= 0.0) != (there >= 0.0) {
                kept.push(from.toward(to, here / (here - there)));
            }
        }
        left = kept;
        if left.is_empty() {
            return 0.0;
        }
    }
    let both = area(&left);
    both / (one.area() + other.area() - both)
}

fn clockwise(shape: &Quad) -> Quad {
    let [a, b, c, d] = shape.0;
    if shape.is_convex() { *shape } else { Quad([a, d, c, b]) }
}

fn area(corners: &[Point]) -> f32 {
    let next = corners.iter().cycle().skip(1);
    corners.iter().zip(next).map(|(a, b)| a.x * b.y - b.x * a.y).sum::<f32>().abs() / 2.0
}

/// How far the corner is off that is farthest from its like.
pub fn farthest(one: &Quad, other: &Quad) -> f32 {
    one.0.iter().zip(other.0).map(|(one, other)| one.distance(other)).fold(0.0, f32::max)
}

/// The true corners, named as those of another shape are to which they are nearest so.
pub fn named_alike(truth: Quad, other: &Quad) -> Quad {
    let away = |shape: &Quad| -> f32 { shape.0.iter().zip(other.0).map(|(a, b)| a.distance(b)).sum() };
    let turned = [0, 1, 2, 3].map(|quarters| truth.turned(quarters));
    turned.into_iter().min_by(|a, b| away(a).total_cmp(&away(b))).unwrap_or(truth)
}

/// How often a value of one kind is above a value of the other, ties by half (the area under the ROC curve):
/// 0.5 when they say nothing, 1 when they part both kinds.
pub fn separation(above: &[f32], below: &[f32]) -> f64 {
    let mut wins = 0.0;
    for high in above {
        for low in below {
            wins += match high.total_cmp(low) {
                std::cmp::Ordering::Greater => 1.0,
                std::cmp::Ordering::Equal => 0.5,
                std::cmp::Ordering::Less => 0.0,
            };
        }
    }
    wins / (above.len() * below.len()).max(1) as f64
}

/// The value below which this share of all lies; 0 where there are none.
pub fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = share * sorted.len().saturating_sub(1) as f64;
    sorted.get(at.round() as usize).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_overlap_by_what_they_share() {
        let square = Quad::rectangle(0.0, 0.0, 2.0, 2.0);
        let close = |value: f32, wanted: f32| assert!((value - wanted).abs() < 1e-5, "{value}");
        close(overlap(&square, &square), 1.0);
        close(overlap(&square, &Quad::rectangle(1.0, 0.0, 3.0, 2.0)), 1.0 / 3.0);
        close(overlap(&square, &Quad::rectangle(5.0, 5.0, 6.0, 6.0)), 0.0);
        let diamond = Quad([(1.0, 0.0), (2.0, 1.0), (1.0, 2.0), (0.0, 1.0)].map(|(x, y)| Point::new(x, y)));
        close(overlap(&square, &diamond), 0.5);
        close(overlap(&Quad([square.0[0], square.0[3], square.0[2], square.0[1]]), &square), 1.0);
    }

    #[test]
    fn values_that_part_two_kinds_separate_them() {
        assert_eq!(separation(&[3.0, 4.0], &[1.0, 2.0]), 1.0);
        assert_eq!(separation(&[1.0, 2.0], &[3.0, 4.0]), 0.0);
        assert_eq!(separation(&[1.0, 1.0], &[1.0]), 0.5);
        assert_eq!(quantile(&[3.0, 1.0, 2.0], 0.5), 2.0);
        assert_eq!(quantile(&[], 0.5), 0.0);
    }
}
