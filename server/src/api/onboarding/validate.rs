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
use crate::engine::event::Decision;
use crate::engine::session::Origin;
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
    let judged = redeemed.session.skill.is_judged();
    let Origin { playbook, onboarding, business, .. } = redeemed.session.state.origin;
    let outcome = redeemed.completion.standing();
    let business = match &business {
        Some(id) => app.ledger.business(&tenant.id, id).await?.map(|kept| kept.content),
        None => None,
    };
    let business = business.zip(playbook.clone()).map(|(business, playbook_key)| ValidatedBusiness {
        fp_bid: business.id,
        external_id: business.external_id,
        status: business.state.status,
        requires_manual_review: business.state.requires_manual_review,
        playbook_key,
        onboarding_id: onboarding.clone(),
    });
    let standing = if judged {
        Decision { status: outcome.status, requires_manual_review: outcome.requires_manual_review }
    } else {
        user.standing()
    };
    Ok(Json(Validated {
        user: ValidatedUser {
            fp_id: user.id.clone(),
            external_id: user.external_id,
            status: standing.status,
            requires_manual_review: standing.requires_manual_review,
            playbook_key: playbook,
            onboarding_id: judged.then_some(onboarding),
        },
        business,
        user_auth: UserAuth { fp_id: user.id, auth_events: redeemed.session.state.login.events },
    }))
}
