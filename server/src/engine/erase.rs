//! What the data of a person or a business are erased from: what is known of them, and the sessions that
//! collected it.

use std::collections::BTreeSet;

use vestibule_protocol::field::FieldName;
use vestibule_protocol::id::UploadId;

use super::reading::field;
use super::session::{Given, Session, Stage, Submission, Upload};
use super::sight::Sight;
use super::vault::{Whose, files};

/// What is erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Erasure {
    /// All data.
    All,
    /// These.
    Fields(BTreeSet<FieldName>),
}

impl Erasure {
    /// Whether data of this name are erased.
    pub fn covers(&self, name: &FieldName) -> bool {
        match self {
            Erasure::All => true,
            Erasure::Fields(names) => names.contains(name),
        }
    }
}

impl Session {
    /// Erases what this session was given of a person or of a business, and gives the files that are to be removed. `None` when it
    /// holds nothing of that.
    ///
    /// What was decided stays, and that it was decided on something. While the person is on the way, a
    /// step that has lost something is asked for again.
    pub fn erase(mut self, whose: Whose, what: &Erasure) -> Option<(Self, Vec<UploadId>)> {
        let about_business = self.skill.business.is_some();
        let covers = |name: &FieldName| whose.gets(name, about_business) && what.covers(name);
        let named = files(&self).into_iter().filter(|(name, _)| covers(name));
        let covered: BTreeSet<UploadId> = named.map(|(_, upload)| upload.id.clone()).collect();
        let state = &mut self.state;
        let known_before = state.prefilled.len();
        state.prefilled.retain(|name, _| !covers(name));
        let mut lost = state.prefilled.len() < known_before;
        let mut doomed = Vec::new();
        let walking = matches!(state.stage, Stage::Walking);
        state.submissions.retain_mut(|submission| {
            if !submission.holds_any(covers, &covered) {
                return true;
            }
            lost = true;
            // A step that is asked for again goes as a whole.
            let gone = submission.uploads.iter().filter(|upload| walking || covered.contains(&upload.id));
            doomed.extend(gone.flat_map(Upload::blobs).cloned());
            submission.erase(covers, &covered);
            !walking
        });
        // The last answer may repeat what was given, and a code knows where it went.
        state.nonces.forget_answer();
        state.login.forget();
        lost.then_some((self, doomed))
    }
}

impl Submission {
    fn holds_any(&self, covers: impl Fn(&FieldName) -> bool, covered: &BTreeSet<UploadId>) -> bool {
        let value = match &self.given {
            Given::Form(values) => values.keys().any(&covers),
            _ => false,
        };
        let [zone, barcode] = self.covers_readings(covers);
        let read = |sight: &Sight| (zone && sight.zone.is_some()) || (barcode && sight.barcode.is_some());
        let mut uploads = self.uploads.iter();
        value || uploads.any(|upload| covered.contains(&upload.id) || upload.sight.as_ref().is_some_and(read))
    }

    /// Whether what was read from its pictures is erased: of zones, and of barcodes. It has no name of its own,
    /// and is called as if somebody had given it.
    fn covers_readings(&self, covers: impl Fn(&FieldName) -> bool) -> [bool; 2] {
        let Given::Document(kind) = self.given else { return [false; 2] };
        ["mrz", "barcode"].map(|what| field(kind.as_str(), what).is_some_and(|name| covers(&name)))
    }

    fn erase(&mut self, covers: impl Fn(&FieldName) -> bool, covered: &BTreeSet<UploadId>) {
        self.uploads.retain(|upload| !covered.contains(&upload.id));
        let [zone, barcode] = self.covers_readings(&covers);
        for sight in self.uploads.iter_mut().filter_map(|upload| upload.sight.as_mut()) {
            sight.zone.take_if(|_| zone);
            sight.barcode.take_if(|_| barcode);
        }
        if let Given::Form(values) = &mut self.given {
            values.retain(|name, _| !covers(name));
        }
    }
}
