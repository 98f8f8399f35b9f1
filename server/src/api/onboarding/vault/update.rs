//! `PATCH /users/{fp_id}/vault`, `PATCH /businesses/{fp_bid}/vault` and `PATCH /users/vault`: a backend writes
//! the data of a person or a business, or a web page with a client token those of a person. A backend removes
//! some, too.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use serde::de::DeserializeOwned;
use vestibule_protocol::field::Raw;
use vestibule_protocol::onboarding::{Scope, UpdateVault};
use vestibule_protocol::problem::Code;
use vestibule_protocol::submission::Data;

use super::Right;
use super::erase::from_sessions;
use super::holder::Holder;
use crate::api::auth::{Backend, PageToken};
use crate::api::body::Body;
use crate::api::error::{Failure, gravest_of_values};
use crate::api::path::{InPath, Named};
use crate::app::{App, TRIES};
use crate::engine::audit::Deed;
use crate::engine::erase::Erasure;
use crate::engine::rewrite::Rewrite;
use crate::ledger::Fault;
use crate::store::audit::Subject;

pub(in crate::api::onboarding) async fn by_backend<
    I: InPath + Into<Subject>,
    B: DeserializeOwned + Into<Data>,
>(
    State(app): State<Arc<App>>,
    Backend(tenant): Backend,
    Named(id): Named<I>,
    Body(request): Body<B>,
) -> Result<StatusCode, Failure> {
    let (right, data) = (Right::of_backend(&tenant, id), request.into());
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
    let holder = Holder::of(app, right).await?;
    let rewrite = Rewrite::read(data, holder.whose(), app.now().date())
        .map_err(|fields| Failure::Refused { code: gravest_of_values(&fields), fields })?;
    if rewrite == Rewrite::default() {
        return Ok(true);
    }
    let mut change = right.change(app, Deed::VaultUpdated { fields: rewrite.names() })?;
    let removed = Erasure::Fields(rewrite.removed.clone());
    holder.write(app, &right.tenant, &rewrite, &removed, &mut change)?;
    let mut doomed = Vec::new();
    if !rewrite.removed.is_empty() {
        doomed = from_sessions(app, &right.tenant, &holder, &removed, &mut change).await?;
    }
    let written = app.commit(&right.tenant, &change).await?;
    if written {
        app.remove_blobs(&right.tenant, &doomed).await;
    }
    Ok(written)
}
