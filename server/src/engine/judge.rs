//! Whether an uploaded picture will do: what the server saw in it → a verdict, by one table.
//!
//! To send somebody back with a good picture is worse than to let a reviewer see a doubtful one. So every
//! threshold stands well beyond the hint's of the same name (`guide::hint` in the crate `vision`), which a person
//! has followed or could not; and what was read of a picture refutes that it cannot be read.

use vestibule_protocol::date::Date;
use vestibule_protocol::outcome::{Check, Verdict};
use vestibule_protocol::skill::{Finding, Rules};
use vestibule_protocol::upload::{DocumentKind, RejectionReason};
use vestibule_vision::mrz::{Layout, Zone};
use vestibule_vision::report::{Expectation, Outline, Quality, Report, Side, Subject};

use super::reading::{Reading, Source};

/// Whether a picture will do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// It will.
    Good,
    /// It may: it is taken, and a reviewer is told.
    Doubtful(RejectionReason),
    /// It was not taken well. It is taken again, unless the person has tried often enough; then it is doubtful.
    Poor(RejectionReason),
    /// It shows something else than what is asked for, however often it is taken.
    Wrong(RejectionReason),
}

/// What a picture is judged by.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// What should be in it.
    pub expectation: &'a Expectation,
    /// The document of which it should be.
    pub document: Option<DocumentKind>,
    /// What decides the outcome.
    pub rules: &'a Rules,
    /// The day.
    pub today: Date,
}

/// An outline that is surer than this is a document (`guide::hint` says the same). One that is less sure says
/// nothing: it may be another document's, or end elsewhere, and what is not found cannot be judged.
const SURE: f32 = 0.5;

/// Below this mean brightness of a document (of 255) its print is nearer to the black of the sensor than to
/// its paper: what is left of white there reflects a hundredth of the light that was exposed for.
const DARK_DOCUMENT: f32 = 30.0;

/// Below this mean brightness of all of a picture nothing in it was lit.
const DARK_PICTURE: f32 = 20.0;

/// Of a document, this much must be outshone: on a card a spot of 13 mm across, half of the portrait.
const GLARE: f32 = 0.03;

/// How wide the sharpest edges are, in millimetres of the document, at which nobody reads it: capitals are 1.5
/// to 2.5 mm high, and their strokes half a millimetre apart.
const BLUR: f32 = 1.0;

/// Judges what was seen.
pub fn judge(report: &Report, asked: &Asked<'_>) -> Judgement {
    if asked.expectation.subject == Subject::Face {
        // No face bars anybody; of a picture in which nothing was lit nobody could say whose it is.
        let dark = report.brightness < DARK_PICTURE;
        return if dark { Judgement::Poor(RejectionReason::TooDark) } else { Judgement::Good };
    }
    let zone = report.zone.as_ref().map(|reading| reading.zone());
    if let Some(judgement) = zone.and_then(|zone| of_zone(zone, asked)) {
        return judgement;
    }
    // Barcodes of North American cards, and zones of three lines (Doc 9303-5, section 3.1), stand on the back. What
    // the look alone says of the side is a guess, and sends nobody back.
    let of_back = zone.is_some_and(|zone| zone.layout == Layout::Td1) || report.barcode.is_some();
    if asked.expectation.subject == Subject::Card(Side::Front) && of_back {
        return Judgement::Poor(RejectionReason::WrongSide);
    }
    let was_read = report.zone.is_some() || report.barcode.is_some();
    let Some(outline) = report.outline.filter(|outline| outline.confidence >= SURE) else {
        let dark = report.brightness < DARK_PICTURE;
        let table = [(dark, RejectionReason::TooDark), (report.blank, RejectionReason::DocumentNotFound)];
        let reason = table.into_iter().find_map(|(fits, reason)| (fits && !was_read).then_some(reason));
        return reason.map_or(Judgement::Good, Judgement::Poor);
    };
    match flaw(report, &outline, asked.expectation.subject) {
        // What was read was neither dark nor blurred; but light or an edge may hide the portrait.
        Some(reason @ (RejectionReason::Glare | RejectionReason::DocumentCut)) if was_read => {
            Judgement::Doubtful(reason)
        }
        Some(reason) if !was_read => Judgement::Poor(reason),
        _ => Judgement::Good,
    }
}

/// What the zone alone decides.
fn of_zone(zone: &Zone, asked: &Asked<'_>) -> Option<Judgement> {
    let passport = zone.code.starts_with('P') && zone.layout == Layout::Td3;
    let visa = matches!(zone.layout, Layout::MrvA | Layout::MrvB);
    let wrong = match asked.expectation.subject {
        Subject::Passport => !zone.code.starts_with('P'),
        // Some residence permits are stickers as visas are.
        Subject::Card(_) => passport || (visa && asked.document != Some(DocumentKind::ResidencePermit)),
        Subject::Face => false,
    };
    if wrong {
        return Some(Judgement::Wrong(RejectionReason::WrongDocument));
    }
    let fails =
        asked.rules.fail_if.contains(&Finding { check: Check::DocumentExpiry, verdict: Verdict::Fail });
    let expiry = Reading::of_zone(Source::Picture, zone, asked.today).expiry;
    let past = zone.all_right() && expiry.is_some_and(|last_day| last_day < asked.today);
    (fails && past).then_some(Judgement::Wrong(RejectionReason::Expired))
}

/// What is wrong with a document that was found; the first that fits.
fn flaw(report: &Report, outline: &Outline, subject: Subject) -> Option<RejectionReason> {
    let quality = |of: &dyn Fn(&Quality) -> bool| report.quality.as_ref().is_some_and(of);
    let blurred =
        |quality: &Quality| quality.edge_width.is_some_and(|width| width * length(subject) / 1_000.0 > BLUR);
    let table = [
        (quality(&|quality| quality.brightness < DARK_DOCUMENT), RejectionReason::TooDark),
        (outline.cut, RejectionReason::DocumentCut),
        (quality(&blurred), RejectionReason::Blurred),
        (quality(&|quality| quality.glare > GLARE), RejectionReason::Glare),
    ];
    table.into_iter().find_map(|(fits, reason)| fits.then_some(reason))
}

/// The length of a document, in millimetres (ISO/IEC 7810: ID-3 and ID-1).
fn length(subject: Subject) -> f32 {
    match subject {
        Subject::Passport => 125.0,
        Subject::Card(_) | Subject::Face => 85.6,
    }
}
