//! What else is written when a session has just been completed, or decided after that.

use vestibule_protocol::id::TenantId;

use super::error::Failure;
use crate::app::App;
use crate::engine::session::Session;
use crate::ledger::Fault;
use crate::store::UserRow;

/// The person's row, with what the session collected and decided. If another session of the same
/// onboarding was completed before this one, its result stands: this one takes it over, and nothing else
/// changes.
///
/// # Errors
/// [`Failure`] when the store fails.
pub async fn complete(
    app: &App,
    tenant: &TenantId,
    session: &mut Session,
) -> Result<Option<UserRow>, Failure> {
    let kept = app.ledger.user(tenant, &session.user).await?;
    let kept = kept.ok_or(Fault::Missing("the person of a session"))?;
    if let Some(elsewhere) = kept.content.decided_elsewhere(session) {
        let other = app.ledger.session(tenant, &elsewhere.session).await?;
        if let Some(completion) = other.as_ref().and_then(|other| other.content.completion()) {
            session.adopt(completion);
            return Ok(None);
        }
    }
    let mut user = kept.content.clone();
    user.learn(session);
    Ok(Some(app.ledger.seal_user(&kept, &user)?))
}

/// In a session that answers a reviewer's request: what was given of the onboarding before. `None` when
/// the request is no longer outstanding.
///
/// # Errors
/// [`Failure`] when the store fails.
pub async fn former(app: &App, tenant: &TenantId, session: &Session) -> Result<Option<Session>, Failure> {
    if session.state.origin.answers.is_none() {
        return Ok(None);
    }
    let user = app.ledger.user(tenant, &session.user).await?;
    let user = user.ok_or(Fault::Missing("the person of a session"))?.content;
    let Some(onboarding) = user.request_of(session).and_then(|request| user.onboarding(&request.onboarding))
    else {
        return Ok(None);
    };
    let mut whole: Option<Session> = None;
    for id in [&onboarding.session].into_iter().chain(&onboarding.supplements) {
        let part =
            app.ledger.session(tenant, id).await?.ok_or(Fault::Missing("the session of an onboarding"))?;
        whole = Some(match whole {
            None => part.content,
            Some(whole) => whole.supplemented(&part.content),
        });
    }
    Ok(whole)
}
