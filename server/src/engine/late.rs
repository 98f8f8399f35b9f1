//! Files that come after the result token: the decision waits for them, and not for ever.

use vestibule_protocol::date::Timestamp;
use vestibule_protocol::outcome::{Outcome, Status};

use super::decide::{Known, decide};
use super::plan::plan;
use super::session::{Session, Stage};

impl Session {
    /// Whether all is submitted and the decision waits for files.
    pub fn is_pending(&self) -> bool {
        self.completion().is_some_and(|completion| completion.outcome.status == Status::Pending)
    }

    /// What is decided when the last step is submitted: that files are waited for, where some may come.
    /// What is judged is the `whole` of which this session is a part, if it is one.
    pub(super) fn first_outcome(&self, whole: Option<&Session>, now: Timestamp) -> Outcome {
        if plan(self).outstanding.is_some() {
            Outcome { status: Status::Pending, requires_manual_review: false, checks: Vec::new() }
        } else {
            decide(whole.unwrap_or(self), now.date(), &Known::default())
        }
    }

    /// Decides if it was left open and no file can come any more: all are there, the attempts are used up,
    /// or the session is past its life. What is not there then was not given.
    pub fn decide_late(mut self, now: Timestamp) -> Self {
        if self.is_pending() && (self.is_expired(now) || plan(&self).outstanding.is_none()) {
            let known = self.completion().map_or_else(Known::default, |completion| completion.known);
            let outcome = decide(&self, now.date(), &known);
            if let Stage::Completed(completion) = &mut self.state.stage {
                completion.outcome = outcome;
            }
        }
        self
    }
}
