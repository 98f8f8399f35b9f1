//! Where a document lies in a frame. A small network tells, square by square, what a document covers; four
//! lines are laid around that, and those edges that are seen beside them are taken which together are likeliest to be
//! the sides of a document. So what is a document was learned, and where it ends is measured.

mod along;
mod aspect;
mod blob;
mod fit;
mod line;
mod net;
mod sides;
mod strip;
mod view;
mod whole;

pub use self::along::Signs;
pub use self::view::View;
pub use self::whole::WholeSigns;

use self::line::Side;
use self::sides::Scene;
use crate::frame::Frame;
use crate::geometry::{Point, Quad};
use crate::report::{Outline, Subject};

/// A document covers so many squares at least: a twentieth of the frame. What is smaller cannot be read.
const LEAST_PART: usize = 20;

/// A document that is whole, and less sure than this, is not told of: of 600 empty frames one is as sure, which is acted
/// on.
const SURE_OF_WHOLE: f32 = 0.25;

/// The same of one that is cut off: fewer of its sides can be seen.
const SURE_OF_CUT: f32 = 0.5;

/// Four sides that are seen as well as can be are worth so much.
const MOST_WORTH: f32 = 40.0;

/// What the confidence in a whole outline follows from, and after them a constant: see `sure.txt`, which says how they
/// were fitted.
static SURE: &[u8; 32] = include_bytes!("sure.bin");

/// Where a document may lie.
pub struct Candidate {
    /// Its corners, as [`Outline::corners`].
    pub corners: Quad,
    /// Whether the edge of the frame cuts it off.
    pub cut: bool,
    /// What speaks for it and against it, each about from 0 to 1: what the network has covered inside and just outside,
    /// how much is seen of the faintest side and of the others, how like a document's the shape is, how far the
    /// sides go on beyond the corners, and what they are worth.
    pub signs: [f32; 7],
}

/// What is found in a frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Found {
    /// Nothing that is like a document.
    Nothing,
    /// Something, of which it is not sure that it is a document, or where it ends.
    Something,
    /// A document.
    Document(Outline),
}

impl Found {
    /// The document, if one was found.
    pub fn outline(self) -> Option<Outline> {
        match self {
            Self::Document(outline) => Some(outline),
            Self::Nothing | Self::Something => None,
        }
    }
}

/// The document in a frame; nothing for a face. The corners of one that is cut off are about where the frame
/// ends.
pub fn find(frame: &Frame, subject: Subject) -> Found {
    let Some(seen) = Seen::of(frame, subject) else { return Found::Nothing };
    let sure = |candidate: Candidate| {
        let confidence = confidence(&candidate);
        let least = if candidate.cut { SURE_OF_CUT } else { SURE_OF_WHOLE };
        let outline = Outline { corners: candidate.corners, confidence, cut: candidate.cut };
        (confidence >= least).then_some(outline)
    };
    seen.candidate().and_then(sure).map_or(Found::Something, Found::Document)
}

/// Where a document may lie, if anywhere.
pub fn candidate(frame: &Frame, subject: Subject) -> Option<Candidate> {
    Seen::of(frame, subject)?.candidate()
}

/// A line that may be one side of a document.
pub struct Line {
    /// Where it begins and ends, about.
    pub ends: [Point; 2],
    /// What speaks for it and against it.
    pub signs: Signs,
}

/// The shape that the network has of a document, and for each of its sides the lines that may be it, if it has one.
pub fn lines(frame: &Frame, subject: Subject) -> Option<(Quad, [Vec<Line>; 4])> {
    let seen = Seen::of(frame, subject)?;
    let fitted = seen.fitted()?;
    let sides = Side::all(&fitted);
    let of = |side: usize| {
        let lines = seen.scene.lines(&sides[side], &sides[(side + 2) % 4]).into_iter();
        let line = |line: Side| Line {
            ends: [0.0, 1.0].map(|share| line.place(share, 0.0)),
            signs: seen.scene.signs(&line),
        };
        lines.map(line).collect()
    };
    Some((fitted, [of(0), of(1), of(2), of(3)]))
}

/// The shapes that may be a document, with what speaks for each and against it.
pub fn shapes(frame: &Frame, subject: Subject) -> Option<Vec<(Quad, WholeSigns)>> {
    let seen = Seen::of(frame, subject)?;
    let fitted = seen.fitted()?;
    let looked_at = seen.scene.whole(&Side::all(&fitted), seen.scene.touches(&fitted)).into_iter();
    Some(looked_at.map(|whole| (whole.corners, whole.signs)).collect())
}

/// What the network has seen that is like a document.
struct Seen<'a> {
    scene: Scene<'a>,
    /// The rectangle around it, in squares.
    around: Quad,
}

impl<'a> Seen<'a> {
    fn of(frame: &'a Frame, subject: Subject) -> Option<Self> {
        if subject == Subject::Face {
            return None;
        }
        let cover = net::cover(&View::of(frame));
        let around = blob::around(&cover, cover.shares.len() / LEAST_PART)?;
        let square = [frame.width() as f32 / cover.width as f32, frame.height() as f32 / cover.height as f32];
        Some(Self { scene: Scene { frame, cover, square, subject }, around })
    }

    /// The shape of it, in pixels of the frame.
    fn fitted(&self) -> Option<Quad> {
        let [across, down] = self.scene.square;
        Some(fit::fit(&self.scene.cover, &self.around)?.scaled(across, down))
    }

    /// Where a document may lie.
    fn candidate(&self) -> Option<Candidate> {
        let measured = self.scene.measure(&self.fitted()?)?;
        let [across, down] = self.scene.square;
        let [inside, outside] =
            self.scene.cover.agreement(&measured.corners.scaled(1.0 / across, 1.0 / down));
        let faintest = measured.seen.into_iter().fold(1.0, f32::min);
        let others = (measured.seen.iter().sum::<f32>() - faintest) / 3.0;
        let worth = measured.worth / MOST_WORTH;
        let signs = [inside, outside, faintest, others, measured.likeness, measured.beyond, worth];
        Some(Candidate { corners: named(measured.corners), cut: measured.cut, signs })
    }
}

/// How likely it is that a document lies there and its corners are right.
fn confidence(candidate: &Candidate) -> f32 {
    let [inside, outside, faintest, others, likeness, beyond, worth] = candidate.signs;
    if candidate.cut {
        // The side that is cut off is not seen.
        return inside * (1.0 - outside) * others;
    }
    let odds = along::weighed(SURE, &[inside, outside, faintest, others, likeness, beyond, worth, 1.0]);
    1.0 / (1.0 + (-odds).exp())
}

/// The same shape with its corners named as they lie in the picture: its upper side goes from left to right,
/// within 45° of level.
fn named(shape: Quad) -> Quad {
    let level = |first: usize| {
        let (from, to) = (shape.0[first], shape.0[(first + 1) % 4]);
        (to.x - from.x) / from.distance(to).max(1e-3)
    };
    let first = (0..4).max_by(|&a, &b| level(a).total_cmp(&level(b)));
    shape.turned(first.unwrap_or(0))
}
