//! Whether the name that was typed is the one on the document.

use vestibule_protocol::outcome::Verdict;

use super::evidence::{Document, Evidence};
use super::name::compare;
use super::worst;

/// Asked where the person types a name and a document could say one. Every name of the document is set
/// against the typed one, as [`compare`] tells; the worst verdict counts.
///
/// - `unknown`: no name was read, or the letters of one have no spelling that documents use.
pub fn name_match(evidence: &Evidence<'_>) -> Option<Verdict> {
    let asked = evidence.asks_for("id.first_name") || evidence.asks_for("id.last_name");
    let names = ["full_name", "first_name", "last_name"];
    let mut named = evidence.documents.iter().filter(|document| document.could_say(&names)).peekable();
    named.peek().filter(|_| asked)?;
    let typed = evidence.own_name();
    let verdict = |document: &Document| {
        let printed = document.readings.iter().filter_map(|reading| reading.name.as_ref());
        worst(printed.filter_map(|printed| Some(compare(typed.as_ref()?, printed))))
            .unwrap_or(Verdict::Unknown)
    };
    worst(named.map(verdict))
}
