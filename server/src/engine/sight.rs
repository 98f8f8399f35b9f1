//! What the server itself saw in an accepted picture. It is kept with the file, sealed with the session, and
//! goes when the file goes.

use std::fmt;

use serde::{Deserialize, Serialize};
use vestibule_protocol::skill::StepKind;
use vestibule_protocol::upload::{DocumentKind, RejectionReason, UploadName};
use vestibule_vision::report::{Expectation, Side, Subject};

use super::session::Given;

/// What was seen in a picture.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sight {
    /// The lines of the machine-readable zone, where readings agree on it.
    #[serde(default)]
    pub zone: Option<String>,
    /// The text of the barcode, where readings agree on it.
    #[serde(default)]
    pub barcode: Option<String>,
    /// What is wrong with the picture, though it was accepted.
    #[serde(default)]
    pub doubt: Option<RejectionReason>,
}

/// What was seen, but not what it says.
impl fmt::Debug for Sight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sight")
            .field("zone", &self.zone.is_some())
            .field("barcode", &self.barcode.is_some())
            .field("doubt", &self.doubt)
            .finish()
    }
}

/// What should be in a file of a step; `None` of a file that nobody looks at.
///
/// Some older cards have their zone on the front. Else zones and barcodes stand on the back, and on the front they
/// tell that it is none. Driving licences have no zone.
pub fn expected(kind: &StepKind, given: &Given, name: UploadName) -> Option<Expectation> {
    let expect = |subject, zone, barcode| Some(Expectation { subject, zone, barcode });
    match (kind, given, name) {
        (StepKind::Document { .. }, Given::Document(DocumentKind::Passport), UploadName::Front) => {
            expect(Subject::Passport, true, false)
        }
        (StepKind::Document { .. }, Given::Document(kind), UploadName::Front) => {
            let (zone, barcode) = print_of(*kind);
            expect(Subject::Card(Side::Front), zone, barcode)
        }
        (StepKind::Document { .. }, Given::Document(kind), UploadName::Back) => {
            let (zone, barcode) = print_of(*kind);
            expect(Subject::Card(Side::Back), zone, barcode)
        }
        (StepKind::Selfie { .. }, Given::Selfie, UploadName::Selfie) => expect(Subject::Face, false, false),
        _ => None,
    }
}

/// Whether a card of this kind may have a zone, and whether a barcode.
fn print_of(kind: DocumentKind) -> (bool, bool) {
    (kind != DocumentKind::DriversLicense, kind != DocumentKind::ResidencePermit)
}
