//! The sides of a document, each moved to an edge that is seen beside it: the lines that may be a side, and where the
//! four lie that were chosen as a whole (`whole`).

use super::along::Signs;
use super::line::{Side, shape};
use super::net::{Cover, SQUARE};
use super::view::View;
use super::{along, looks, strip};
use crate::convolution::Map;
use crate::frame::Frame;
use crate::geometry::{Point, Quad};
use crate::rank;
use crate::report::Subject;

/// How far an edge may be from where the network has it, in squares.
const REACH: f32 = 7.2;

/// And as a part of the side across: what is beyond the middle belongs to the other side.
const REACH_PART: f32 = 0.35;

/// So many lines are tried at each side, with all of the other sides.
const TRIED: usize = 8;

/// A document that covers so much of the frame's edge, as a part of its shorter side, is cut off there.
const TOUCHES: f32 = 0.2;

/// An edge is there when it is seen in so much of a side: fingers hide less, and print has less.
const SEEN: f32 = 0.25;

/// A shape that was measured.
pub(super) struct Measured {
    pub corners: Quad,
    /// In how much of each side its edge is seen.
    pub seen: [f32; 4],
    /// Whether the edge of the frame cuts it off.
    pub cut: bool,
}

/// What is looked at.
pub(super) struct Scene<'a> {
    pub frame: &'a Frame<'a>,
    pub view: View,
    pub cover: Cover,
    /// The rectangle around what is covered, in squares.
    pub around: Quad,
    /// How many pixels of the frame a square of the cover has, across and down.
    pub square: [f32; 2],
    pub subject: Subject,
    /// Whether shapes are looked at that cannot be the best: for those who learn from them.
    pub thorough: bool,
}

impl Scene<'_> {
    pub fn size(&self) -> [f32; 2] {
        [self.frame.width() as f32, self.frame.height() as f32]
    }

    /// A shape, in pixels of the frame, as it looks: see [`looks::laid_flat`].
    pub fn laid_flat(&self, corners: &Quad) -> Option<Map> {
        let [across, down] = self.square;
        looks::laid_flat(&self.view, &self.cover, &corners.scaled(SQUARE / across, SQUARE / down))
    }

    /// Of a square, in pixels.
    pub fn larger(&self) -> f32 {
        self.square[0].max(self.square[1])
    }

    /// Moves the sides of a shape to their edges; it may be cut off where it touches the edge of the frame.
    #[inline(never)]
    pub fn measure(&self, lines: &[Side; 4], touches: bool) -> Option<Measured> {
        let square = self.larger();
        let edges = lines
            .each_ref()
            .map(|side| strip::edge(self.frame, side, square).filter(|edge| edge.seen >= SEEN));
        let corners = shape(&[0, 1, 2, 3].map(|side| edges[side].map_or(lines[side], |edge| edge.side)))?;
        let length = corners.sides().into_iter().fold(1.0, f32::max);
        let unseen = edges.iter().any(Option::is_none);
        let cut =
            touches && unseen || corners.0.iter().any(|&corner| inside(self.size(), corner) < -0.01 * length);
        Some(Measured { corners, seen: edges.map(|edge| edge.map_or(0.0, |edge| edge.seen)), cut })
    }

    /// Whether something of this shape may be cut off by the frame's edge.
    pub fn touches(&self, fitted: &Quad) -> bool {
        let shorter = fitted.sides().into_iter().fold(f32::MAX, f32::min);
        self.cover.touched() * self.larger() > TOUCHES * shorter
    }

    /// The lines that are likeliest to be a side, and what each is worth.
    pub fn tried(&self, side: &Side, across: &Side) -> Vec<(Side, f32)> {
        let lines = self.lines(side, across).into_iter();
        let tried: Vec<_> = lines.map(|line| (line, self.worth_of(&line))).collect();
        let mut best = rank::highest_first(&tried, |(_, worth)| *worth);
        best.truncate(TRIED);
        best
    }

    /// The lines that may be a side: that of the network, and edges beside it.
    pub fn lines(&self, side: &Side, across: &Side) -> Vec<Side> {
        let reach = (REACH * self.larger()).min(REACH_PART * -side.out(across.place(0.5, 0.0))).max(2.0);
        strip::candidates(self.frame, side, strip::WIDE, reach)
    }

    /// What a line is worth.
    #[inline(never)]
    pub fn worth_of(&self, line: &Side) -> f32 {
        along::worth(&self.signs(line))
    }

    /// What speaks for a line as a side, and against it.
    pub fn signs(&self, line: &Side) -> Signs {
        let step = self.larger() / 13.0;
        let [low, wide, contrast, uneven, print, busy, hue] = along::seen(self.frame, line, step);
        let beyond = along::beyond(self.frame, line, step);
        let [within, on, without] = [-2.0, 0.0, 1.0].map(|out| self.covered(line, out));
        [low, wide, contrast, uneven, print, busy, hue, beyond, within, on, without]
    }

    /// How much the network has covered along a line, so many squares outward of it.
    fn covered(&self, line: &Side, out: f32) -> f32 {
        const PLACES: usize = 16;
        let one =
            |place: usize| self.at(line.place((place as f32 + 0.5) / PLACES as f32, out * self.larger()));
        (0..PLACES).map(one).sum::<f32>() / PLACES as f32
    }

    /// How much the network has covered at a place of the frame.
    fn at(&self, place: Point) -> f32 {
        self.cover.at(Point::new(place.x / self.square[0], place.y / self.square[1]))
    }
}

/// How far within the frame a place is, in pixels.
pub(super) fn inside([width, height]: [f32; 2], place: Point) -> f32 {
    place.x.min(width - place.x).min(place.y.min(height - place.y))
}
