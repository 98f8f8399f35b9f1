//! The sides of a document, each moved to an edge that is seen beside it: to those four that together are
//! strong, near to what the network has, and of the shape of a document.

use super::aspect;
use super::line::{Side, shape};
use super::strip::{self, Candidate};
use crate::frame::Frame;
use crate::geometry::{Point, Quad};
use crate::report::Subject;

/// How far an edge may be from where the network has it, in squares.
const REACH: f32 = 1.4;

/// How much an edge loses for each square that it is away from there, squared.
const AWAY: f32 = 0.25;

/// What a side counts for that stays where the network has it: as much as a faint edge.
const STAYS: f32 = 0.3;

/// How much four edges lose when their shape is that of no document.
const STRANGE: f32 = 0.6;

/// An edge is there when it is seen in so much of a side: fingers hide less, and print has less.
const SEEN: f32 = 0.3;

/// A shape that was measured.
pub(super) struct Measured {
    pub corners: Quad,
    /// In how much of each side its edge is seen.
    pub seen: [f32; 4],
    /// How far the corners moved, in parts of the longest side.
    pub moved: f32,
    /// How much the shape is that of a document, from 0 to 1.
    pub likeness: f32,
    /// Whether the edge of the frame cuts it off.
    pub cut: bool,
}

/// Moves the sides of a shape, in pixels of the frame, to their edges. A square has so many pixels.
pub(super) fn measure(frame: &Frame, fitted: &Quad, square: f32, subject: Subject) -> Option<Measured> {
    let size = [frame.width() as f32, frame.height() as f32];
    let sides = Side::all(fitted);
    let lines = choose(frame, &sides, square, size, subject);
    let edges = lines.map(|side| strip::edge(frame, &side, square).filter(|edge| edge.seen >= SEEN));
    let open = |side: usize| {
        // It ends where the frame does, and no edge is seen there.
        let middle = edges[side].map_or(sides[side], |edge| edge.side).place(0.5, 0.0);
        let within = inside(size, middle);
        within < 1.5 || edges[side].is_none() && within < square
    };
    let cut = (0..4).any(open);
    let moved = [0, 1, 2, 3].map(|side| edges[side].map_or(lines[side], |edge| edge.side));
    let corners = shape(&moved)?;
    let length = corners.sides().into_iter().fold(1.0, f32::max);
    let cut = cut || corners.0.iter().any(|&corner| inside(size, corner) < -0.01 * length);
    let moved = (0..4).map(|at| corners.0[at].distance(fitted.0[at])).fold(0.0, f32::max) / length;
    let likeness = aspect::likeness(&corners, size, subject);
    Some(Measured {
        corners,
        seen: edges.map(|edge| edge.map_or(0.0, |edge| edge.seen)),
        moved,
        likeness,
        cut,
    })
}

/// The lines that together are likeliest to be the sides.
fn choose(frame: &Frame, sides: &[Side; 4], square: f32, size: [f32; 2], subject: Subject) -> [Side; 4] {
    let tried: [Vec<(Side, f32)>; 4] = sides.map(|side| {
        let worth = |candidate: Candidate| {
            let away = candidate.off / square;
            (candidate.side, candidate.strength - AWAY * away * away)
        };
        let lines = strip::candidates(frame, &side, REACH * square).into_iter().map(worth);
        lines.chain([(side, STAYS)]).collect()
    });
    let mut best = (f32::MIN, *sides);
    for upper in &tried[0] {
        for right in &tried[1] {
            for lower in &tried[2] {
                for left in &tried[3] {
                    let four = [upper, right, lower, left];
                    let worth: f32 = four.iter().map(|(_, worth)| worth).sum();
                    // The shape costs more to judge than it can change.
                    if worth <= best.0 {
                        continue;
                    }
                    let four = four.map(|(side, _)| *side);
                    let Some(corners) = shape(&four) else { continue };
                    let worth = worth - STRANGE * (1.0 - aspect::likeness(&corners, size, subject));
                    if worth > best.0 {
                        best = (worth, four);
                    }
                }
            }
        }
    }
    best.1
}

/// How far within the frame a place is, in pixels.
fn inside([width, height]: [f32; 2], place: Point) -> f32 {
    place.x.min(width - place.x).min(place.y.min(height - place.y))
}
