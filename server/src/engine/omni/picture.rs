//! Which file a picture of the omni family is.

use vestibule_protocol::omni::ImageName;
use vestibule_protocol::upload::UploadName;

use crate::engine::session::{Given, Session, Upload};

/// The file, if there is one. Of several documents it is the first that the skill asks for. Nothing is
/// cut out of pictures, so there are no cropped ones.
pub fn picture(session: &Session, name: ImageName) -> Option<&Upload> {
    let of_document = |given: &Given| matches!(given, Given::Document(_));
    let of_selfie = |given: &Given| matches!(given, Given::Selfie);
    match name {
        ImageName::Selfie => upload(session, of_selfie, UploadName::Selfie),
        ImageName::FullFrameFrontId => upload(session, of_document, UploadName::Front),
        ImageName::FullFrameBackId => upload(session, of_document, UploadName::Back),
        ImageName::CroppedFrontId | ImageName::CroppedBackId | ImageName::CroppedFace => None,
    }
}

/// A file of the first step of a kind.
fn upload(session: &Session, of_kind: impl Fn(&Given) -> bool, name: UploadName) -> Option<&Upload> {
    let mut submissions = session.submissions_in_order().map(|(_, submission)| submission);
    let first = submissions.find(|submission| of_kind(&submission.given))?;
    first.uploads.iter().find(|upload| upload.name == name)
}
