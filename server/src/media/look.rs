//! What an uploaded picture shows: the look that the browser took at the camera's frames, taken once more.
//!
//! Nothing that a browser says of a picture is believed. And one reading of one picture is not believed
//! either: check digits guard no names, and one error in ten passes each. A camera gives further frames of
//! the document; here there is one picture. So it is read again from pixels that were worked on in another
//! way, which do not make the same shapes of the noise, and what is told is what the readings agree on.

use std::borrow::Cow;

use vestibule_vision::frame::Plane;
use vestibule_vision::geometry::Quad;
use vestibule_vision::look;
use vestibule_vision::mrz::picture::{Agreement, Reading, read as read_zone};
use vestibule_vision::pdf417::read as read_barcode;
use vestibule_vision::report::{Expectation, Report, Subject, Text};

use super::inspect::pixels::Picture;

/// An outline that is less sure than this is no help in reading.
const SURE: f32 = 0.5;

/// By how much the second look is coarser than the first. Pixels then fall between those of before; and
/// what can be read at a sixth less was no guess.
const COARSER: f32 = 0.84;

/// The longest side at which zones are read, in pixels: larger pictures have no more to tell of print.
const PRINT: f32 = 2600.0;

/// Looks at a picture. Corners are told in pixels of its smaller copy, whose size is the report's.
pub(super) fn look(picture: &Picture, expected: &Expectation) -> Option<Report> {
    let small = picture.small()?;
    // What stands there is read from the larger picture.
    let mut report = look::look(&small, &Expectation { zone: false, barcode: false, ..*expected });
    if expected.subject == Subject::Face {
        return Some(report);
    }
    let scale = picture.luma.width() as f32 / small.width() as f32;
    let outline = report.outline.filter(|outline| outline.confidence >= SURE);
    let corners = outline.map(|outline| outline.corners.scaled(scale, scale));
    let document = Sheet { luma: Cow::Borrowed(&picture.luma), corners };
    report.zone = expected.zone.then(|| zone(&document.at_most(PRINT))).flatten();
    report.barcode = expected.barcode.then(|| barcode(&document)).flatten().map(Text);
    Some(report)
}

/// The zone on which ways of looking agree, as frames of a camera would have to.
fn zone(document: &Sheet<'_>) -> Option<Reading> {
    let (first, document) = document.read(read_zone)?;
    let mut agreement = Agreement::new();
    agreement.add(first);
    let mut others = document.otherwise().filter_map(|sheet| read_zone(&sheet.luma, sheet.corners.as_ref()));
    others.find_map(|other| agreement.add(other))
}

/// The barcode that two ways of looking read alike.
fn barcode(document: &Sheet<'_>) -> Option<String> {
    let (first, document) = document.read(read_barcode)?;
    let mut others =
        document.otherwise().filter_map(|sheet| read_barcode(&sheet.luma, sheet.corners.as_ref()));
    others.any(|other| other.bytes == first.bytes).then_some(first.text)
}

/// A picture, and where on it the document lies, if that is known.
#[derive(Clone)]
struct Sheet<'a> {
    luma: Cow<'a, Plane>,
    corners: Option<Quad>,
}

impl<'a> Sheet<'a> {
    /// What is read on the document; where nothing is, anywhere, for an outline can be wrong. With the sheet
    /// on which it was read.
    fn read<T>(&self, read: impl Fn(&Plane, Option<&Quad>) -> Option<T>) -> Option<(T, Self)> {
        let of = |sheet: Self| Some((read(&sheet.luma, sheet.corners.as_ref())?, sheet));
        let anywhere = || of(Self { corners: None, ..self.clone() });
        of(self.clone()).or_else(|| self.corners.is_some().then(anywhere).flatten())
    }

    /// The other ways of looking at it, made when they are asked for: softened, and coarser.
    fn otherwise(&self) -> impl Iterator<Item = Sheet<'static>> + use<'_, 'a> {
        let softened = || Sheet { luma: Cow::Owned(self.luma.soften()), corners: self.corners };
        std::iter::once_with(softened).chain(std::iter::once_with(|| self.scaled(COARSER)))
    }

    fn at_most(&self, longest: f32) -> Self {
        let scale = longest / self.luma.width().max(self.luma.height()) as f32;
        if scale < 1.0 { self.scaled(scale) } else { self.clone() }
    }

    fn scaled(&self, scale: f32) -> Sheet<'static> {
        let side = |pixels: usize| (pixels as f32 * scale) as usize;
        let plane = self.luma.shrink(side(self.luma.width()), side(self.luma.height()));
        Sheet { luma: Cow::Owned(plane), corners: self.corners.map(|corners| corners.scaled(scale, scale)) }
    }
}
