//! Four lines that together may be the sides of a document, and what they are worth: each line by itself, the shape
//! that they make, how it agrees with the network, and whether they end where they meet. How much each counts was
//! learned.

use super::line::{Side, shape};
use super::sides::Scene;
use super::{along, aspect, strip};
use crate::geometry::Quad;

/// What speaks for four lines and against them: what the lines are worth by themselves, and the one that is worth least;
/// how like a document's their shape is, and the logarithm of it; how much of what the network has covered and of the
/// shape is both; and how much goes on beyond the corners.
pub type WholeSigns = [f32; 6];

/// What each sign counts: see `whole.txt`, which says how that was learned.
static WEIGHTS: &[u8; 4 * 6] = include_bytes!("whole.bin");

/// How much four lines lose at first when their shape is that of no document.
const STRANGE: f32 = 5.0;

/// So many of the best are looked at as a whole.
const LOOKED_AT: usize = 8;

/// So often another side is looked for, where the shape is less like a document's than this.
const ROUNDS: usize = 3;
const LIKE: f32 = 0.9;

/// So many edges are tried instead, so many squares at most to either side of where the format has it.
const COMPLETIONS: usize = 4;
const REACH: f32 = 2.5;

/// Four lines that meet at their corners.
#[derive(Clone, Copy)]
pub(super) struct Whole {
    pub sides: [Side; 4],
    pub corners: Quad,
    pub signs: WholeSigns,
    pub worth: f32,
}

impl Scene<'_> {
    /// All that may be the sides of a document which the network has between these.
    pub fn whole(&self, sides: &[Side; 4], touches: bool) -> Vec<Whole> {
        let mut looked_at = Vec::new();
        self.look_at(&self.combined(sides, touches), touches, &mut looked_at);
        if !touches {
            self.complete(&mut looked_at);
        }
        looked_at
    }

    /// How like a document's a shape is. What may be cut off need be like none.
    fn likeness(&self, corners: &Quad, touches: bool) -> f32 {
        if touches { 1.0 } else { aspect::likeness(corners, self.size(), self.subject) }
    }

    /// The lines that are worth the most, one of those beside each side.
    fn combined(&self, sides: &[Side; 4], touches: bool) -> Vec<(f32, [Side; 4])> {
        let tried = [0, 1, 2, 3].map(|side| self.tried(&sides[side], &sides[(side + 2) % 4]));
        let mut best = Vec::with_capacity(LOOKED_AT + 1);
        for upper in &tried[0] {
            for right in &tried[1] {
                for lower in &tried[2] {
                    for left in &tried[3] {
                        let four = [upper, right, lower, left];
                        let worth: f32 = four.iter().map(|(_, worth)| worth).sum();
                        // The shape costs more to judge than it can add.
                        if worth <= least(&best) {
                            continue;
                        }
                        let four = four.map(|(side, _)| *side);
                        let Some(corners) = shape(&four) else { continue };
                        let strange = STRANGE * (1.0 - self.likeness(&corners, touches));
                        keep(&mut best, worth - strange, &four);
                    }
                }
            }
        }
        best
    }

    /// Adds those with another side where the format of a document and the other three sides of the best have it: the
    /// network may be far off it, when something else lies there.
    fn complete(&self, looked_at: &mut Vec<Whole>) {
        for _ in 0..ROUNDS {
            let Some(&first) = best(looked_at).filter(|best| best.signs[2] < LIKE) else { break };
            self.look_at(&self.completed(&first), false, looked_at);
            if best(looked_at).is_none_or(|best| best.worth <= first.worth) {
                break;
            }
        }
    }

    fn completed(&self, whole: &Whole) -> Vec<(f32, [Side; 4])> {
        let mut best = Vec::with_capacity(LOOKED_AT + 1);
        for side in 0..4 {
            let before = self.worth_of(&whole.sides[side]);
            for quad in aspect::completed(&whole.corners, side, self.size(), self.subject) {
                let near = Side::all(&quad)[side];
                let mut lines = strip::candidates(self.frame, &near, strip::NARROW, REACH * self.larger());
                lines.truncate(COMPLETIONS);
                lines.push(near);
                for line in lines {
                    let mut four = whole.sides;
                    four[side] = line;
                    keep(&mut best, self.worth_of(&line) - before, &four);
                }
            }
        }
        best
    }

    /// Adds what these are as a whole, each line as long as it is between the others, where they make a proper shape.
    fn look_at(&self, chosen: &[(f32, [Side; 4])], touches: bool, looked_at: &mut Vec<Whole>) {
        for (_, four) in chosen {
            let Some(corners) = shape(four) else { continue };
            let sides = Side::all(&corners);
            let likeness = self.likeness(&corners, touches);
            let [across, down] = self.square;
            let agreed = self.cover.overlap(&corners.scaled(1.0 / across, 1.0 / down));
            let (mut sum, mut faintest, mut beyond) = (0.0, f32::MAX, 0.0);
            for side in &sides {
                let seen = self.signs(side);
                let worth = along::worth(&seen);
                sum += worth;
                faintest = worth.min(faintest);
                beyond += seen[along::BEYOND_SIGN];
            }
            let signs = [sum, faintest, likeness, (likeness + 0.02).ln(), agreed, beyond];
            looked_at.push(Whole { sides, corners, signs, worth: along::weighed(WEIGHTS, &signs) });
        }
    }
}

/// That which is worth the most.
pub(super) fn best(looked_at: &[Whole]) -> Option<&Whole> {
    looked_at.iter().max_by(|one, other| one.worth.total_cmp(&other.worth))
}

/// Keeps these four lines, if they are among those that are worth the most.
#[inline(never)]
fn keep(best: &mut Vec<(f32, [Side; 4])>, worth: f32, four: &[Side; 4]) {
    if worth > least(best) {
        let at = best.partition_point(|(other, _)| *other > worth);
        best.insert(at, (worth, *four));
        best.truncate(LOOKED_AT);
    }
}

/// What is worth no more than this is not among them.
fn least(best: &[(f32, [Side; 4])]) -> f32 {
    best.get(LOOKED_AT - 1).map_or(f32::MIN, |(worth, _)| *worth)
}
