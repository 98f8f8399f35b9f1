//! One attempt at one question: it is asked, and what comes of it is written in the commit that settles it.

use vestibule_protocol::id::TenantId;
use vestibule_protocol::provider::ProviderRequest;

use super::{Inquiry, NoAnswer, pictures};
use crate::api::complete::{Learned, complete, merged, parts_before};
use crate::app::{App, TRIES};
use crate::courier::schedule::again;
use crate::engine::provided::Answer;
use crate::ledger::{Fault, KeptSession};
use crate::store::questions::QuestionRow;
use crate::store::{Change, SessionChange};

/// Asks once, and notes what came of it.
///
/// # Errors
/// [`Fault`]; the question is as it was then.
pub(super) async fn attempt(app: &App, tenant: &TenantId, row: &QuestionRow) -> Result<(), Fault> {
    let Some(kept) = app.ledger.session(tenant, &row.session).await? else { return Ok(()) };
    match ask(app, tenant, &kept, row).await? {
        Ok(answer) => settle(app, tenant, row, answer).await,
        Err(none) => {
            let now = app.now();
            let due_at = again(row.attempts, none.come_again, now, app.providers.end(row.asked_at));
            let question = row.question.id(&row.session);
            tracing::warn!(%question, problem = %none.problem, "a provider gave no answer");
            Ok(app.store.postpone(tenant, row, due_at).await?)
        }
    }
}

/// What the provider says, or that nobody answers.
async fn ask(
    app: &App,
    tenant: &TenantId,
    kept: &KeptSession,
    row: &QuestionRow,
) -> Result<Result<Answer, NoAnswer>, Fault> {
    let (now, question) = (app.now(), row.question.id(&row.session));
    if now >= app.providers.end(row.asked_at) {
        tracing::warn!(%question, "a provider is waited for no longer");
        return Ok(Ok(Answer::Missing));
    }
    let Some(provider) = app.providers.of(app.tenant(tenant).await?.sandbox) else {
        return Ok(Ok(Answer::Missing));
    };
    let parts = parts_before(app, tenant, &kept.content).await?;
    let former = merged(&parts);
    let whole = kept.content.whole(former.as_ref());
    let sessions: Vec<&KeptSession> = parts.iter().chain([kept]).collect();
    let pictures = match whole.pictures_of(row.question) {
        Some(pictures) => pictures::read(app, &sessions, &pictures).await?,
        None => None,
    };
    let Some(pictures) = pictures else { return Ok(Ok(Answer::Missing)) };
    let request = ProviderRequest { request_id: question, check: row.question.check, pictures };
    let inquiry = Inquiry { request, session: whole.into_owned() };
    Ok(provider.ask(&inquiry, now).await.map(Answer::Given))
}

/// Writes the answer, and what is decided by it if it was the last.
async fn settle(app: &App, tenant: &TenantId, row: &QuestionRow, answer: Answer) -> Result<(), Fault> {
    for _ in 0..TRIES {
        let Some(kept) = app.ledger.session(tenant, &row.session).await? else { return Ok(()) };
        let former = merged(&parts_before(app, tenant, &kept.content).await?);
        let mut session = kept.content.clone();
        session.take_answer(row.question, answer, former.as_ref(), app.now().date());
        let decided = kept.content.is_pending() && !session.is_pending();
        let Learned { users, businesses, documents, .. } = if decided {
            complete(app, tenant, &mut session, former.as_ref(), None).await?
        } else {
            Learned::default()
        };
        let mut change = SessionChange::of(app.ledger.seal_session(&kept, &session)?);
        change.documents = documents;
        change.answered = Some(row.question);
        let change = Change { sessions: vec![change], users, businesses, ..Change::default() };
        if app.commit(tenant, &change).await? {
            return Ok(());
        }
    }
    Err(Fault::Contention)
}
