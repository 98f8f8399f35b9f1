//! The nonce chain of a session: one is live, and what was spent is remembered.

use serde::{Deserialize, Serialize};
use vestibule_protocol::date::Timestamp;

use crate::digest::Digest;

/// How many spent nonces are told from unknown ones. Beyond that a session that is walked back and
/// forth forgets the oldest, which are then refused as unknown.
const REMEMBERED: usize = 64;

/// A nonce that can be used until it expires.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Issued {
    /// The nonce.
    pub digest: Digest,
    /// The end of its life.
    pub expires_at: Timestamp,
}

/// The last submission that was answered, so that the same request gets the same answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Answered {
    /// The nonce that it spent.
    pub nonce: Digest,
    /// The request, in canonical form.
    pub request: Digest,
    /// The answer, sealed under the nonce itself: it holds the next nonce, which nobody who reads
    /// the database may learn.
    pub answer: Vec<u8>,
}

/// The nonces of a session.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Nonces {
    live: Option<Issued>,
    spent: Vec<Digest>,
    answered: Option<Answered>,
}

/// What a nonce is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worth<'a> {
    /// The next step may be submitted with it.
    Live,
    /// It was spent by the same request: here is its answer, sealed.
    Replay(&'a [u8]),
    /// It was spent by another request.
    Spent,
    /// It was live and is too old.
    Expired,
    /// It was never issued here, or was voided.
    Unknown,
}

impl Nonces {
    /// What `nonce` is worth for `request`.
    pub fn worth(&self, nonce: &Digest, request: &Digest, now: Timestamp) -> Worth<'_> {
        if let Some(live) = self.live.as_ref().filter(|live| live.digest == *nonce) {
            return if now < live.expires_at { Worth::Live } else { Worth::Expired };
        }
        match self.answered.as_ref().filter(|answered| answered.nonce == *nonce) {
            Some(answered) if answered.request == *request => Worth::Replay(&answered.answer),
            _ if self.spent.contains(nonce) => Worth::Spent,
            _ => Worth::Unknown,
        }
    }

    /// Makes `next` the live nonce and voids the former.
    pub fn replace(&mut self, next: Issued) {
        self.live = Some(next);
    }

    /// Spends the live nonce. Another one follows, unless the session is complete.
    pub fn spend(&mut self, next: Option<Issued>) {
        if let Some(spent) = std::mem::replace(&mut self.live, next) {
            if self.spent.len() == REMEMBERED {
                self.spent.remove(0);
            }
            self.spent.push(spent.digest);
        }
        self.answered = None;
    }

    /// Forgets the last answer: the same request again is refused as any other.
    pub fn forget_answer(&mut self) {
        self.answered = None;
    }

    /// Remembers the answer to the request that spent the last nonce.
    pub fn remember(&mut self, answered: Answered) {
        self.answered = Some(answered);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nonce_is_live_then_spent_and_never_live_again() {
        let digest = |text: &str| Digest::of(text.as_bytes());
        let at = Timestamp::from_millis;
        let issued = |text, end| Issued { digest: digest(text), expires_at: at(end) };
        let mut nonces = Nonces::default();
        nonces.replace(issued("one", 100));
        assert_eq!(nonces.worth(&digest("one"), &digest("a"), at(99)), Worth::Live);
        assert_eq!(nonces.worth(&digest("one"), &digest("a"), at(100)), Worth::Expired);

        nonces.spend(Some(issued("two", 200)));
        let answer = b"answer".to_vec();
        nonces.remember(Answered { nonce: digest("one"), request: digest("a"), answer });
        assert_eq!(nonces.worth(&digest("one"), &digest("a"), at(50)), Worth::Replay(b"answer"));
        assert_eq!(nonces.worth(&digest("one"), &digest("b"), at(50)), Worth::Spent);

        nonces.replace(issued("three", 300));
        assert_eq!(nonces.worth(&digest("two"), &digest("a"), at(50)), Worth::Unknown);
        nonces.spend(None);
        assert_eq!(nonces.worth(&digest("one"), &digest("a"), at(50)), Worth::Spent);
        assert_eq!(nonces.worth(&digest("three"), &digest("a"), at(50)), Worth::Spent);
    }
}
