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

use crate::frame::Frame;
use crate::geometry::Quad;
use crate::report::{Outline, Subject};

/// A document covers so many squares at least: a twentieth of the frame. What is smaller cannot be read.
const LEAST_PART: usize = 20;

/// The outline of the document in a frame; `None` where none is seen, and for a face.
pub fn find(frame: &Frame, subject: Subject) -> Option<Outline> {
    if subject == Subject::Face {
        return None;
    }
    evidence(frame, subject).map(|e| e.0)
}

/// Scratch.
#[doc(hidden)]
pub fn evidence(frame: &Frame, subject: Subject) -> Option<(Outline, [f32; 10])> {
    let view = View::of(frame);
    let cover = net::cover(&view);
    let around = blob::around(&cover, cover.shares.len() / LEAST_PART)?;
    let fitted = fit::fit(&cover, &around)?;
    let square = net::SQUARE as f32;
    let across = frame.width() as f32 / view.width as f32 * square;
    let down = frame.height() as f32 / view.height as f32 * square;
    let scene = sides::Scene { frame, cover: &cover, square: [across, down], subject };
    let measured = scene.measure(&fitted.scaled(across, down))?;
    let [inside, outside] = cover.agreement(&measured.corners.scaled(1.0 / across, 1.0 / down));
    let aspect = measured.likeness;
    let mut seen = measured.seen;
    let cut = measured.cut;
    seen.sort_by(f32::total_cmp);
    let moved = measured.beyond;
    let confidence = (inside * (1.0 - outside) * seen[0]).clamp(0.0, 1.0);
    let part = fitted.area() / (cover.width * cover.height) as f32;
    Some((
        Outline { corners: named(measured.corners), confidence, cut },
        [inside, outside, seen[0], seen[1], seen[2], seen[3], aspect, moved, part, f32::from(u8::from(cut))],
    ))
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
