//! A session as the omni family reads it. Pure: nothing is claimed that is not in the session.

mod again;
mod ocr;
mod picture;
mod score;
mod status;

pub use again::{Said, contradicted};
pub use ocr::ocr_data;
pub use picture::picture;
pub use score::{finish_status, score};
pub use status::{status, statuses};

use vestibule_protocol::field::FieldName;
use vestibule_protocol::skill::{Skill, StepKind, UploadLimits};
use vestibule_protocol::submission::Data;

use super::session::Session;
use crate::digest::Digest;

/// What is clear to hear and to read: no I or O beside 1 and 0.
const CODE: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// Six characters by which people call a session when they speak.
pub fn interview_code(session: &Session) -> String {
    let digest = Digest::of(["interview code ", session.id.as_str()].concat().as_bytes());
    digest.as_bytes()[..6].iter().map(|byte| char::from(CODE[usize::from(byte % 32)])).collect()
}

/// What is known already by what a backend wants to be told again: a field that the skill collects as
/// `custom.<name>`.
pub fn bootstrap(custom_fields: &Data) -> Data {
    let mut bootstrap = Data::default();
    for (name, value) in custom_fields.iter() {
        if let Ok(name) = ["custom.", name].concat().parse::<FieldName>() {
            bootstrap.push(name.as_str(), value.clone());
        }
    }
    bootstrap
}

/// The limits of a document's sides, if the skill asks for a document.
pub fn document_limits(skill: &Skill) -> Option<&UploadLimits> {
    skill.steps.iter().find_map(|step| match &step.kind {
        StepKind::Document { limits, .. } => Some(limits),
        _ => None,
    })
}

/// The limits of the selfie, if the skill asks for one.
pub fn selfie_limits(skill: &Skill) -> Option<&UploadLimits> {
    skill.steps.iter().find_map(|step| match &step.kind {
        StepKind::Selfie { limits } => Some(limits),
        _ => None,
    })
}
