//! A tenant's backend redeems the result token of a session, once.

use thiserror::Error;
use vestibule_protocol::date::Timestamp;

use super::session::{Completion, Session, Stage};
use crate::digest::Digest;

/// The token is not in force: voided, expired, or redeemed before. Which of these, nobody is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the result token is not in force")]
pub struct NotInForce;

impl Session {
    /// Redeems the result token with this digest.
    ///
    /// # Errors
    /// [`NotInForce`].
    pub fn redeem(mut self, token: &Digest, now: Timestamp) -> Result<(Self, Completion), NotInForce> {
        let Stage::Completed(completion) = &mut self.state.stage else { return Err(NotInForce) };
        let in_force =
            completion.result.digest == *token && now < completion.result.expires_at && !completion.redeemed;
        if !in_force {
            return Err(NotInForce);
        }
        completion.redeemed = true;
        let completion = completion.clone();
        Ok((self, completion))
    }
}
