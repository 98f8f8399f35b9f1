//! `POST /businesses/{fp_bid}/owners`: a backend marks a person as an owner, or corrects their share.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use vestibule_protocol::field::FieldProblem;
use vestibule_protocol::id::BusinessId;
use vestibule_protocol::onboarding::{BusinessOwner, MarkOwner};
use vestibule_protocol::problem::Code;

use super::owner;
use crate::api::auth::Backend;
use crate::api::body::Body;
use crate::api::error::Failure;
use crate::api::path::Named;
use crate::app::{App, TRIES};
use crate::engine::business::StakesExceed;
use crate::ledger::Fault;
use crate::store::Change;

pub(in crate::api::onboarding) async fn mark(
    State(app): State<Arc<App>>,
    Backend(tenant): Backend,
    Named(id): Named<BusinessId>,
    Body(request): Body<MarkOwner>,
) -> Result<Json<BusinessOwner>, Failure> {
    let stake = stake(request.ownership_stake)?;
    let unknown = || Failure::field(Code::NotFound, "fp_id", FieldProblem::NotAnOption);
    for _ in 0..TRIES {
        let kept = app.ledger.business(&tenant.id, &id).await?.ok_or(Code::NotFound)?;
        let user = app.ledger.user(&tenant.id, &request.fp_id).await?.ok_or_else(unknown)?.content.id;
        let mut business = kept.content.clone();
        business.mark(&user, stake)?;
        let row = app.ledger.seal_business(&kept, &business)?;
        if app.commit(&tenant.id, &Change { businesses: vec![row], ..Change::default() }).await? {
            let marked = business.owner(&user).ok_or(Fault::Missing("an owner who was just marked"))?;
            return Ok(Json(owner(marked)));
        }
    }
    Err(Fault::Contention.into())
}

/// A share is 1 to 100 percent.
fn stake(given: Option<u8>) -> Result<Option<u8>, Failure> {
    let refused = |problem| Err(Failure::field(Code::InvalidField, "ownership_stake", problem));
    match given {
        Some(0) => refused(FieldProblem::TooSmall),
        Some(101..) => refused(FieldProblem::TooLarge),
        given => Ok(given),
    }
}

impl From<StakesExceed> for Failure {
    fn from(StakesExceed: StakesExceed) -> Self {
        Failure::field(Code::InvalidField, "ownership_stake", FieldProblem::StakesExceed)
    }
}
