//! The first stage: what a frame shows → what the person should do about it. One table, read from its top;
//! the first line that fits is the hint.
//!
//! # Where the thresholds come from
//!
//! A picture must let a person or a machine read the finest print: OCR-B of size 1, whose strokes are
//! 0.35 mm wide on every travel document (ISO 1831; Doc 9303-3, section 4.3), and bars of PDF417, at least
//! 0.17 mm and usually 0.25 to 0.33 mm wide (AAMVA, annex D). Lengths are therefore told in millimetres of
//! the document, and cards and passports have different shares of their length.

use crate::geometry::Quad;
use crate::report::{Expectation, Face, Outline, Quality, Report, Side, Subject};

/// What a person is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Hint {
    /// Put what is asked for into the frame.
    Seek,
    /// Bring light.
    MoreLight,
    /// Show all four corners, or the whole face.
    Whole,
    /// Come closer.
    Closer,
    /// Go farther away.
    Farther,
    /// Turn the card over: this is the other side.
    TurnOver,
    /// Hold camera and document parallel.
    Flat,
    /// Tilt it until the reflection is gone.
    Glare,
    /// Hold still.
    Still,
    /// Bring the face to the middle.
    Centre,
    /// One face alone.
    Alone,
    /// All is well: it is taken now.
    Good,
    /// All is well: the person can take it.
    Ready,
}

/// All hints, in the order of their numbers.
pub const HINTS: [Hint; 13] = [
    Hint::Seek,
    Hint::MoreLight,
    Hint::Whole,
    Hint::Closer,
    Hint::Farther,
    Hint::TurnOver,
    Hint::Flat,
    Hint::Glare,
    Hint::Still,
    Hint::Centre,
    Hint::Alone,
    Hint::Good,
    Hint::Ready,
];

impl Hint {
    /// The word by which the flow finds its text.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Seek => "seek",
            Self::MoreLight => "more_light",
            Self::Whole => "whole",
            Self::Closer => "closer",
            Self::Farther => "farther",
            Self::TurnOver => "turn_over",
            Self::Flat => "flat",
            Self::Glare => "glare",
            Self::Still => "still",
            Self::Centre => "centre",
            Self::Alone => "alone",
            Self::Good => "good",
            Self::Ready => "ready",
        }
    }
}

/// Below this mean brightness of a frame (of 255) a phone's sensor is at the end of its gain: edges drown
/// in noise, and a document may be missed for that alone.
const DARK_FRAME: f32 = 40.0;

/// Below this the print of the document itself is too dark, though the room may not be.
const DARK_DOCUMENT: f32 = 60.0;

/// Above this a document is sure enough to be spoken of.
const SURE: f32 = 0.5;

/// Of what is seen, a document must fill so much: at 720 pixels, the least that cameras give, a card then
/// has 5 pixels a millimetre, so that a stroke of its zone is nearly two pixels wide.
const FILL: f32 = 0.6;

/// With a barcode alone more: its bars are finer than print, and are read from 2.5 pixels a module on. A card
/// that may have a zone instead is not held to it.
const FILL_WITH_BARCODE: f32 = 0.75;

/// Above this it is so close that lenses of phones, which focus from 8 to 10 cm on, blur it, and a tremor
/// pushes a corner out of the frame.
const TOO_CLOSE: f32 = 0.97;

/// How much longer a side may be than the one across it. A third is a card at 20 cm that leans by 30°: its
/// far print is then a quarter smaller, and light from above is mirrored into the lens.
const TILT: f32 = 0.3;

/// Of a document, this much may be outshone: a spot of 5 mm across on a card, which hides a word at most.
const GLARE: f32 = 0.012;

/// How wide the sharpest edges may be, in millimetres: one and a half strokes of OCR-B. Beyond it,
/// strokes that lie side by side melt together.
const BLUR: f32 = 0.6;

/// How fast a document may move, in its lengths a second. Hands tremble with 1 to 2 mm, ten times a
/// second; what a move does to the picture is seen as blur, so this keeps back only who is still moving.
const SPEED: f32 = 0.4;

/// The corners of one document in two frames differ by so much of its length though nothing moved.
const UNCERTAINTY: f32 = 0.012;

/// A face may fill from a quarter to two thirds of the height of what is seen. At a quarter it is 180 pixels
/// high, three times what matchers ask for (ISO/IEC 19794-5 asks for 90 between the eyes); at more than two thirds a
/// phone is so close that its lens bends the face.
const FACE: (f32, f32) = (0.25, 0.66);

/// How far its middle may be from that of the frame, in its own sizes.
const OFF_CENTRE: f32 = 0.5;

