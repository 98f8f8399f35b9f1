//! Whether the check digits of machine-readable zones fit.

use vestibule_protocol::outcome::Verdict;
use vestibule_protocol::upload::DocumentKind;

use super::evidence::{Document, Evidence};
use super::{ok_if, worst};
use crate::engine::reading::Print;

/// Asked of each document that has a zone: a photographed one, unless it is a driving licence or has a
/// barcode in the place of a zone, and one whose zone is a field.
///
/// - `ok`: all check digits fit;
/// - `fail`: one does not. The zone was misread, or it is not what an issuer has printed;
/// - `unknown`: no zone was read.
pub fn mrz(evidence: &Evidence<'_>) -> Option<Verdict> {
    let with_zone = evidence.documents.iter().filter(|document| has_zone(document));
    worst(with_zone.map(|document| {
        let zones = document.readings.iter().filter_map(|reading| match reading.source.print()? {
            Print::Zone { all_right } => Some(ok_if(all_right)),
            Print::Barcode => None,
        });
        worst(zones).unwrap_or(Verdict::Unknown)
    }))
}

fn has_zone(document: &Document) -> bool {
    let barcode = document.readings.iter().any(|reading| reading.source.print() == Some(Print::Barcode));
    let licence = document.kind == DocumentKind::DriversLicense.as_str();
    document.asks_for("mrz") || (document.photographed && !licence && !barcode)
}
