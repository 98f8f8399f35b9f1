//! The provider of the sandbox: it answers by fixture, for people who are made up.

use async_trait::async_trait;
use vestibule_protocol::date::Timestamp;
use vestibule_protocol::field::Value;
use vestibule_protocol::outcome::{ProviderScore, SandboxOutcome, Verdict};

use super::{Inquiry, NoAnswer, Provider};
use crate::engine::provided::Judgement;
use crate::engine::session::Session;

/// Answers by fixture.
pub struct Fixtures;

#[async_trait]
impl Provider for Fixtures {
    async fn ask(&self, inquiry: &Inquiry, _: Timestamp) -> Result<Judgement, NoAnswer> {
        Ok(answer(fixture(&inquiry.session)))
    }
}

/// The verdict that goes with the outcome that is fixed for a session. Where none is, the given name that
/// was typed says it: `Warn`, `Fail` or `Unknown`, and with every other one all is well.
fn fixture(session: &Session) -> Verdict {
    match session.state.sandbox_outcome {
        Some(SandboxOutcome::Pass) => Verdict::Ok,
        Some(SandboxOutcome::ManualReview) => Verdict::Warn,
        Some(SandboxOutcome::Fail) => Verdict::Fail,
        Some(SandboxOutcome::StepUp) => Verdict::Unknown,
        Some(SandboxOutcome::UseRulesOutcome) | None => {
            let values = session.values();
            let name = values.iter().find(|(name, _)| name.as_str() == "id.first_name");
            match name {
                Some((_, Value::Text(name))) => {
                    Verdict::from_text(&name.to_lowercase()).unwrap_or(Verdict::Ok)
                }
                _ => Verdict::Ok,
            }
        }
    }
}

fn answer(verdict: Verdict) -> Judgement {
    let number = match verdict {
        Verdict::Ok => Some(99.0),
        Verdict::Warn => Some(60.0),
        Verdict::Fail => Some(5.0),
        Verdict::Unknown => None,
    };
    Judgement { verdict, score: number.and_then(|number| ProviderScore::try_from(number).ok()) }
}