/// Below this mean brightness features of a face are lost, in every skin: shipped products ask for 85 in
/// good light, which bars dark skin. It is a hint, and bars nobody.
const DARK_FACE: f32 = 45.0;

/// What a frame asks of the person. `speed` is how fast the document moves, as [`speed`] tells it; `None`
/// where it was not in the frame before.
pub fn of(report: &Report, expectation: &Expectation, speed: Option<f32>) -> Hint {
    if expectation.subject == Subject::Face {
        return of_face(report);
    }
    let outline = report.outline.filter(|outline| outline.confidence >= SURE);
    let Some(outline) = outline else {
        return if report.brightness < DARK_FRAME { Hint::MoreLight } else { Hint::Seek };
    };
    let fill = outline.fill(report.width as f32, report.height as f32);
    let table = [
        (outline.cut && fill > TOO_CLOSE, Hint::Farther),
        (outline.cut, Hint::Whole),
        (fill < least_fill(expectation), Hint::Closer),
        (fill > TOO_CLOSE, Hint::Farther),
        (is_other_side(report, expectation), Hint::TurnOver),
        (outline.tilt() > TILT, Hint::Flat),
        (report.quality.is_some_and(|quality| quality.brightness < DARK_DOCUMENT), Hint::MoreLight),
        (report.quality.is_some_and(|quality| quality.glare > GLARE), Hint::Glare),
        (report.quality.is_some_and(|quality| is_blurred(&quality, expectation.subject)), Hint::Still),
        (speed.is_none_or(|speed| speed > SPEED), Hint::Still),
        // Nothing is taken of which nobody knows how well it can be seen.
        (report.quality.is_none(), Hint::Still),
    ];
    first_that_fits(&table, Hint::Good)
}

fn of_face(report: &Report) -> Hint {
    let (width, height) = (report.width as f32, report.height as f32);
    let [face, others @ ..] = report.faces.as_slice() else {
        return if report.brightness < DARK_FRAME { Hint::MoreLight } else { Hint::Seek };
    };
    let share = face.size / height;
    let (across, down) = ((face.middle.x - width / 2.0).abs(), (face.middle.y - height / 2.0).abs());
    let table = [
        // A face in the background, on a wall or a screen, is none that matters.
        (others.iter().any(|other: &Face| other.size > face.size / 2.0), Hint::Alone),
        (share < FACE.0, Hint::Closer),
        (share > FACE.1, Hint::Farther),
        (across.max(down) > OFF_CENTRE * face.size, Hint::Centre),
        (face.brightness < DARK_FACE, Hint::MoreLight),
    ];
    first_that_fits(&table, Hint::Ready)
}

fn first_that_fits(table: &[(bool, Hint)], otherwise: Hint) -> Hint {
    table.iter().find(|(fits, _)| *fits).map_or(otherwise, |(_, hint)| *hint)
}

fn least_fill(expectation: &Expectation) -> f32 {
    if expectation.barcode && !expectation.zone { FILL_WITH_BARCODE } else { FILL }
}

fn is_other_side(report: &Report, expectation: &Expectation) -> bool {
    match (expectation.subject, report.side) {
        (Subject::Card(wanted), Some(seen)) => wanted != seen,
        _ => false,
    }
}

fn is_blurred(quality: &Quality, subject: Subject) -> bool {
    quality.edge_width.is_some_and(|width| width * length(subject) / 1_000.0 > BLUR)
}

/// The length of a document, in millimetres.
fn length(subject: Subject) -> f32 {
    match subject {
        Subject::Passport => 125.0,
        Subject::Card(Side::Front | Side::Back) | Subject::Face => 85.6,
    }
}

/// How fast a document moves from one place to another, in its lengths a second, beyond what a corner is
/// uncertain by.
pub fn speed(before: &Quad, now: &Quad, millis: u32) -> f32 {
    let moved = before.0.iter().zip(&now.0).map(|(one, other)| one.distance(*other)).fold(0.0, f32::max);
    let length = now.sides().into_iter().fold(1.0, f32::max);
    (moved / length - UNCERTAINTY).max(0.0) * 1_000.0 / (millis.max(1) as f32)
}

/// How sharp a frame is, for the choice between frames that are all sharp enough; more is sharper. Where
/// there are too few edges to say, the contrast says which is clearer.
pub fn sharpness(report: &Report) -> f32 {
    let Some(quality) = report.quality else { return 0.0 };
    let sure = report.outline.map_or(0.0, |Outline { confidence, .. }| confidence);
    match quality.edge_width {
        Some(width) => 1.0 + 1.0 / width.max(0.1),
        None => sure * quality.contrast / 255.0,
    }
}
