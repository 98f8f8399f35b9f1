//! Whether the pictures of documents can be seen well.

use vestibule_protocol::outcome::Verdict;

use super::evidence::{Document, Evidence};
use super::worst;
use crate::engine::sight::Sight;

/// Asked of each document that is photographed. A picture in which something is wrong is taken again; this is
/// about those that were accepted all the same.
///
/// - `ok`: nothing is wrong with any of them;
/// - `warn`: one was doubtful, or the person could not take a better one;
/// - `unknown`: there is none, or nobody has looked, as at a PDF.
pub fn document_quality(evidence: &Evidence<'_>) -> Option<Verdict> {
    let of_picture = |sight: &Option<Sight>| match sight {
        None => Verdict::Unknown,
        Some(Sight { doubt: Some(_), .. }) => Verdict::Warn,
        Some(_) => Verdict::Ok,
    };
    let of_document =
        |document: &Document| worst(document.pictures.iter().map(of_picture)).unwrap_or(Verdict::Unknown);
    let photographed = evidence.documents.iter().filter(|document| document.photographed);
    worst(photographed.map(of_document))
}
