//! What a camera step looks for, by the words of the flow.

use vestibule_vision::report::{Expectation, Side, Subject};

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// What should be in the picture, and what is to be read there.
    pub expectation: Expectation,
    /// Whether the picture may wait a moment for what is to be read: where documents usually have it.
    pub waits: bool,
}

impl Wanted {
    /// What is looked for by these words; `None` when there are no such.
    pub fn of(subject: &str, kind: &str) -> Option<Self> {
        let licence = kind == "drivers_license";
        let (subject, zone, barcode, waits) = match subject {
            "passport" => (Subject::Passport, true, false, true),
            // Old cards of the larger format have their zone in front, and most have none there.
            "front" => (Subject::Card(Side::Front), !licence, false, false),
            // North American cards have a barcode there, others a zone, and licences of Europe neither.
            "back" => (Subject::Card(Side::Back), !licence, licence || kind == "id_card", true),
            "face" => (Subject::Face, false, false, false),
            _ => return None,
        };
        Some(Self { expectation: Expectation { subject, zone, barcode }, waits })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_depends_on_the_document() {
        let read = |subject, kind| {
            let wanted = Wanted::of(subject, kind).unwrap();
            (wanted.expectation.zone, wanted.expectation.barcode, wanted.waits)
        };
        assert_eq!(read("passport", "passport"), (true, false, true));
        assert_eq!(read("front", "id_card"), (true, false, false));
        assert_eq!(read("back", "id_card"), (true, true, true));
        assert_eq!(read("front", "drivers_license"), (false, false, false));
        assert_eq!(read("back", "drivers_license"), (false, true, true));
        assert_eq!(read("back", "residence_permit"), (true, false, true));
        assert_eq!(read("face", ""), (false, false, false));
        assert_eq!(Wanted::of("elbow", ""), None);
    }
}
