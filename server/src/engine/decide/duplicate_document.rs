//! Whether somebody else of the tenant has a document of the same number.

use std::fmt;

use vestibule_protocol::date::Date;
use vestibule_protocol::outcome::Verdict;

use super::Known;
use super::evidence::{Document, Evidence};
use crate::engine::session::Session;

/// The number of a document with what makes it one of a kind. It is never kept in clear: the store
/// compares digests that the master key makes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct DocumentNumber {
    /// ISO 3166-1 alpha-2, or ISO 3166-2 where a state or province issues; empty if nobody knows.
    pub issuer: String,
    /// What it is: `passport`.
    pub kind: String,
    /// Capitals and digits alone.
    pub number: String,
}

impl fmt::Debug for DocumentNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DocumentNumber(…)")
    }
}

/// The numbers of all documents of a session, for the store to look for.
pub fn document_numbers(session: &Session, today: Date) -> Vec<DocumentNumber> {
    let evidence = Evidence::gather(session, today);
    let mut numbers: Vec<_> = evidence.documents.iter().flat_map(numbers_of).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// Asked of each document that could say its number.
///
/// - `ok`: nobody else of the tenant has given it;
/// - `warn`: somebody else has. It may be the same person under another name, so it takes a person to
///   tell;
/// - `unknown`: nobody has said or read a number.
pub fn duplicate_document(evidence: &Evidence<'_>, known: &Known) -> Option<Verdict> {
    let mut numbered =
        evidence.documents.iter().filter(|document| document.could_say(&["document_number"])).peekable();
    numbered.peek()?;
    let all_known = numbered.all(|document| !numbers_of(document).is_empty());
    Some(match (known.document_of_another, all_known) {
        (true, _) => Verdict::Warn,
        (false, true) => Verdict::Ok,
        (false, false) => Verdict::Unknown,
    })
}

/// The numbers under which a document is known: one, unless its readings contradict each other. The
/// issuer is the one that is said most exactly, wherever that is.
fn numbers_of(document: &Document) -> Vec<DocumentNumber> {
    let issuers = document.readings.iter().filter_map(|reading| reading.issuer.as_ref());
    let issuer = issuers.max_by_key(|issuer| issuer.region.is_some()).map(|issuer| match &issuer.region {
        Some(region) => [&issuer.country, "-", region].concat(),
        None => issuer.country.clone(),
    });
    let numbers = document.readings.iter().filter_map(|reading| reading.number.clone());
    let number = |number| DocumentNumber {
        issuer: issuer.clone().unwrap_or_default(),
        kind: document.kind.clone(),
        number,
    };
    numbers.map(number).collect()
}
