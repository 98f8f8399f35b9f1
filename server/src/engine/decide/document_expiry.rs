//! Whether documents are valid on the day of completion.

use vestibule_protocol::outcome::Verdict;

use super::evidence::{Document, Evidence};
use super::{ok_if, worst};

/// Asked of each document that could say until when it is valid.
///
/// - `ok`: its last day is not past, wherever it is said;
/// - `fail`: it is past in one place;
/// - `unknown`: nobody has said or read it, or the document has none.
pub fn document_expiry(evidence: &Evidence<'_>) -> Option<Verdict> {
    let dated = evidence.documents.iter().filter(|document| document.could_say(&["expires_at"]));
    let verdict = |document: &Document| {
        let last_days = document.readings.iter().filter_map(|reading| reading.expiry);
        worst(last_days.map(|last_day| ok_if(last_day >= evidence.today))).unwrap_or(Verdict::Unknown)
    };
    worst(dated.map(verdict))
}
