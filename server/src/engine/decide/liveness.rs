//! Whether the selfie is of somebody who was before the camera.

use vestibule_protocol::outcome::ProvidedCheck;

use crate::engine::provided::{Judgement, Picture, Pictures, Provided};

/// Asked where the skill's rules name it, and there is a selfie: by it, and by the burst around it.
pub fn pictures<'a>(taken: &Pictures<'a>) -> Vec<Picture<'a>> {
    let with_burst = |selfie: &Picture<'a>| {
        let burst = selfie.upload.and_then(|upload| upload.burst.as_deref());
        Picture { burst, ..*selfie }
    };
    taken.selfies.iter().map(with_burst).collect()
}

/// - `ok`, `warn`, `fail`: so the provider says, by its own thresholds;
/// - `unknown`: it could not tell, or nobody answered.
pub fn liveness(provided: &Provided) -> Option<Judgement> {
    provided.found(ProvidedCheck::Liveness)
}
