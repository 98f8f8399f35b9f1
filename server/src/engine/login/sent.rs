//! Codes that were sent: how long one is good, how often it can be tried, and how soon another can follow.

use serde::{Deserialize, Serialize};
use vestibule_protocol::date::Timestamp;
use vestibule_protocol::field::FieldProblem;
use vestibule_protocol::login::CodeSent;

use super::contact::{Contact, masked};
use crate::digest::Digest;

/// How long a code is good, in seconds.
pub const LIFE: i64 = 600;
/// How often one can be tried. A million codes there are, and five tries at each.
const TRIES: u8 = 5;
/// The wait after the first code of a session, in seconds. Each further code doubles it.
const FIRST_WAIT: i64 = 30;
/// How many codes a session sends.
const MOST: u8 = 8;

/// A code that was sent.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Sent {
    /// Where to.
    pub contact: Contact,
    /// Whether the person typed the address in this session, and may see it.
    pub typed: bool,
    /// The code, by a digest that nobody can make who reads the database.
    digest: Digest,
    expires_at: Timestamp,
    tries_left: u8,
}

/// How often codes were sent in a session.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub struct Sends {
    count: u8,
    last_at: Option<Timestamp>,
}

impl Sent {
    pub(super) fn new(contact: Contact, typed: bool, digest: Digest, now: Timestamp) -> Self {
        Self { contact, typed, digest, expires_at: now.plus_seconds(LIFE), tries_left: TRIES }
    }

    /// Counts a try of `code`.
    ///
    /// # Errors
    /// Why it does not count as proof.
    pub(super) fn attempt(&mut self, code: Option<Digest>, now: Timestamp) -> Result<(), FieldProblem> {
        if now >= self.expires_at || self.tries_left == 0 {
            return Err(FieldProblem::CodeExpired);
        }
        self.tries_left -= 1;
        if code == Some(self.digest) { Ok(()) } else { Err(FieldProblem::WrongCode) }
    }

    /// As it is shown, with when the next one can follow.
    pub(in crate::engine) fn shown(&self, sends: Sends, now: Timestamp) -> CodeSent {
        CodeSent {
            method: self.contact.method,
            to: if self.typed { self.contact.address.clone() } else { masked(&self.contact) },
            resend_seconds: sends.wait(now),
            tries_left: self.tries_left,
        }
    }
}

impl Sends {
    /// In how many seconds another code can be sent.
    fn wait(self, now: Timestamp) -> u32 {
        let Some(last) = self.last_at else { return 0 };
        let wait = FIRST_WAIT << self.count.saturating_sub(1).min(MOST);
        let left = last.plus_seconds(wait).millis() - now.millis();
        u32::try_from(left.max(0).unsigned_abs().div_ceil(1000)).unwrap_or(u32::MAX)
    }

    /// Notes that the code that was sent last has arrived: nobody waits for the next.
    pub(super) fn arrived(&mut self) {
        self.last_at = None;
    }

    /// Counts a code that is sent now: to where the last one went, or somewhere else, as by somebody who
    /// mistyped their address.
    ///
    /// # Errors
    /// When none may be.
    pub(super) fn count(&mut self, elsewhere: bool, now: Timestamp) -> Result<(), FieldProblem> {
        if self.count >= MOST || (self.wait(now) > 0 && !elsewhere) {
            return Err(FieldProblem::TooManyCodes);
        }
        *self = Self { count: self.count + 1, last_at: Some(now) };
        Ok(())
    }
}
