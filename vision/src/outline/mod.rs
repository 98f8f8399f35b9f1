//! Where a document lies in a frame. A small network tells, square by square, what a document covers. Four lines are laid
//! around that, and edges are looked for beside them; another network looks at what some of these would make together, and
//! tells which looks like a document that ends there. So what is a document was learned, and where it ends is measured.

mod along;
mod aspect;
mod blob;
mod fit;
mod line;
mod looks;
mod net;
mod sides;
mod strip;
mod view;
mod whole;

pub use self::along::Signs;
pub use self::view::View;

use self::line::Side;
use self::net::Cover;
use self::sides::Scene;
use self::whole::Whole;
use crate::convolution::Map;
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

/// What is covered less than this counts as not covered, where only what the network is surer of is looked at.
const SURER: f32 = 0.6;

/// From these odds on a shape looks right: see [`Whole::odds`].
const RIGHT: f32 = 1.0;

/// What the signs of a whole outline count, and after them a constant: see `sure.txt`, which says how they were fitted.
static SURE: &[u8; 4 * 3] = include_bytes!("sure.bin");

/// Where a document may lie.
pub struct Candidate {
    /// Its corners, as [`Outline::corners`].
    pub corners: Quad,
    /// Whether the edge of the frame cuts it off.
    pub cut: bool,
    /// What speaks for it and against it: how it looks, and the logarithm of how like a document's its shape is.
    pub signs: [f32; 2],
    /// How likely it is that a document lies there and its corners are right.
    pub confidence: f32,
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
    let Some(scene) = Scene::of(frame, subject) else { return Found::Nothing };
    let sure = |Candidate { corners, cut, confidence, .. }: Candidate| {
        let least = if cut { SURE_OF_CUT } else { SURE_OF_WHOLE };
        (confidence >= least).then_some(Outline { corners, confidence, cut })
    };
    scene.candidate().and_then(sure).map_or(Found::Something, Found::Document)
}

/// Where a document may lie, if anywhere.
pub fn candidate(frame: &Frame, subject: Subject) -> Option<Candidate> {
    Scene::of(frame, subject)?.candidate()
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
    let scene = Scene::of(frame, subject)?;
    let fitted = scene.fitted(&scene.cover, &scene.around)?;
    let sides = Side::all(&fitted);
    let of = |side: usize| {
        let lines = scene.lines(&sides[side], &sides[(side + 2) % 4]).into_iter();
        let line = |line: Side| Line {
            ends: [0.0, 1.0].map(|share| line.place(share, 0.0)),
            signs: scene.signs(&line),
        };
        lines.map(line).collect()
    };
    Some((fitted, [of(0), of(1), of(2), of(3)]))
}

/// The shapes that may be a document.
pub fn shapes(frame: &Frame, subject: Subject) -> Option<Vec<Quad>> {
    let scene = Scene { thorough: true, ..Scene::of(frame, subject)? };
    Some(scene.looked_at().iter().map(|whole| whole.corners).collect())
}

/// These shapes as the network of looks sees them; nothing where one is no proper shape.
pub fn looks(frame: &Frame, subject: Subject, shapes: &[Quad]) -> Option<Vec<Vec<f32>>> {
    let scene = Scene::of(frame, subject)?;
    let values = |shape: &Quad| scene.laid_flat(shape).map_or(Vec::new(), |flat| flat.values);
    Some(shapes.iter().map(values).collect())
}

impl<'a> Scene<'a> {
    /// What is seen in a frame, where there is something that is like a document.
    fn of(frame: &'a Frame, subject: Subject) -> Option<Self> {
        if subject == Subject::Face {
            return None;
        }
        let view = View::of(frame);
        let cover = net::cover(&view);
        let around = around(&cover)?;
        let square = [frame.width() as f32 / cover.width as f32, frame.height() as f32 / cover.height as f32];
        Some(Self { frame, view, cover, around, square, subject, thorough: false })
    }

    /// The shape of what is covered within a rectangle around it, in pixels of the frame.
    fn fitted(&self, cover: &Cover, around: &Quad) -> Option<Quad> {
        let [across, down] = self.square;
        Some(fit::fit(cover, around)?.scaled(across, down))
    }

    /// The shapes that may be it: those about all that it may have covered, and, unless one of them looks right and that is
    /// enough, those about what it is surer of, where something that lies beside a document is like one.
    fn looked_at(&self) -> Vec<Whole> {
        let whole = |cover: &Cover, around: &Quad| {
            self.fitted(cover, around).map_or(Vec::new(), |fitted| self.whole(&fitted))
        };
        let mut looked_at = whole(&self.cover, &self.around);
        if self.thorough || whole::best(&looked_at).is_none_or(|best| best.odds < RIGHT) {
            let surer = self.cover.surer(SURER);
            if let Some(around) = around(&surer) {
                looked_at.extend(whole(&surer, &around));
            }
        }
        looked_at
    }

    /// Where a document may lie.
    fn candidate(&self) -> Option<Candidate> {
        let looked_at = self.looked_at();
        let Whole { sides, touches, .. } = *whole::best(&looked_at)?;
        // What is measured from nearer is measured better.
        let near = self.measure(&sides, touches)?;
        let measured = self.measure(&Side::all(&near.corners), touches)?;
        let flat = self.laid_flat(&measured.corners)?;
        let of_cut = measured.cut.then(|| sure_of_cut(&flat, measured.seen));
        let signs = [looks::odds(flat), whole::logarithm(self.likeness(&measured.corners, false))];
        let confidence = of_cut.unwrap_or_else(|| sure_of_whole(signs));
        Some(Candidate { corners: named(measured.corners), cut: measured.cut, signs, confidence })
    }
}

/// The rectangle around what is covered, in squares; `None` where that is too little: see [`LEAST_PART`].
fn around(cover: &Cover) -> Option<Quad> {
    blob::around(cover, cover.shares.len() / LEAST_PART)
}

/// How sure it is that this is a document which is cut off.
fn sure_of_cut(flat: &Map, seen: [f32; 4]) -> f32 {
    let [inside, outside] = looks::covered(flat);
    // The side that is cut off is not seen.
    let faintest = seen.into_iter().fold(1.0, f32::min);
    let others = (seen.iter().sum::<f32>() - faintest) / 3.0;
    inside * (1.0 - outside) * others
}

/// How sure it is that this is a whole document: see [`Candidate::signs`].
fn sure_of_whole([looks, likeness]: [f32; 2]) -> f32 {
    let odds = along::weighed(SURE, &[looks, likeness, 1.0]);
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
