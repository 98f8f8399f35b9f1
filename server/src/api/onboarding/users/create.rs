//! `POST /users`: a backend makes a person known before any session of theirs.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use vestibule_protocol::field::FieldProblem;
use vestibule_protocol::onboarding::{CreateUser, User};
use vestibule_protocol::problem::Code;

use super::described;
use crate::api::auth::{Backend, actor};
use crate::api::body::Body;
use crate::api::error::{Failure, gravest};
use crate::app::{App, TRIES};
use crate::engine::audit::{Deed, Record};
use crate::engine::rewrite::Rewrite;
use crate::engine::user;
use crate::engine::vault::Whose;
use crate::ledger::Fault;
use crate::random::id;
use crate::store::Change;
use crate::store::audit::Subject;

pub(in crate::api::onboarding) async fn create(
    State(app): State<Arc<App>>,
    Backend(tenant): Backend,
    Body(request): Body<CreateUser>,
) -> Result<Json<User>, Failure> {
    let rewrite = Rewrite::read(&request.data.unwrap_or_default(), Whose::Person, app.now().date())
        .map_err(|fields| Failure::Refused { code: gravest(&fields), fields })?;
    let user = user::User::known(id(&*app.random), request.external_id, &rewrite);
    let record = Record { actor: actor(&tenant), deed: Deed::UserCreated { fields: rewrite.names() } };
    for _ in 0..TRIES {
        if let Some(name) = &user.external_id
            && app.ledger.user_called(&tenant.id, name).await?.is_some()
        {
            return Err(Failure::field(Code::ExternalIdTaken, "external_id", FieldProblem::NotAnOption));
        }
        let subject = Subject::User(user.id.clone());
        let change = Change {
            users: vec![app.ledger.new_user(&user)?],
            audits: vec![app.ledger.record(&tenant.id, subject, &record, app.now())?],
            ..Change::default()
        };
        if app.commit(&tenant.id, &change).await? {
            return Ok(Json(described(user)));
        }
    }
    Err(Fault::Contention.into())
}
