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

use self::sides::{Measured, Scene};
use crate::frame::Frame;
use crate::geometry::Quad;
use crate::report::{Outline, Subject};

/// A document covers so many squares at least: a twentieth of the frame. What is smaller cannot be read.
const LEAST_PART: usize = 20;

/// A document that is whole, and less sure than this, is not told of: of 510 empty frames two are as sure, and one
/// of them is as sure as what is acted on.
const SURE_OF_WHOLE: f32 = 0.25;

/// The same of one that is cut off: fewer of its sides can be seen.
const SURE_OF_CUT: f32 = 0.5;

/// The outline of the document in a frame; `None` where none is seen, and for a face. The corners of one that
/// is cut off are about where the frame ends.
pub fn find(frame: &Frame, subject: Subject) -> Option<Outline> {
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
    let confidence = confidence(&measured, agreement);
    let least = if measured.cut { SURE_OF_CUT } else { SURE_OF_WHOLE };
    let corners = named(measured.corners);
    (confidence >= least).then_some(Outline { corners, confidence, cut: measured.cut })
}

/// How likely it is that a document lies there and its corners are right: an overlap with the truth of 0.95, or in
/// the older of the frames, corners that are off by less than 4 hundredths of the document's length. A
/// logistic regression over 821 frames of the tuning seeds in which a whole shape was measured, those without a
/// document counted four times, by what the network has inside and just outside, by what is seen of the faintest
/// side and of the others and beyond the corners, and by the shape. Of what it gives 0.9 and more, 98 in 100 are
/// right; of what it gives 0.5 to 0.6, 62 in 100.
fn confidence(measured: &Measured, [inside, outside]: [f32; 2]) -> f32 {
    let faintest = measured.seen.into_iter().fold(1.0, f32::min);
    let others = (measured.seen.iter().sum::<f32>() - faintest) / 3.0;
    if measured.cut {
        // The side that is cut off is not seen.
        return inside * (1.0 - outside) * others;
    }
    let odds = 9.44 * inside - 5.946 * outside + 3.96 * faintest + 2.669 * others + 5.762 * measured.likeness
        - 3.538 * measured.beyond
        - 14.064;
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
