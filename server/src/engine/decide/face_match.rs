//! Whether the selfie is of whom the document shows.

use vestibule_protocol::outcome::ProvidedCheck;
use vestibule_protocol::upload::UploadName;

use crate::engine::provided::{Judgement, Picture, Pictures, Provided};

/// Asked where the skill's rules name it, and there are a selfie and a document: by the selfie and the
/// side of each document that has the portrait.
pub fn pictures<'a>(taken: &Pictures<'a>) -> Vec<Picture<'a>> {
    let portraits = taken.documents.iter().filter(|picture| picture.name == UploadName::Front);
    if taken.selfies.is_empty() || taken.documents.is_empty() {
        return Vec::new();
    }
    taken.selfies.iter().chain(portraits).copied().collect()
}

/// - `ok`, `warn`, `fail`: so the provider says, by its own thresholds;
/// - `unknown`: it could not tell, or nobody answered.
pub fn face_match(provided: &Provided) -> Option<Judgement> {
    provided.found(ProvidedCheck::FaceMatch)
}
