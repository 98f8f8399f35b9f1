//! Four lines that together may be the sides of a document. What each is worth by itself says which four are looked
//! at, and how they look together, which are chosen.

use super::line::{Side, shape};
use super::sides::{Scene, inside};
use super::{aspect, looks, strip};
use crate::geometry::Quad;

/// How much four lines lose at first when their shape is that of no document.
const STRANGE: f32 = 5.0;

/// So many of the best are looked at as a whole.
const LOOKED_AT: usize = 12;

/// How much the worth of its lines counts for a shape. They are seen at the frame's full size, and how it looks in a small
/// view, where what is off by a hundredth looks right: the more they count the more exact are corners, and beyond this the
/// more are wrong.
const LINES: f32 = 0.2;

/// The least likeness to a document's shape is not nothing, since cameras differ.
const LEAST_LIKE: f32 = 0.02;

/// So often another side is looked for, where the shape is less like a document's than this.
const ROUNDS: usize = 3;
const LIKE: f32 = 0.95;

/// So many edges are tried instead, so many squares at most to either side of where the format has it. Of a shape that is
/// more like a document's than this no side is further off.
const COMPLETIONS: usize = 4;
const REACH: f32 = 2.5;
const ALIKE: f32 = 0.9;

/// Four lines that meet at their corners.
#[derive(Clone, Copy)]
pub(super) struct Whole {
    pub sides: [Side; 4],
    pub corners: Quad,
    /// How like a document's its shape is, from 0 to 1.
    pub likeness: f32,
    /// What the lines are worth by themselves.
    lines: f32,
    /// The logarithm of the odds that it is a document, by how it looks.
    pub odds: f32,
    /// What it is worth among the others, by how it looks, its shape and its lines.
    pub worth: f32,
    /// Whether it may be cut off by the frame's edge.
    pub touches: bool,
}

impl Scene<'_> {
    /// All that may be the sides of a document which the network has about here.
    pub fn whole(&self, fitted: &Quad) -> Vec<Whole> {
        let touches = self.touches(fitted);
        let mut looked_at = Vec::new();
        self.look_at(&self.combined(&Side::all(fitted), touches), touches, &mut looked_at);
        if !touches {
            self.complete(&mut looked_at);
        }
        looked_at
    }

    /// How like a document's a shape is. What may be cut off need be like none.
    pub fn likeness(&self, corners: &Quad, touches: bool) -> f32 {
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
            let Some(&first) = best(looked_at).filter(|best| best.likeness < LIKE) else { break };
            self.look_at(&self.completed(&first), false, looked_at);
            if best(looked_at).is_none_or(|best| best.worth <= first.worth) {
                break;
            }
        }
    }

    fn completed(&self, whole: &Whole) -> Vec<(f32, [Side; 4])> {
        let mut best = Vec::with_capacity(LOOKED_AT + 1);
        let reach = REACH * self.larger();
        for side in 0..4 {
            let before = self.worth_of(&whole.sides[side]);
            for quad in aspect::completed(&whole.corners, side, self.size(), self.subject) {
                let near = Side::all(&quad)[side];
                let middle = near.place(0.5, 0.0);
                let far = whole.likeness > ALIKE && whole.sides[side].out(middle).abs() > reach;
                // Beyond the frame nothing is seen.
                if far || inside(self.size(), middle) < 0.0 {
                    continue;
                }
                let mut lines = strip::candidates(self.frame, &near, strip::NARROW, reach);
                lines.truncate(1 + COMPLETIONS);
                for line in lines {
                    let mut four = whole.sides;
                    four[side] = line;
                    keep(&mut best, whole.lines + self.worth_of(&line) - before, &four);
                }
            }
        }
        best
    }

    /// Adds what these are as a whole, each line as long as it is between the others, where they make a proper shape.
    fn look_at(&self, chosen: &[(f32, [Side; 4])], touches: bool, looked_at: &mut Vec<Whole>) {
        for &(lines, four) in chosen {
            let Some(corners) = shape(&four) else { continue };
            let likeness = self.likeness(&corners, touches);
            let most = logarithm(likeness) + LINES * lines;
            // It would not be the best, even if it looked like nothing but a document.
            if !self.thorough && best(looked_at).is_some_and(|best| most <= best.worth) {
                continue;
            }
            let Some(flat) = self.laid_flat(&corners) else { continue };
            let odds = looks::odds(flat);
            // How likely it is to be a document: of those that surely are, the lines tell which ends where it ends.
            let worth = most - (1.0 + (-odds).exp()).ln();
            looked_at.push(Whole {
                sides: Side::all(&corners),
                corners,
                likeness,
                lines,
                odds,
                worth,
                touches,
            });
        }
    }
}

/// Of a likeness, of which none is taken for nothing.
pub(super) fn logarithm(likeness: f32) -> f32 {
    (likeness + LEAST_LIKE).ln()
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
