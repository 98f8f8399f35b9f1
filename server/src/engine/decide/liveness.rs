//! Whether the selfie is of somebody who was before the camera.

use vestibule_protocol::outcome::ProvidedCheck;

use crate::engine::provided::{Judgement, Picture, Pictures, Provided};

/// Asked where the skill's rules name it, and there is a selfie.
pub fn pictures<'a>(taken: &Pictures<'a>) -> Vec<Picture<'a>> {
    taken.selfies.clone()
}

/// - `ok`, `warn`, `fail`: so the provider says, by its own thresholds;
/// - `unknown`: it could not tell, or nobody answered.
pub fn liveness(provided: &Provided) -> Option<Judgement> {
    provided.found(ProvidedCheck::Liveness)
}
