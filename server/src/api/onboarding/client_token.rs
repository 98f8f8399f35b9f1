//! `POST /users/{fp_id}/client_token`: a backend lets a web page of its own write or read some data of a
//! person.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use vestibule_protocol::id::UserId;
use vestibule_protocol::onboarding::{ClientTokenCreated, CreateClientToken};
use vestibule_protocol::problem::Code;
use vestibule_protocol::secret::ClientToken;

use crate::api::auth::{Backend, actor};
use crate::api::body::Body;
use crate::api::error::{Failure, gravest};
use crate::api::path::Named;
use crate::api::wording;
use crate::app::App;
use crate::digest::Digest;
use crate::engine::audit::{Deed, Record};
use crate::engine::grant::Grant;
use crate::ledger::Fault;
use crate::random::secret;
use crate::store::Change;
use crate::store::audit::Subject;

pub(super) async fn create(
    State(app): State<Arc<App>>,
    Backend(tenant): Backend,
    Named(id): Named<UserId>,
    Body(request): Body<CreateClientToken>,
) -> Result<Json<ClientTokenCreated>, Failure> {
    let reason = request.reason.as_deref().map(wording::reason).transpose()?;
    let (grant, life) = Grant::read(&request, reason.clone())
        .map_err(|fields| Failure::Refused { code: gravest(&fields), fields })?;
    app.store.user(&tenant.id, &id).await?.ok_or(Code::NotFound)?;
    let now = app.now();
    let token: ClientToken = secret(&*app.random);
    let expires_at = now.plus_seconds(life);
    let deed = Deed::ClientTokenCreated {
        token: Digest::of_secret(&token).name(),
        fields: grant.fields.iter().cloned().collect(),
        reason,
    };
    let record = Record { actor: actor(&tenant), deed };
    let change = Change {
        grants: vec![app.ledger.new_grant(&tenant.id, id.clone(), &token, &grant, expires_at)?],
        audits: vec![app.ledger.record(&tenant.id, Subject::User(id), &record, now)?],
        ..Change::default()
    };
    if app.commit(&tenant.id, &change).await? {
        Ok(Json(ClientTokenCreated { token, expires_at }))
    } else {
        Err(Fault::Contention.into())
    }
}
