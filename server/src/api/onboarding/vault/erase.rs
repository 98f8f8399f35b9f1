//! `DELETE /users/{fp_id}/vault` and `DELETE /businesses/{fp_bid}/vault`: a backend erases the data of a person
//! or a business, all or some, from everywhere.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use vestibule_protocol::id::{TenantId, UploadId};
use vestibule_protocol::onboarding::EraseVault;

use super::holder::Holder;
use super::{Right, named};
use crate::api::auth::Backend;
use crate::api::body::Body;
use crate::api::complete::seen;
use crate::api::error::Failure;
use crate::api::path::{InPath, Named};
use crate::api::wording;
use crate::app::{App, TRIES};
use crate::engine::audit::Deed;
use crate::engine::decide::document_numbers;
use crate::engine::erase::Erasure;
use crate::engine::rewrite::Rewrite;
use crate::engine::session::Session;
use crate::ledger::{Fault, KeptSession};
use crate::store::audit::Subject;
use crate::store::{Change, SessionChange};

pub(in crate::api::onboarding) async fn erase<I: InPath + Into<Subject>>(
    State(app): State<Arc<App>>,
    Backend(tenant): Backend,
    Named(id): Named<I>,
    Body(request): Body<EraseVault>,
) -> Result<StatusCode, Failure> {
    let reason = request.reason.as_deref().map(wording::reason).transpose()?;
    let what = match &request.fields {
        Some(fields) => Erasure::Fields(BTreeSet::from_iter(named(fields)?.iter().cloned())),
        None => Erasure::All,
    };
    let right = Right::of_backend(&tenant, id);
    for _ in 0..TRIES {
        let holder = Holder::of(&app, &right).await?;
        let fields = match &what {
            Erasure::All => holder.vault().names().cloned().collect(),
            Erasure::Fields(names) => names.iter().cloned().collect(),
        };
        let mut change = right.change(&app, Deed::VaultDeleted { fields, reason: reason.clone() })?;
        holder.write(&app, &tenant.id, &Rewrite::default(), &what, &mut change)?;
        let doomed = from_sessions(&app, &tenant.id, &holder, &what, &mut change).await?;
        if app.commit(&tenant.id, &change).await? {
            app.remove_blobs(&tenant.id, &doomed).await;
            return Ok(StatusCode::NO_CONTENT);
        }
    }
    Err(Fault::Contention.into())
}

/// Takes what is erased out of every session of a person or about a business. What is left of the numbers of a
/// person's documents is noted anew; of a business there are none. Gives the files that are to be removed when `change` is written.
pub(super) async fn from_sessions(
    app: &App,
    tenant: &TenantId,
    holder: &Holder,
    what: &Erasure,
    change: &mut Change,
) -> Result<Vec<UploadId>, Failure> {
    let today = app.now().date();
    let mut sessions = Vec::new();
    for id in holder.sessions(app, tenant).await? {
        let Some(kept) = app.ledger.session(tenant, &id).await? else { continue };
        let erased = kept.content.clone().erase(holder.whose(), what);
        sessions.push((kept, erased));
    }
    let loses_document = |(before, after): &(KeptSession, Option<(Session, Vec<UploadId>)>)| {
        let after = after.as_ref().map(|(after, _)| document_numbers(after, today));
        after.is_some_and(|left| left != document_numbers(&before.content, today))
    };
    let person = match holder {
        Holder::Person(kept) => Some(&kept.content.id),
        Holder::Business(_) => None,
    };
    let loser = person.filter(|_| sessions.iter().any(loses_document));
    let mut all_doomed = Vec::new();
    for (kept, erased) in sessions {
        let is_erased = erased.is_some();
        let (session, doomed) = erased.unwrap_or_else(|| (kept.content.clone(), Vec::new()));
        let left = if loser.is_some() { seen(app, tenant, &session, today).await? } else { Vec::new() };
        if is_erased || !left.is_empty() {
            let mut of_session = SessionChange::of(app.ledger.seal_session(&kept, &session)?);
            of_session.doomed_blobs.clone_from(&doomed);
            of_session.documents = left;
            change.sessions.push(of_session);
            all_doomed.extend(doomed);
        }
    }
    change.forgets_documents_of = loser.cloned();
    change.erases = true;
    Ok(all_doomed)
}
