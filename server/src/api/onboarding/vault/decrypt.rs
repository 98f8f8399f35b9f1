//! `POST /users/{fp_id}/vault/decrypt`, `POST /businesses/{fp_bid}/vault/decrypt` and
//! `POST /users/vault/decrypt`: a backend reads the data of a person or a business, or a web page with a
//! client token those of a person. That it does is on record before the answer leaves.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use vestibule_protocol::field::{FieldName, FieldProblem, Raw};
use vestibule_protocol::onboarding::{DecryptVault, DecryptWithToken, Scope, VaultValues};
use vestibule_protocol::problem::{Code, RefusedField};
use vestibule_protocol::submission::Data;

use super::holder::Holder;
use super::{Right, named};
use crate::api::auth::{Backend, PageToken};
use crate::api::body::Body;
use crate::api::error::Failure;
use crate::api::path::{InPath, Named};
use crate::api::wording;
use crate::app::{App, TRIES};
use crate::engine::audit::Deed;
use crate::engine::vault::is_file;
use crate::ledger::Fault;
use crate::store::audit::Subject;

pub(in crate::api::onboarding) async fn by_backend<I: InPath + Into<Subject>>(
    State(app): State<Arc<App>>,
    Backend(tenant): Backend,
    Named(id): Named<I>,
    Body(request): Body<DecryptVault>,
) -> Result<Json<VaultValues>, Failure> {
    let reason = wording::reason(&request.reason)?;
    let right = Right::of_backend(&tenant, id);
    for _ in 0..TRIES {
        if let Some(values) = decrypt(&app, &right, named(&request.fields)?, &reason).await? {
            return Ok(Json(values));
        }
    }
    Err(Fault::Contention.into())
}

pub(in crate::api::onboarding) async fn by_page(
    State(app): State<Arc<App>>,
    PageToken(token): PageToken,
    Body(request): Body<DecryptWithToken>,
) -> Result<Json<VaultValues>, Failure> {
    for _ in 0..TRIES {
        let right = Right::of_page(&app, &token).await?;
        let fields = named(&request.fields)?;
        right.allows(Scope::Decrypt, fields.iter().map(FieldName::as_str))?;
        let reason = right.granted.as_ref().and_then(|(grant, _)| grant.reason.clone());
        let reason = reason.ok_or(Code::OutOfScope)?;
        if let Some(values) = decrypt(&app, &right, fields, &reason).await? {
            return Ok(Json(values));
        }
    }
    Err(Fault::Contention.into())
}

/// `None` when somebody else wrote first.
async fn decrypt(
    app: &App,
    right: &Right,
    fields: &[FieldName],
    reason: &str,
) -> Result<Option<VaultValues>, Failure> {
    let holder = Holder::of(app, right).await?;
    let files = fields.iter().filter(|name| is_file(name));
    let refused: Vec<RefusedField> = files
        .map(|name| RefusedField { field: name.to_string(), problem: FieldProblem::WrongType })
        .collect();
    if !refused.is_empty() {
        return Err(Failure::Refused { code: Code::InvalidField, fields: refused });
    }
    let mut values = Data::default();
    for name in fields {
        if values.get(name.as_str()).is_none() {
            let value = holder.vault().value(name).map_or(Raw::Null, |value| value.to_raw());
            values.push(name.as_str(), value);
        }
    }
    let deed = Deed::VaultDecrypted { fields: fields.to_vec(), reason: reason.into() };
    let recorded = app.commit(&right.tenant, &right.change(app, deed)?).await?;
    Ok(recorded.then_some(VaultValues(values)))
}
