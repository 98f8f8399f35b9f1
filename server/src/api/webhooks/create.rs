//! `POST /webhooks`: a backend says where it wants to be told of what happens.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use vestibule_protocol::field::FieldProblem;
use vestibule_protocol::problem::Code;
use vestibule_protocol::webhook::{CreateWebhook, Webhook};

use super::shown;
use crate::api::auth::Backend;
use crate::api::body::Body;
use crate::api::error::Failure;
use crate::app::App;
use crate::random::id;
use crate::webhook::endpoint::{Endpoint, EndpointState};
use crate::webhook::sign::secret;
use crate::webhook::target::Target;

/// How many endpoints a tenant may have.
const MOST: u32 = 16;

/// How long a description may be, in characters.
const LONGEST_DESCRIPTION: usize = 200;

pub(super) async fn create(
    State(app): State<Arc<App>>,
    Backend(tenant): Backend,
    Body(request): Body<CreateWebhook>,
) -> Result<Json<Webhook>, Failure> {
    if Target::parse(&request.url, app.reach).is_err() {
        return Err(Failure::field(Code::InvalidWebhookUrl, "url", FieldProblem::InvalidUrl));
    }
    if let Some(problem) = request.description.as_deref().and_then(refused) {
        return Err(Failure::field(Code::InvalidField, "description", problem));
    }
    let secret = secret(&*app.random);
    let endpoint = Endpoint {
        id: id(&*app.random),
        family: request.family,
        created_at: app.now(),
        state: EndpointState {
            url: request.url,
            description: request.description,
            secret: secret.clone(),
            former: Vec::new(),
        },
    };
    let row = app.ledger.new_endpoint(&endpoint)?;
    if !app.store.add_endpoint(&tenant.id, &row, MOST).await? {
        return Err(Code::TooManyWebhooks.into());
    }
    Ok(Json(shown(endpoint, Some(secret), app.now())))
}

fn refused(description: &str) -> Option<FieldProblem> {
    if description.chars().count() > LONGEST_DESCRIPTION {
        Some(FieldProblem::TooLong)
    } else if description.chars().any(char::is_control) {
        Some(FieldProblem::InvalidCharacters)
    } else {
        None
    }
}
