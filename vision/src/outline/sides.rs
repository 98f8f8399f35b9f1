//! The sides of a document, each moved to an edge that is seen beside it: to those four that together are
//! strong, agree with the network, and have the shape of a document.

use super::aspect;
use super::line::{Side, shape};
use super::net::Cover;
use super::strip::{self, Candidate};
use crate::frame::Frame;
use crate::geometry::{Point, Quad};
use crate::report::Subject;

/// How far an edge may be from where the network has it, in squares.
const REACH: f32 = 4.0;

/// And as a part of the side across: what is beyond the middle belongs to the other side.
const REACH_PART: f32 = 0.3;

/// How much an edge loses for each square between it and where the network has it that is surely covered, and
/// lies without, or surely not covered, and lies within.
const AGAINST: f32 = 0.5;

/// What a side counts for that stays where the network has it: as much as a faint edge.
const STAYS: f32 = 0.25;

/// How much four edges lose when their shape is that of no document.
const STRANGE: f32 = 0.8;

/// How much edges lose that go on beyond their corners.
const BEYOND: f32 = 0.35;

/// So many of the best are looked at once more, each along its own sides.
const LOOKED_AT: usize = 8;

/// An edge is there when it is seen in so much of a side: fingers hide less, and print has less.
const SEEN: f32 = 0.25;

/// A shape that was measured.
pub(super) struct Measured {
    pub corners: Quad,
    /// In how much of each side its edge is seen.
    pub seen: [f32; 4],
    /// How much changes beyond the corners.
    pub beyond: f32,
    /// How much the shape is that of a document, from 0 to 1.
    pub likeness: f32,
    /// Whether the edge of the frame cuts it off.
    pub cut: bool,
}

/// What is looked at.
pub(super) struct Scene<'a> {
    pub frame: &'a Frame<'a>,
    pub cover: &'a Cover,
    /// How many pixels of the frame a square of the cover has, across and down.
    pub square: [f32; 2],
    pub subject: Subject,
}

impl Scene<'_> {
    fn size(&self) -> [f32; 2] {
        [self.frame.width() as f32, self.frame.height() as f32]
    }

    fn larger(&self) -> f32 {
        self.square[0].max(self.square[1])
    }

    /// Moves the sides of a shape, in pixels of the frame, to their edges.
    pub fn measure(&self, fitted: &Quad) -> Option<Measured> {
        let square = self.larger();
        let sides = Side::all(fitted);
        let lines = self.choose(&sides);
        let edges = lines.map(|side| strip::edge(self.frame, &side, square).filter(|edge| edge.seen >= SEEN));
        let open = |side: usize| {
            // It ends where the frame does, and no edge is seen there.
            let middle = edges[side].map_or(lines[side], |edge| edge.side).place(0.5, 0.0);
            let within = inside(self.size(), middle);
            within < 1.5 || edges[side].is_none() && within < square
        };
        let cut = (0..4).any(open);
        let corners = shape(&[0, 1, 2, 3].map(|side| edges[side].map_or(lines[side], |edge| edge.side)))?;
        let length = corners.sides().into_iter().fold(1.0, f32::max);
        let cut = cut || corners.0.iter().any(|&corner| inside(self.size(), corner) < -0.01 * length);
        let beyond = Side::all(&corners).map(|side| strip::strength(self.frame, &side, square / 13.0)[1]);
        Some(Measured {
            corners,
            seen: edges.map(|edge| edge.map_or(0.0, |edge| edge.seen)),
            beyond: beyond.iter().sum::<f32>() / 4.0,
            likeness: aspect::likeness(&corners, self.size(), self.subject),
            cut,
        })
    }

    /// The lines that together are likeliest to be the sides.
    fn choose(&self, sides: &[Side; 4]) -> [Side; 4] {
        let tried = [0, 1, 2, 3].map(|side| self.tried(&sides[side], &sides[(side + 2) % 4]));
        let mut best: Vec<(f32, [Side; 4])> = Vec::with_capacity(LOOKED_AT + 1);
        for upper in &tried[0] {
            for right in &tried[1] {
                for lower in &tried[2] {
                    for left in &tried[3] {
                        let four = [upper, right, lower, left];
                        let worth: f32 = four.iter().map(|(_, worth)| worth).sum();
                        let least = best.get(LOOKED_AT - 1).map_or(f32::MIN, |(worth, _)| *worth);
                        // The shape costs more to judge than it can add.
                        if worth <= least {
                            continue;
                        }
                        let four = four.map(|(side, _)| *side);
                        let Some(corners) = shape(&four) else { continue };
                        let likeness = aspect::likeness(&corners, self.size(), self.subject);
                        let worth = worth - STRANGE * (1.0 - likeness);
                        if worth > least {
                            let at = best.partition_point(|(other, _)| *other > worth);
                            best.insert(at, (worth, Side::all(&corners)));
                            best.truncate(LOOKED_AT);
                        }
                    }
                }
            }
        }
        let looked = best.into_iter().map(|(_, four)| (self.worth(sides, &four), four));
        looked.max_by(|(a, _), (b, _)| a.total_cmp(b)).map_or(*sides, |(_, four)| four)
    }

    /// The lines that may be a side, and what each is worth.
    fn tried(&self, side: &Side, across: &Side) -> Vec<(Side, f32)> {
        let reach = (REACH * self.larger()).min(REACH_PART * -side.out(across.place(0.5, 0.0))).max(2.0);
        let worth = |candidate: Candidate| {
            let against = self.against(side, candidate.ends);
            (candidate.side, candidate.strength - AGAINST * against)
        };
        let lines = strip::candidates(self.frame, side, reach).into_iter().map(worth);
        lines.chain([(*side, STAYS)]).collect()
    }

    /// What four sides are worth that meet at their corners.
    fn worth(&self, fitted: &[Side; 4], four: &[Side; 4]) -> f32 {
        let one = |side: usize| {
            let [between, beyond] = strip::strength(self.frame, &four[side], self.larger() / 13.0);
            let ends = [0.0, 1.0].map(|share| fitted[side].out(four[side].place(share, 0.0)));
            between.max(STAYS) - BEYOND * beyond - AGAINST * self.against(&fitted[side], ends)
        };
        let likeness = shape(four).map_or(0.0, |corners| aspect::likeness(&corners, self.size(), self.subject));
        (0..4).map(one).sum::<f32>() - STRANGE * (1.0 - likeness)
    }

    /// How much the network is against moving a side so far outward at its ends: what it has within that is not
    /// covered, or without that is, in squares.
    fn against(&self, side: &Side, ends: [f32; 2]) -> f32 {
        const PLACES: usize = 10;
        const STEPS: usize = 6;
        let mut sum = 0.0;
        for place in 0..PLACES {
            let share = (place as f32 + 0.5) / PLACES as f32;
            let out = ends[0] + (ends[1] - ends[0]) * share;
            for step in 0..STEPS {
                let at = side.place(share, out * (step as f32 + 0.5) / STEPS as f32);
                let covered = self.cover.at(Point::new(at.x / self.square[0], at.y / self.square[1]));
                sum += out * (1.0 - 2.0 * covered);
            }
        }
        sum / ((PLACES * STEPS) as f32 * self.larger())
    }
}

/// How far within the frame a place is, in pixels.
fn inside([width, height]: [f32; 2], place: Point) -> f32 {
    place.x.min(width - place.x).min(place.y.min(height - place.y))
}
