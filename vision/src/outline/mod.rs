//! Where a document lies in a frame. A small network tells, square by square, what a document covers; four
//! lines are laid around that, and each is then moved to the edge that is seen beside it at full size. So what
//! is a document was learned, and where it ends is measured.

mod aspect;
mod blob;
mod fit;
mod line;
mod net;
mod sides;
mod strip;
mod view;

pub use self::view::View;

use self::sides::Scene;
use crate::frame::Frame;
use crate::geometry::Quad;
use crate::report::{Outline, Subject};

/// A document covers so many squares at least: a twentieth of the frame. What is smaller cannot be read.
const LEAST_PART: usize = 20;

/// A document that is whole, and less sure than this, is not told of: of 690 empty frames three are as sure, and two
/// of them are as sure as what is acted on.
const SURE_OF_WHOLE: f32 = 0.25;

/// The same of one that is cut off: fewer of its sides can be seen.
const SURE_OF_CUT: f32 = 0.5;

/// What the confidence in a whole outline follows from, and after them a constant: see `sure.txt`, which says how they
/// were fitted.
static SURE: &[u8; 28] = include_bytes!("sure.bin");

/// Where a document may lie.
pub struct Candidate {
    /// Its corners, as [`Outline::corners`].
    pub corners: Quad,
    /// Whether the edge of the frame cuts it off.
    pub cut: bool,
    /// What speaks for it and against it, each about from 0 to 1: what the network has covered inside and just outside,
    /// how much is seen of the faintest side and of the others, how like a document's the shape is, and how far the
    /// sides go on beyond the corners.
    pub signs: [f32; 6],
}

/// The outline of the document in a frame; `None` where none is seen, and for a face. The corners of one that
/// is cut off are about where the frame ends.
pub fn find(frame: &Frame, subject: Subject) -> Option<Outline> {
    let candidate = candidate(frame, subject)?;
    let confidence = confidence(&candidate);
    let least = if candidate.cut { SURE_OF_CUT } else { SURE_OF_WHOLE };
    let outline = Outline { corners: candidate.corners, confidence, cut: candidate.cut };
    (confidence >= least).then_some(outline)
}

/// Where a document lies, if one does; `None` as above.
pub fn candidate(frame: &Frame, subject: Subject) -> Option<Candidate> {
    if subject == Subject::Face {
        return None;
    }
    let view = View::of(frame);
    let cover = net::cover(&view);
    let around = blob::around(&cover, cover.shares.len() / LEAST_PART)?;
    let fitted = fit::fit(&cover, &around)?;
    let square = [frame.width() as f32 / cover.width as f32, frame.height() as f32 / cover.height as f32];
    let scene = Scene { frame, cover: &cover, square, subject };
    let measured = scene.measure(&fitted.scaled(square[0], square[1]))?;
    let agreement = cover.agreement(&measured.corners.scaled(1.0 / square[0], 1.0 / square[1]));
    let faintest = measured.seen.into_iter().fold(1.0, f32::min);
    let others = (measured.seen.iter().sum::<f32>() - faintest) / 3.0;
    let [inside, outside] = agreement;
    let signs = [inside, outside, faintest, others, measured.likeness, measured.beyond];
    Some(Candidate { corners: named(measured.corners), cut: measured.cut, signs })
}

/// How likely it is that a document lies there and its corners are right.
fn confidence(candidate: &Candidate) -> f32 {
    let [inside, outside, _, others, ..] = candidate.signs;
    if candidate.cut {
        // The side that is cut off is not seen.
        return inside * (1.0 - outside) * others;
    }
    let (weights, _) = SURE.as_chunks();
    let weights = weights.iter().map(|&bytes| f32::from_le_bytes(bytes));
    let odds: f32 =
        weights.zip(candidate.signs.into_iter().chain([1.0])).map(|(weight, sign)| weight * sign).sum();
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
