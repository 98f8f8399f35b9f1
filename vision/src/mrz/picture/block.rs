//! From one line of characters to all lines of a zone, and to each of their characters.

use super::curve::Curve;
use super::net::{CLASSES, Sight};
use super::place::{Eye, Place, Step};
use super::track::{Seat, follow};

/// How far apart lines may be, in distances of two characters (Doc 9303 has 1.67 to 2.5).
const SPACINGS: [f32; 5] = [1.6, 1.85, 2.1, 2.35, 2.6];
/// How many lines and characters zones have.
const SHAPES: [(usize, usize); 3] = [(2, 44), (2, 36), (3, 30)];
const MOST_LINES: usize = 3;
/// A character is looked at again if its best class is less likely than this (a logarithm), or if it stands
/// further from the middle of its cell.
const SURE: f32 = -0.05;
const BESIDE: f32 = 0.1;
/// How likely it is that a character stands where nobody looked.
const UNSEEN: f32 = 0.03;

/// What stands in each place of a zone: lines of characters, each with the logarithm of how likely each class
/// is.
pub(super) type Sights = Vec<Vec<[f32; CLASSES]>>;

/// A line of a zone, and the index of its first seat.
struct Line {
    seats: Vec<Seat>,
    first: i32,
    curve: Curve,
}

impl Line {
    fn new(seats: Vec<Seat>, first: i32) -> Option<Self> {
        let curve = Curve::through(&seats, first as f32)?;
        Some(Self { seats, first, curve })
    }

    /// The curve through those of its seats that belong to a zone.
    fn within(&self, first: i32, width: usize) -> Option<Curve> {
        let skipped = usize::try_from(first - self.first).unwrap_or(0).min(self.seats.len());
        let end = usize::try_from(first + width as i32 - self.first).unwrap_or(0).min(self.seats.len());
        Curve::through(self.seats.get(skipped..end)?, (self.first + skipped as i32) as f32)
    }

    fn some(&self, index: i32) -> f32 {
        let seat = usize::try_from(index - self.first).ok().and_then(|at| self.seats.get(at));
        seat.map_or(UNSEEN, |seat| seat.some.clamp(UNSEEN, 1.0 - UNSEEN))
    }
}

/// The zone that a line belongs to; the place is that of its first character. `None` where it is no zone.
pub(super) fn read(eye: &mut Eye, seats: Vec<Seat>) -> Option<(Sights, Place)> {
    let lines = lines(eye, Line::new(seats, 0)?);
    let (lines, first, width) = shape(&lines)?;
    let curves: Option<Vec<Curve>> = lines.iter().map(|line| line.within(first, width)).collect();
    let curves = leaning(curves?, first as f32, width);
    let once = look(eye, &curves, first, width);
    let seats = |line: &Vec<(Place, Sight)>| -> Vec<Seat> {
        line.iter().map(|(place, sight)| Seat::of(place, sight)).collect()
    };
    let again: Option<Vec<Curve>> =
        once.iter().map(|line| Curve::through(&seats(line), first as f32)).collect();
    let curves = leaning(again?, first as f32, width);
    let sights = once.into_iter().zip(&curves).map(|(line, curve)| surer(eye, line, curve, first)).collect();
    Some((sights, curves[0].at(first as f32)))
}

/// The same lines, whose characters lean as the lines lie above each other.
fn leaning(curves: Vec<Curve>, first: f32, width: usize) -> Vec<Curve> {
    let (Some(upper), Some(lower)) = (curves.first(), curves.last()) else { return curves };
    let middle = first + width as f32 / 2.0;
    let down = Step::between(upper.at(middle).middle, lower.at(middle).middle);
    curves.iter().map(|curve| curve.leaning(down)).collect()
}

/// What is seen in each place of the lines.
fn look(eye: &mut Eye, curves: &[Curve], first: i32, width: usize) -> Vec<Vec<(Place, Sight)>> {
    let mut sight = |curve: &Curve, index: i32| {
        let place = curve.at(index as f32);
        (place, eye.look(&place))
    };
    curves
        .iter()
        .map(|curve| (first..first + width as i32).map(|index| sight(curve, index)).collect())
        .collect()
}

