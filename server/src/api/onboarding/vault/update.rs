//! `PATCH /users/{fp_id}/vault` and `PATCH /users/vault`: a backend, or a web page with a client token,
//! writes a person's data. A backend removes some, too.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use vestibule_protocol::field::Raw;
use vestibule_protocol::id::UserId;
use vestibule_protocol::onboarding::{Scope, UpdateVault};
use vestibule_protocol::problem::Code;
use vestibule_protocol::submission::Data;

use super::Right;
use super::erase::from_sessions;
use crate::api::auth::{Backend, PageToken};
use crate::api::body::Body;
use crate::api::error::{Failure, gravest_of_values};
use crate::api::path::Named;
use crate::app::{App, TRIES};
use crate::engine::audit::Deed;
use crate::engine::erase::Erasure;
use crate::engine::rewrite::Rewrite;
use crate::ledger::Fault;

pub(in crate::api::onboarding) async fn by_backend(
    State(app): State<Arc<App>>,
    Backend(tenant): Backend,
    Named(id): Named<UserId>,
    Body(UpdateVault(data)): Body<UpdateVault>,
) -> Result<StatusCode, Failure> {
    let right = Right::of_backend(&tenant, &id);
    for _ in 0..TRIES {
        if update(&app, &right, &data).await? {
            return Ok(StatusCode::NO_CONTENT);
        }
    }
    Err(Fault::Contention.into())
}

pub(in crate::api::onboarding) async fn by_page(
    State(app): State<Arc<App>>,
    PageToken(token): PageToken,
    Body(UpdateVault(data)): Body<UpdateVault>,
) -> Result<StatusCode, Failure> {
    for _ in 0..TRIES {
        let right = Right::of_page(&app, &token).await?;
        right.allows(Scope::Vault, data.names())?;
        // To remove data is to erase them from everywhere: that is for the backend.
        if data.iter().any(|(_, raw)| *raw == Raw::Null) {
            return Err(Code::OutOfScope.into());
        }
        if update(&app, &right, &data).await? {
            return Ok(StatusCode::NO_CONTENT);
        }
    }
    Err(Fault::Contention.into())
}

/// `false` when somebody else wrote first.
async fn update(app: &App, right: &Right, data: &Data) -> Result<bool, Failure> {
    let kept = app.ledger.user(&right.tenant, &right.user).await?.ok_or(Code::NotFound)?;
    let rewrite = Rewrite::read(data, app.now().date())
        .map_err(|fields| Failure::Refused { code: gravest_of_values(&fields), fields })?;
    if rewrite == Rewrite::default() {
        return Ok(true);
    }
    let mut user = kept.content.clone();
    user.state.vault.rewrite(&rewrite);
    let mut change = right.change(app, Deed::VaultUpdated { fields: rewrite.names() })?;
    change.users = vec![app.ledger.seal_user(&kept, &user)?];
    let mut doomed = Vec::new();
    if !rewrite.removed.is_empty() {
        let what = Erasure::Fields(rewrite.removed);
        doomed = from_sessions(app, &right.tenant, &right.user, &what, &mut change).await?;
    }
    let written = app.commit(&right.tenant, &change).await?;
    if written {
        app.remove_blobs(&right.tenant, &doomed).await;
    }
    Ok(written)
}
