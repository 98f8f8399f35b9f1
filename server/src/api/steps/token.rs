//! `POST /token` and `POST /tokens`: a backend redeems a temp token.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use vestibule_protocol::problem::Code;
use vestibule_protocol::secret::AccessToken;
use vestibule_protocol::session::{RedeemToken, Redeemed};

use crate::api::body::Body;
use crate::api::error::Failure;
use crate::api::{auth, redeem};
use crate::app::App;
use crate::random::secret;

pub(super) async fn redeem(
    State(app): State<Arc<App>>,
    Body(request): Body<RedeemToken>,
) -> Result<Json<Redeemed>, Failure> {
    let tenant = auth::backend(&app, &request.client_id, &request.client_secret).await?;
    let access_token: AccessToken = secret(&*app.random);
    let redeemed = redeem::redeem(&app, &tenant, &request.temp_token, Some(&access_token)).await?;
    let credentials_id = redeemed.ok_or(Code::InvalidTempToken)?.credentials().clone();
    Ok(Json(Redeemed { access_token, credentials_id }))
}
