//! `DELETE /users/{fp_id}/vault`: a backend erases a person's data, all or some, from everywhere.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use vestibule_protocol::id::{TenantId, UploadId, UserId};
use vestibule_protocol::onboarding::EraseVault;
use vestibule_protocol::problem::Code;

use super::{Right, named};
use crate::api::auth::Backend;
use crate::api::body::Body;
use crate::api::complete::seen;
use crate::api::error::Failure;
use crate::api::path::Named;
use crate::api::wording;
use crate::app::{App, TRIES};
use crate::engine::audit::Deed;
use crate::engine::decide::document_numbers;
use crate::engine::erase::Erasure;
use crate::engine::session::Session;
use crate::ledger::{Fault, KeptSession};
use crate::store::{Change, SessionChange};

pub(in crate::api::onboarding) async fn erase(
    State(app): State<Arc<App>>,
    Backend(tenant): Backend,
    Named(id): Named<UserId>,
    Body(request): Body<EraseVault>,
) -> Result<StatusCode, Failure> {
    let reason = request.reason.as_deref().map(wording::reason).transpose()?;
    let what = match &request.fields {
        Some(fields) => Erasure::Fields(BTreeSet::from_iter(named(fields)?.iter().cloned())),
        None => Erasure::All,
    };
    let right = Right::of_backend(&tenant, &id);
    for _ in 0..TRIES {
        let kept = app.ledger.user(&tenant.id, &id).await?.ok_or(Code::NotFound)?;
        let mut user = kept.content.clone();
        let fields = match &what {
            Erasure::All => user.state.vault.names().cloned().collect(),
            Erasure::Fields(names) => names.iter().cloned().collect(),
        };
        user.state.vault.erase(&what);
        let mut change = right.change(&app, Deed::VaultDeleted { fields, reason: reason.clone() })?;
        change.users = vec![app.ledger.seal_user(&kept, &user)?];
        let doomed = from_sessions(&app, &tenant.id, &id, &what, &mut change).await?;
        if app.commit(&tenant.id, &change).await? {
            app.remove_blobs(&tenant.id, &doomed).await;
            return Ok(StatusCode::NO_CONTENT);
        }
    }
    Err(Fault::Contention.into())
}

/// Takes what is erased out of every session of a person. What is left of the numbers of their documents is
/// noted anew. Gives the files that are to be removed when `change` is written.
pub(super) async fn from_sessions(
    app: &App,
    tenant: &TenantId,
    user: &UserId,
    what: &Erasure,
    change: &mut Change,
) -> Result<Vec<UploadId>, Failure> {
    let today = app.now().date();
    let mut sessions = Vec::new();
    for id in app.store.sessions_of_user(tenant, user).await? {
        let Some(kept) = app.ledger.session(tenant, &id).await? else { continue };
        let erased = kept.content.clone().erase(what);
        sessions.push((kept, erased));
    }
    let loses_document = |(before, after): &(KeptSession, Option<(Session, Vec<UploadId>)>)| {
        let after = after.as_ref().map(|(after, _)| document_numbers(after, today));
        after.is_some_and(|left| left != document_numbers(&before.content, today))
    };
    let documents = sessions.iter().any(loses_document);
    let mut all_doomed = Vec::new();
    for (kept, erased) in sessions {
        let is_erased = erased.is_some();
        let (session, doomed) = erased.unwrap_or_else(|| (kept.content.clone(), Vec::new()));
        let left = if documents { seen(app, tenant, &session, today).await? } else { Vec::new() };
        if is_erased || !left.is_empty() {
            let mut of_session = SessionChange::of(app.ledger.seal_session(&kept, &session)?);
            of_session.doomed_blobs.clone_from(&doomed);
            of_session.documents = left;
            change.sessions.push(of_session);
            all_doomed.extend(doomed);
        }
    }
    change.forgets_documents_of = documents.then(|| user.clone());
    change.erases = true;
    Ok(all_doomed)
}
