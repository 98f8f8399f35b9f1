//! `POST /businesses`: a backend makes a business known before any session about it.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use vestibule_protocol::field::FieldProblem;
use vestibule_protocol::onboarding::{Business, CreateBusiness};
use vestibule_protocol::problem::Code;

use super::described;
use crate::api::auth::{Backend, actor};
use crate::api::body::Body;
use crate::api::error::{Failure, gravest};
use crate::app::{App, TRIES};
use crate::engine::audit::{Deed, Record};
use crate::engine::business;
use crate::engine::rewrite::Rewrite;
use crate::engine::vault::Whose;
use crate::ledger::Fault;
use crate::random::id;
use crate::store::Change;

pub(in crate::api::onboarding) async fn create(
    State(app): State<Arc<App>>,
    Backend(tenant): Backend,
    Body(request): Body<CreateBusiness>,
) -> Result<Json<Business>, Failure> {
    let known = Rewrite::read(&request.data.unwrap_or_default(), Whose::Business, app.now().date())
        .map_err(|fields| Failure::Refused { code: gravest(&fields), fields })?;
    let business = business::Business::known(id(&*app.random), request.external_id, &known);
    let record = Record { actor: actor(&tenant), deed: Deed::BusinessCreated { fields: known.names() } };
    for _ in 0..TRIES {
        if let Some(name) = &business.external_id
            && app.ledger.business_called(&tenant.id, name).await?.is_some()
        {
            return Err(Failure::field(Code::ExternalIdTaken, "external_id", FieldProblem::NotAnOption));
        }
        let change = Change {
            businesses: vec![app.ledger.new_business(&business)?],
            audits: vec![app.ledger.record(&tenant.id, business.id.clone().into(), &record, app.now())?],
            ..Change::default()
        };
        if app.commit(&tenant.id, &change).await? {
            return Ok(Json(described(&business)));
        }
    }
    Err(Fault::Contention.into())
}
