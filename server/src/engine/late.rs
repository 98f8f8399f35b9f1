//! Files that come after the result token: the decision waits for them, and not for ever. Once none can come
//! any more, it may go on waiting for what a provider says of them.

use vestibule_protocol::date::Timestamp;
use vestibule_protocol::outcome::{Outcome, Status};

use super::decide::Known;
use super::plan::plan;
use super::provided::{Provided, outcome, pending};
use super::session::{Session, Stage};

impl Session {
    /// Whether all is submitted and the decision waits for files, or for a provider.
    pub fn is_pending(&self) -> bool {
        self.completion().is_some_and(|completion| completion.outcome.status == Status::Pending)
    }

    /// Whether it waits for files. No provider is asked before all have come that can.
    pub fn awaits_files(&self) -> bool {
        self.is_pending() && self.questions().is_empty()
    }

    /// What is decided when the last step is submitted: that files are waited for, where some may come.
    /// What is judged is the `whole` of which this session is a part, if it is one.
    pub(super) fn first_outcome(&self, whole: Option<&Session>, now: Timestamp) -> (Outcome, Provided) {
        if plan(self).outstanding.is_some() {
            (pending(), Provided::default())
        } else {
            outcome(whole.unwrap_or(self), &Known::default(), now)
        }
    }

    /// Decides if it was left open and no file can come any more: all are there, the attempts are used up,
    /// or the session is past its life. What is not there then was not given. Where a provider is to be
    /// asked, it begins to wait for that instead, which outlasts the session's life.
    pub fn decide_late(mut self, now: Timestamp) -> Self {
        if self.awaits_files() && (self.is_expired(now) || plan(&self).outstanding.is_none()) {
            let known = self.completion().map_or_else(Known::default, |completion| completion.known);
            let (outcome, provided) = outcome(&self, &known, now);
            if let Stage::Completed(completion) = &mut self.state.stage {
                (completion.outcome, completion.provided) = (outcome, provided);
            }
        }
        self
    }
}
