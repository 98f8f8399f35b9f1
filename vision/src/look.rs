//! One look at a frame: all that is asked about it, in the order in which each needs the one before.

use crate::frame::{Frame, Plane};
use crate::geometry::Quad;
use crate::mrz::{self, Layout};
use crate::outline::Found;
use crate::rectify::rectify;
use crate::report::{Expectation, Outline, Quality, Report, Side, Subject, Text};
use crate::{face, lie, outline, pdf417, quality};

/// What is less sure than this may be no document: it is not judged, and no zone is read there.
pub const JUDGED: f32 = 0.3;

/// What is less sure has corners by which no barcode is found that is not found without them.
const SURE: f32 = 0.5;

/// Wider edges, in thousandths of the document's length, melt the strokes of its smallest characters: in a
/// passport they are 2.5 thousandths wide, and as far apart.
const LEGIBLE: f32 = 9.0;

/// Looks at a frame. What is not expected takes no time. What is read is of one frame, and no proof.
pub fn look(frame: &Frame, expectation: &Expectation) -> Report {
    let luma = frame.luma();
    let mut report = Report {
        width: frame.width() as u32,
        height: frame.height() as u32,
        brightness: mean(&luma),
        ..Report::default()
    };
    if expectation.subject == Subject::Face {
        report.faces = face::find(&luma);
        return report;
    }
    let found = outline::find(frame, expectation.subject);
    report.blank = found == Found::Nothing;
    report.outline = found.outline();
    let outline = report.outline.filter(|outline| outline.confidence >= JUDGED);
    if expectation.barcode && outline.is_none_or(|outline| outline.confidence < SURE) {
        // A barcode is found without the document on which it is, in a few milliseconds, and its words for correction
        // keep it from being read where there is none; a zone is not, and has but a few check digits.
        read_barcode(&luma, None, &mut report);
    }
    let Some(outline) = outline else { return report };
    if let Some(flat) = flat(&luma, &outline.corners) {
        report.quality = Some(quality::assess(&flat));
        let lie = lie::of(&flat);
        report.turn = lie.turn;
        report.side = report.side.or(lie.side);
    }
    if is_legible(&outline, report.quality.as_ref()) {
        read(&luma, &outline.corners, expectation, &mut report);
    }
    // Pages have no other side that is photographed.
    report.side = report.side.filter(|_| matches!(expectation.subject, Subject::Card(_)));
    report
}

/// How bright a picture is, by one pixel of sixteen.
fn mean(luma: &Plane) -> f32 {
    let some = || luma.pixels().iter().step_by(16);
    some().map(|&value| f32::from(value)).sum::<f32>() / some().len() as f32
}

fn is_legible(outline: &Outline, quality: Option<&Quality>) -> bool {
    let sharp = quality.is_some_and(|quality| quality.edge_width.is_some_and(|width| width < LEGIBLE));
    !outline.cut && sharp
}

/// Reads what is expected. It says more surely than anything which side is up.
fn read(luma: &Plane, corners: &Quad, expectation: &Expectation, report: &mut Report) {
    if expectation.zone
        && let Some(reading) = mrz::picture::read(luma, Some(corners))
    {
        report.turn = Some(reading.turn());
        if reading.zone().layout == Layout::Td1 {
            report.side = Some(Side::Back);
        }
        report.zone = Some(reading);
    }
    if expectation.barcode && report.zone.is_none() && report.barcode.is_none() {
        read_barcode(luma, Some(corners), report);
    }
}

#[inline(never)]
fn read_barcode(luma: &Plane, corners: Option<&Quad>, report: &mut Report) {
    if let Some(barcode) = pdf417::read(luma, corners) {
        report.side = Some(Side::Back);
        report.barcode = Some(Text(barcode.text));
    }
}

/// A document laid flat to be judged: its longer side has [`quality::LENGTH`] pixels. `None` where the shape is
/// no proper one.
pub fn flat(luma: &Plane, corners: &Quad) -> Option<Plane> {
    let [upper, right, lower, left] = corners.sides();
    let (across, down) = (upper + lower, right + left);
    let scale = quality::LENGTH as f32 / across.max(down).max(1.0);
    // What leans is longer than it looks; nothing that people show is less than half as wide as long.
    let [width, height] = [across, down]
        .map(|side| ((side * scale).round() as usize).clamp(quality::LENGTH / 2, quality::LENGTH));
    rectify(luma, corners, width, height)
}
