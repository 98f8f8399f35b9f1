//! `POST /businesses/{fp_bid}/owners/{fp_id}/link`: an owner's own session, by which they are checked. Its
//! completion counts for the business.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use vestibule_protocol::field::FieldProblem;
use vestibule_protocol::id::{BusinessId, UserId};
use vestibule_protocol::onboarding::{InviteOwner, OnboardingStarted, OwnerKind, Reference};
use vestibule_protocol::problem::Code;
use vestibule_protocol::submission::Data;

use crate::api::auth::Backend;
use crate::api::begin::{Begin, Repeat, begin};
use crate::api::body::Body;
use crate::api::error::Failure;
use crate::api::onboarding::session::started;
use crate::api::path::NamedTwice;
use crate::api::redirect::{Plain, redirect};
use crate::app::App;
use crate::engine::session::{Remarks, Starter};

pub(in crate::api::onboarding) async fn invite(
    State(app): State<Arc<App>>,
    Backend(tenant): Backend,
    NamedTwice(id, owner): NamedTwice<BusinessId, UserId>,
    Body(request): Body<InviteOwner>,
) -> Result<Json<OnboardingStarted>, Failure> {
    let redirect_url = request.redirect_url.map(|url| redirect(url, Plain::Here, "redirect_url"));
    let redirect_url = redirect_url.transpose()?;
    let business = app.ledger.business(&tenant.id, &id).await?.ok_or(Code::NotFound)?.content;
    let owned = business.owner(&owner).ok_or(Code::NotFound)?;
    let terms = business.state.terms.as_ref().ok_or(Code::BusinessIncomplete)?;
    if owned.kind == OwnerKind::Primary {
        // Who acts for the business is checked by the session in which they describe it.
        return Err(Failure::field(Code::InvalidField, "fp_id", FieldProblem::NotAnOption));
    }
    let playbook = app.store.playbook_of_skill(&tenant.id, &terms.owner_skill).await?;
    let begun = begin(
        &app,
        &Begin {
            tenant: &tenant,
            starter: Starter::Backend,
            playbook: playbook.ok_or(Code::InvalidPlaybookKey)?,
            person: Some(&Reference::Id(owner)),
            business: Some(&Reference::Id(id)),
            repeat: Repeat::Once(None),
            sandbox_outcome: None,
            redirect_url,
            remarks: Remarks::default(),
            known: true,
            bootstrap: &Data::default(),
        },
    )
    .await?;
    Ok(Json(started(&app, begun)))
}
