//! What somebody's data are erased from: what is known of them, and the sessions that collected it.

use std::collections::BTreeSet;

use vestibule_protocol::field::FieldName;
use vestibule_protocol::id::UploadId;

use super::business::is_of_business;
use super::session::{Given, Session, Stage, Submission};
use super::vault::file_name;

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
    /// Erases what this session was given, and gives the files that are to be removed. `None` when it
    /// holds nothing of that.
    ///
    /// What was decided stays, and that it was decided on something. While the person is on the way, a
    /// step that has lost something is asked for again.
    pub fn erase(mut self, what: &Erasure) -> Option<(Self, Vec<UploadId>)> {
        // What a session about a business says of it is the business's.
        let about_business = self.skill.business.is_some();
        let covers = |name: &FieldName| !(about_business && is_of_business(name)) && what.covers(name);
        let state = &mut self.state;
        let known_before = state.prefilled.len();
        state.prefilled.retain(|name, _| !covers(name));
        let mut lost = state.prefilled.len() < known_before;
        let mut doomed = Vec::new();
        let walking = matches!(state.stage, Stage::Walking);
        state.submissions.retain_mut(|submission| {
            if !submission.holds_any(covers) {
                return true;
            }
            lost = true;
            doomed.extend(if walking { submission.erase(|_| true) } else { submission.erase(covers) });
            !walking
        });
        // The last answer may repeat what was given.
        state.nonces.forget_answer();
        lost.then_some((self, doomed))
    }
}

impl Submission {
    fn holds_any(&self, covers: impl Fn(&FieldName) -> bool) -> bool {
        let value = match &self.given {
            Given::Form(values) => values.keys().any(&covers),
            _ => false,
        };
        value || self.uploads.iter().any(|upload| covers(&file_name(self, upload.name)))
    }

    /// Gives the files that are to be removed.
    fn erase(&mut self, covers: impl Fn(&FieldName) -> bool) -> Vec<UploadId> {
        let uploads = std::mem::take(&mut self.uploads);
        let (lost, kept): (Vec<_>, Vec<_>) =
            uploads.into_iter().partition(|upload| covers(&file_name(self, upload.name)));
        self.uploads = kept;
        if let Given::Form(values) = &mut self.given {
            values.retain(|name, _| !covers(name));
        }
        lost.into_iter().map(|upload| upload.id).collect()
    }
}
