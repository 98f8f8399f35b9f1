//! A reviewer decides what the checks left open, or decides against them.

use serde::{Deserialize, Serialize};
use thiserror::Error;
use vestibule_protocol::date::Timestamp;
use vestibule_protocol::outcome::{Outcome, ReviewDecision, Status};

use super::session::{Completion, Session, Stage};

/// What a reviewer decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// What.
    pub decision: ReviewDecision,
    /// When.
    pub at: Timestamp,
}

/// Why a review was not taken. Nothing has changed then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ReviewRefused {
    /// The person is still on the way, or files are.
    #[error("nothing is decided that could be reviewed")]
    NothingDecided,
    /// A reviewer decided otherwise before.
    #[error("it was reviewed with another decision")]
    ReviewedOtherwise,
}

impl Session {
    /// Takes a reviewer's decision on what was decided, whether it was flagged for review or not. `None`
    /// if it was decided so before: who repeats a lost call changes nothing.
    ///
    /// # Errors
    /// [`ReviewRefused`].
    pub fn review(mut self, decision: ReviewDecision, now: Timestamp) -> Result<Option<Self>, ReviewRefused> {
        if self.is_pending() {
            return Err(ReviewRefused::NothingDecided);
        }
        let Stage::Completed(completion) = &mut self.state.stage else {
            return Err(ReviewRefused::NothingDecided);
        };
        match completion.review {
            Some(former) if former.decision == decision => Ok(None),
            Some(_) => Err(ReviewRefused::ReviewedOtherwise),
            None => {
                completion.review = Some(Review { decision, at: now });
                Ok(Some(self))
            }
        }
    }
}

impl Completion {
    /// How it stands: as the checks decided, unless a reviewer has decided. The checks stay as they were.
    pub fn standing(&self) -> Outcome {
        let Some(review) = self.review else { return self.outcome.clone() };
        let status = match review.decision {
            ReviewDecision::Approve => Status::Pass,
            ReviewDecision::Reject => Status::Fail,
        };
        Outcome { status, requires_manual_review: false, checks: self.outcome.checks.clone() }
    }
}
