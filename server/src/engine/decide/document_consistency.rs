//! Whether all that is said of a document, and of its holder, agrees.

use vestibule_protocol::outcome::Verdict;

use super::evidence::{Document, Evidence};
use super::name::compare;
use super::{ok_if, worst};
use crate::engine::reading::{Issuer, Reading, Span};

/// Asked of each document of which something can be learnt in two places; the birth date that the person
/// typed is such a place too. Each is set against each other: number, issuer, birth date, last day, name.
///
/// - `ok`: whatever two places say is the same;
/// - `warn`: names are the same in part;
/// - `fail`: two places contradict each other;
/// - `unknown`: no two places say the same kind of thing.
///
/// The name that the person typed is left to the name match.
pub fn document_consistency(evidence: &Evidence<'_>) -> Option<Verdict> {
    let own_places = usize::from(evidence.asks_for("id.dob"));
    let comparable = evidence.documents.iter().filter(|document| document.places() + own_places > 1);
    let born = evidence.day("id.dob").map(Span::of);
    worst(comparable.map(|document| verdict(document, born)))
}

fn verdict(document: &Document, typed: Option<Span>) -> Verdict {
    let born = document.readings.iter().filter_map(|reading| reading.birth);
    let as_typed = born.filter_map(|born| Some(ok_if(born.can_be(typed?))));
    let pairs = document.readings.iter().enumerate().flat_map(|(index, one)| {
        document.readings[index + 1..].iter().flat_map(move |other| said_twice(one, other))
    });
    worst(as_typed.chain(pairs)).unwrap_or(Verdict::Unknown)
}

/// Whether two readings agree, in each thing that both say.
fn said_twice(one: &Reading, other: &Reading) -> impl Iterator<Item = Verdict> {
    let name = one.name.as_ref().zip(other.name.as_ref()).map(|(one, other)| compare(one, other));
    let facts = [
        one.number.as_ref().zip(other.number.as_ref()).map(|(one, other)| one == other),
        one.issuer.as_ref().zip(other.issuer.as_ref()).map(|(one, other)| same_issuer(one, other)),
        one.birth.zip(other.birth).map(|(one, other)| one.can_be(other)),
        one.expiry.zip(other.expiry).map(|(one, other)| one == other),
    ];
    facts.into_iter().flatten().map(ok_if).chain(name)
}

/// A region that one of them leaves out contradicts nothing.
fn same_issuer(one: &Issuer, other: &Issuer) -> bool {
    let regions = one.region.as_ref().zip(other.region.as_ref());
    one.country == other.country && regions.is_none_or(|(one, other)| one == other)
}
