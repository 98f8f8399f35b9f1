//! A reviewer decides what the checks left open, or decides against them.

use serde::{Deserialize, Serialize};
use thiserror::Error;
use vestibule_protocol::date::Timestamp;
use vestibule_protocol::outcome::{Outcome, ReviewDecision, Status};

use super::onboarding::Decided;
use super::session::{Completion, Session, Stage};
use super::user::User;

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

    /// Takes over what a reviewer decided of the onboarding of which this is another session.
    pub fn reviewed_as(mut self, other: &Session) -> Self {
        if let (Stage::Completed(completion), Stage::Completed(reviewed)) =
            (&mut self.state.stage, &other.state.stage)
        {
            completion.review = reviewed.review;
        }
        self
    }
}

impl User {
    /// Notes what a reviewer decided of the onboarding whose session this is. If it is the latest, the
    /// person stands so.
    pub fn reviewed(&mut self, session: &Session) {
        let Stage::Completed(completion) = &session.state.stage else { return };
        let id = &session.state.origin.onboarding;
        let decided = Decided::by(completion);
        if self.decided_onboarding(None).is_some_and(|latest| latest.id == *id) {
            self.state.status = decided.status;
            self.state.requires_manual_review = decided.requires_manual_review;
        }
        let reviewed = self.state.onboardings.iter_mut().filter(|onboarding| onboarding.id == *id);
        reviewed.for_each(|onboarding| onboarding.result = Some(decided));
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
