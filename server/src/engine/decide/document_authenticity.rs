//! Whether documents are what an issuer has made.

use vestibule_protocol::outcome::ProvidedCheck;

use crate::engine::provided::{Judgement, Picture, Pictures, Provided};

/// Asked where the skill's rules name it, and there is a document: by every side of each.
pub fn pictures<'a>(taken: &Pictures<'a>) -> Vec<Picture<'a>> {
    taken.documents.clone()
}

/// - `ok`, `warn`, `fail`: so the provider says, by its own thresholds;
/// - `unknown`: it could not tell, or nobody answered.
pub fn document_authenticity(provided: &Provided) -> Option<Judgement> {
    provided.found(ProvidedCheck::DocumentAuthenticity)
}