/// What was not seen well is looked at again, in the place that all characters of the line tell.
fn surer(eye: &mut Eye, line: Vec<(Place, Sight)>, curve: &Curve, first: i32) -> Vec<[f32; CLASSES]> {
    let again = |(at, (_, sight)): (usize, (Place, Sight))| {
        let best = sight.scores.iter().copied().fold(f32::MIN, f32::max);
        let beside = sight.right.abs().max(sight.down.abs()) > BESIDE;
        if best > SURE && !beside {
            return sight.scores;
        }
        mean(&sight.scores, &eye.look(&curve.at((first + at as i32) as f32)).scores)
    };
    line.into_iter().enumerate().map(again).collect()
}

/// Two looks at a character, taken together.
fn mean(once: &[f32; CLASSES], again: &[f32; CLASSES]) -> [f32; CLASSES] {
    let mut mixed = [0.0; CLASSES];
    for ((mixed, once), again) in mixed.iter_mut().zip(once).zip(again) {
        *mixed = (once + again) / 2.0;
    }
    let whole = mixed.iter().map(|score| score.exp()).sum::<f32>().ln();
    mixed.map(|score| score - whole)
}

/// All lines around one, from the uppermost to the lowest.
fn lines(eye: &mut Eye, line: Line) -> Vec<Line> {
    let mut lines = vec![line];
    while lines.len() < MOST_LINES {
        let Some(next) = neighbour(eye, &lines[lines.len() - 1], 1.0) else { break };
        lines.push(next);
    }
    while lines.len() < MOST_LINES {
        let Some(next) = neighbour(eye, &lines[0], -1.0) else { break };
        lines.insert(0, next);
    }
    lines
}

/// The line below (or above, where `side` is -1).
fn neighbour(eye: &mut Eye, line: &Line, side: f32) -> Option<Line> {
    let length = line.seats.len() as f32 - 1.0;
    let mut best: (f32, Option<(f32, Place)>) = (1.6, None);
    for spacing in SPACINGS {
        let (mut sum, mut most) = (0.0, (0.0, None));
        for share in [0.15, 0.38, 0.62, 0.85] {
            let index = line.first as f32 + (share * length).round();
            let place = line.curve.at(index).moved(0.0, side * spacing);
            let some = eye.look(&place).some();
            sum += some;
            if some > most.0 {
                most = (some, Some((index, place)));
            }
        }
        if sum > best.0 {
            best = (sum, most.1);
        }
    }
    let (index, place) = best.1?;
    let seats = follow(eye, &place)?;
    let middle = seats.len() / 2;
    let near = line.curve.index(seats[middle].place.middle, index);
    let first = near.round() as i32 - middle as i32;
    Line::new(seats, first)
}

/// The lines, first index and width of the zone that fits best to what was seen.
fn shape(lines: &[Line]) -> Option<(&[Line], i32, usize)> {
    let from = lines.iter().map(|line| line.first).min()? - 2;
    let to = lines.iter().map(|line| line.first + line.seats.len() as i32).max()? + 2;
    let mut best: Option<(f32, (&[Line], i32, usize))> = None;
    for (count, width) in SHAPES {
        for lines in lines.windows(count) {
            for first in from..=(to - width as i32).max(from) {
                let inside = first..first + width as i32;
                let fit = |line: &Line| -> f32 {
                    let fits = |index: i32| {
                        let some = line.some(index);
                        if inside.contains(&index) { some } else { 1.0 - some }.ln()
                    };
                    (from.min(inside.start)..to.max(inside.end)).map(fits).sum()
                };
                let fit = lines.iter().map(fit).sum::<f32>() / (count as f32);
                if best.as_ref().is_none_or(|(most, _)| fit > *most) {
                    best = Some((fit, (lines, first, width)));
                }
            }
        }
    }
    // A fifth of the characters unseen is too much.
    let (fit, shape) = best?;
    (fit > 0.2 * shape.2 as f32 * UNSEEN.ln()).then_some(shape)
}
