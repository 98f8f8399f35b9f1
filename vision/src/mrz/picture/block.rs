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
/// So many places beyond each end of a zone tell whether it goes on there. What lies further off may be like print, on the
/// document or beyond it, and says nothing of the zone.
const BEYOND: i32 = 4;
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

    fn seat(&self, index: i32) -> Option<&Seat> {
        usize::try_from(index - self.first).ok().and_then(|at| self.seats.get(at))
    }

    fn some(&self, index: i32) -> f32 {
        self.seat(index).map_or(UNSEEN, |seat| seat.some.clamp(UNSEEN, 1.0 - UNSEEN))
    }
}

/// The zone that a line belongs to; the place is that of its first character. `None` where it is no zone.
pub(super) fn read(eye: &mut Eye, seats: Vec<Seat>) -> Option<(Sights, Place)> {
    let lines = lines(eye, Line::new(seats, 0)?);
    let Shape { lines, first, width } = shape(&lines)?;
    let curves: Option<Vec<Curve>> = lines.iter().map(|line| line.within(first, width)).collect();
    let curves = leaning(curves?, first as f32, width);
    let once = look(eye, lines, &curves, first, width);
    let again: Option<Vec<Curve>> = once.iter().map(|line| Curve::through(line, first as f32)).collect();
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

/// What is seen in each place of the lines. What was seen well when they were followed is not looked at again.
fn look(eye: &mut Eye, lines: &[Line], curves: &[Curve], first: i32, width: usize) -> Vec<Vec<Seat>> {
    let mut seat = |line: &Line, curve: &Curve, index: i32| {
        let seen = line.seat(index).filter(|seat| seat.some > 0.5 && !is_beside(&seat.sight));
        seen.cloned().unwrap_or_else(|| {
            let place = curve.at(index as f32);
            Seat::of(&place, eye.look(&place))
        })
    };
    let indices = first..first + width as i32;
    let lines = lines.iter().zip(curves);
    lines.map(|(line, curve)| indices.clone().map(|index| seat(line, curve, index)).collect()).collect()
}

/// What was not seen well is looked at again, in the place that all characters of the line tell.
fn surer(eye: &mut Eye, line: Vec<Seat>, curve: &Curve, first: i32) -> Vec<[f32; CLASSES]> {
    let again = |(at, Seat { sight, .. }): (usize, Seat)| {
        let best = sight.scores.iter().copied().fold(f32::MIN, f32::max);
        if best > SURE && !is_beside(&sight) {
            return sight.scores;
        }
        mean(&sight.scores, &eye.look(&curve.at((first + at as i32) as f32)).scores)
    };
    line.into_iter().enumerate().map(again).collect()
}

/// Whether a character stands too far from the middle of its cell.
fn is_beside(sight: &Sight) -> bool {
    sight.right.abs().max(sight.down.abs()) > BESIDE
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

/// Which lines are those of a zone, the index of their first characters, and how wide they are.
struct Shape<'a> {
    lines: &'a [Line],
    first: i32,
    width: usize,
}

impl Shape<'_> {
    /// How likely it is that characters stand where it has them, and nothing stands beside: the mean over its
    /// lines of logarithms.
    fn fit(&self) -> f32 {
        let inside = self.first..self.first + self.width as i32;
        let fits = |line: &Line, index: i32| {
            let some = line.some(index);
            if inside.contains(&index) { some } else { 1.0 - some }.ln()
        };
        let indices = inside.start - BEYOND..inside.end + BEYOND;
        let all = self.lines.iter().flat_map(|line| indices.clone().map(move |index| fits(line, index)));
        all.sum::<f32>() / self.lines.len() as f32
    }
}

/// The shape that fits best to what was seen.
fn shape(lines: &[Line]) -> Option<Shape<'_>> {
    let start = lines.iter().map(|line| line.first).min()? - 2;
    let end = lines.iter().map(|line| line.first + line.seats.len() as i32).max()? + 2;
    let shapes = SHAPES.into_iter().flat_map(|(count, width)| {
        let firsts = start..=(end - width as i32).max(start);
        lines
            .windows(count)
            .flat_map(move |lines| firsts.clone().map(move |first| Shape { lines, first, width }))
    });
    let scored = shapes.map(|shape| (shape.fit(), shape));
    let (fit, best) = scored.max_by(|a, b| a.0.total_cmp(&b.0))?;
    // A fifth of the characters unseen is too much.
    (fit > 0.2 * best.width as f32 * UNSEEN.ln()).then_some(best)
}
