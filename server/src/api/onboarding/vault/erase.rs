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
use crate::api::error::Failure;
use crate::api::path::Named;
use crate::api::wording;
use crate::app::{App, TRIES};
use crate::engine::audit::Deed;
use crate::engine::erase::Erasure;
use crate::ledger::Fault;
use crate::store::SessionChange;

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
        let (sessions, doomed) = from_sessions(&app, &tenant.id, &id, &what).await?;
        change.sessions = sessions;
        change.erases = true;
        if app.commit(&tenant.id, &change).await? {
            app.remove_blobs(&tenant.id, &doomed).await;
            return Ok(StatusCode::NO_CONTENT);
        }
    }
    Err(Fault::Contention.into())
}

/// The sessions of a person without what is erased, and the files that are to be removed.
pub(super) async fn from_sessions(
    app: &App,
    tenant: &TenantId,
    user: &UserId,
    what: &Erasure,
) -> Result<(Vec<SessionChange>, Vec<UploadId>), Failure> {
    let (mut changes, mut all_doomed) = (Vec::new(), Vec::new());
    for id in app.store.sessions_of_user(tenant, user).await? {
        let Some(kept) = app.ledger.session(tenant, &id).await? else { continue };
        let Some((session, doomed)) = kept.content.clone().erase(what) else { continue };
        let mut change = SessionChange::of(app.ledger.seal_session(&kept, &session)?);
        change.doomed_blobs.clone_from(&doomed);
        changes.push(change);
        all_doomed.extend(doomed);
    }
    Ok((changes, all_doomed))
}
