//! Answers to submissions: written once, kept sealed, and given again to the same request.

use vestibule_protocol::id::SessionId;
use vestibule_protocol::secret::{Nonce, Reveal};
use vestibule_protocol::session::StepAnswer;

use crate::app::App;
use crate::engine::session::Session;
use crate::engine::submit::Submit;
use crate::ledger::Fault;
use crate::store::SessionChange;
use crate::vault::{open_under, seal_under};

/// Has the session remember the answer to what was submitted, and gives it as it is sent.
///
/// # Errors
/// [`Fault`].
pub fn remembered(
    app: &App,
    session: &mut Session,
    submit: Submit<'_>,
    answer: &StepAnswer,
) -> Result<Vec<u8>, Fault> {
    let body = serde_json::to_vec(answer).map_err(|error| Fault::Shape(error.to_string()))?;
    let sealed = seal_under(submit.nonce.reveal(), session.id.as_str(), &body, &*app.random);
    session.remember(submit, sealed);
    Ok(body)
}

/// An answer that was remembered.
///
/// # Errors
/// [`Fault`].
pub fn again(nonce: &Nonce, session: &SessionId, sealed: &[u8]) -> Result<Vec<u8>, Fault> {
    Ok(open_under(nonce.reveal(), session.as_str(), sealed)?.to_vec())
}

/// Adds to what is written of a session, which a submission has just completed, by what its tenant gets to it.
pub fn note_completion(row: &mut SessionChange, session: &Session) {
    if let Some(completion) = session.completion() {
        row.result_token = Some(completion.result.digest);
        row.credentials = Some(completion.credentials.clone());
    }
}
