//! Providers: engines of somebody else's that judge faces and documents.
//!
//! A session that asks for one of their checks waits. What is to be asked is written in the commit that makes
//! it due, `courier` takes it from there and `attempt` asks once: the operator's provider by `http`, or
//! `sandbox`, which answers for whoever is made up. Where nobody answers, the check is `unknown`.

mod attempt;
pub mod courier;
pub mod http;
mod pictures;
mod sandbox;

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use vestibule_protocol::burst::Burst;
use vestibule_protocol::date::Timestamp;
use vestibule_protocol::provider::ProviderRequest;
use vestibule_protocol::webhook::DeliveryProblem;

use self::sandbox::Fixtures;
use crate::engine::provided::Judgement;
use crate::engine::session::Session;

/// Somebody who makes checks.
#[async_trait]
pub trait Provider: Send + Sync {
    /// Asks once. Who is asked the same again gives the same answer.
    ///
    /// # Errors
    /// [`NoAnswer`] when there is none so far: it may be asked again.
    async fn ask(&self, inquiry: &Inquiry, at: Timestamp) -> Result<Judgement, NoAnswer>;
}

/// What is asked.
pub struct Inquiry {
    /// The check and the pictures: all that leaves the server.
    pub request: ProviderRequest,
    /// The session that it is about, as a whole. It stays here.
    pub session: Session,
}

/// Why there is no answer so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoAnswer {
    /// What went wrong.
    pub problem: Problem,
    /// After how many seconds to ask again, where the provider says so.
    pub come_again: Option<u64>,
}

/// What went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// It was not reached, or broke off.
    Unreachable(DeliveryProblem),
    /// It answered with a status that is not 200.
    Status(u16),
    /// Its answer is longer than any can be.
    TooLong,
    /// Its answer is not signed, or by somebody else.
    Unsigned,
    /// Its answer is none to what was asked.
    NoAnswer,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::Unreachable(problem) => f.write_str(problem.as_str()),
            Problem::Status(status) => write!(f, "status {status}"),
            Problem::TooLong => f.write_str("the answer is too long"),
            Problem::Unsigned => f.write_str("the answer is not signed with the secret"),
            Problem::NoAnswer => f.write_str("the answer is none to what was asked"),
        }
    }
}

/// Whom to ask about whom.
pub struct Providers {
    of_operator: Option<Arc<dyn Provider>>,
    fixtures: Arc<dyn Provider>,
    patience: i64,
    burst: Option<Burst>,
}

impl Providers {
    /// The operator's, if there is one, for what is real. It has so many seconds in all for an answer. What it wants of
    /// a burst, the sandbox's wants as well, so that it is tried there.
    pub fn new(of_operator: Option<Arc<dyn Provider>>, patience: i64, burst: Option<Burst>) -> Self {
        Self { of_operator, fixtures: Arc::new(Fixtures), patience, burst }
    }

    /// Who is asked about people of a tenant. What is made up never reaches the operator's.
    pub fn of(&self, sandbox: bool) -> Option<Arc<dyn Provider>> {
        if sandbox { Some(Arc::clone(&self.fixtures)) } else { self.of_operator.clone() }
    }

    /// The burst that whoever is asked about people of a tenant wants of a selfie.
    pub fn burst(&self, sandbox: bool) -> Option<Burst> {
        self.burst.filter(|_| self.of(sandbox).is_some())
    }

    /// When a check that was asked then is given up.
    fn end(&self, asked_at: Timestamp) -> Timestamp {
        asked_at.plus_seconds(self.patience)
    }
}
