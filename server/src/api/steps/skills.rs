//! `GET /skills` and `GET /skills/{name}`: the published catalogue.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use vestibule_protocol::id::SkillName;
use vestibule_protocol::problem::Code;
use vestibule_protocol::skill::Skill;

use crate::api::error::Failure;
use crate::api::path::Named;
use crate::app::App;

pub(super) async fn list(State(app): State<Arc<App>>) -> Json<Vec<Skill>> {
    Json(app.catalogue.all().iter().map(|published| Skill::clone(&published.skill)).collect())
}

/// The name holds a `#`, which a path writes as `%23`.
pub(super) async fn read(
    State(app): State<Arc<App>>,
    Named(name): Named<SkillName>,
) -> Result<Json<Skill>, Failure> {
    let published = app.catalogue.find(&name).ok_or(Code::InvalidSkillName)?;
    Ok(Json(Skill::clone(&published.skill)))
}
