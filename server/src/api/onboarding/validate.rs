//! `POST /onboarding/session/validate`: a backend redeems what the flow handed to its page.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use vestibule_protocol::onboarding::{
    UserAuth, ValidateOnboarding, Validated, ValidatedBusiness, ValidatedUser,
};
use vestibule_protocol::problem::Code;

use crate::api::auth::Backend;
use crate::api::body::Body;
use crate::api::error::Failure;
use crate::api::redeem::redeem;
use crate::app::App;
use crate::ledger::Fault;

pub(super) async fn validate(
    State(app): State<Arc<App>>,
    Backend(tenant): Backend,
    Body(request): Body<ValidateOnboarding>,
) -> Result<Json<Validated>, Failure> {
    let redeemed = redeem(&app, &tenant, &request.validation_token, None).await?;
    let redeemed = redeemed.ok_or(Code::InvalidValidationToken)?;
    let user = app.ledger.user(&tenant.id, &redeemed.session.user).await?;
    let user = user.ok_or(Fault::Missing("the person of a session"))?.content;
    let origin = redeemed.session.state.origin;
    let outcome = redeemed.completion.standing();
    let business = match &origin.business {
        Some(id) => app.ledger.business(&tenant.id, id).await?.map(|kept| kept.content),
        None => None,
    };
    let business = business.map(|business| ValidatedBusiness {
        fp_bid: business.id,
        external_id: business.external_id,
        status: business.state.status,
        requires_manual_review: business.state.requires_manual_review,
        playbook_key: origin.playbook.clone(),
        onboarding_id: origin.onboarding.clone(),
    });
    Ok(Json(Validated {
        user: ValidatedUser {
            fp_id: user.id.clone(),
            external_id: user.external_id,
            status: outcome.status,
            requires_manual_review: outcome.requires_manual_review,
            playbook_key: origin.playbook,
            onboarding_id: origin.onboarding,
        },
        business,
        user_auth: UserAuth { fp_id: user.id, auth_events: Vec::new() },
    }))
}
