//! What every call does that shows or takes a step about log-in: it knows the person, and asks authenticators.

pub mod page;
mod passkeys;
mod take;
mod write;

use vestibule_protocol::login::AuthMethod;
use vestibule_protocol::problem::Code;
use vestibule_protocol::skill::Skill;

pub use self::page::Page;
pub use self::take::{Submission, take};
use crate::api::error::Failure;
use crate::app::App;
use crate::engine::session::{Fresh, Session};
use crate::engine::user::User;
use crate::ledger::{Fault, KeptSession, KeptUser};
use crate::store::Tenant;

/// A session that was read, with what the next transition takes. Its person is read too where they log in to it.
///
/// # Errors
/// [`Fault`].
pub async fn ready_kept(
    app: &App,
    tenant: &Tenant,
    kept: &KeptSession,
    page: &Page,
) -> Result<(Session, Fresh), Fault> {
    let session = kept.content.clone();
    if session.skill.identify().is_none() {
        let fresh = app.fresh(&session.id);
        return Ok((session, fresh));
    }
    let person = person(app, tenant, &session).await?;
    ready(app, tenant, session, &person.content, page)
}

/// The person of a session.
async fn person(app: &App, tenant: &Tenant, session: &Session) -> Result<KeptUser, Fault> {
    let person = app.ledger.user(&tenant.id, &session.user).await?;
    person.ok_or(Fault::Missing("the person of a session"))
}

/// A session whose steps about log-in show how `person` can log in, and what the next transition takes.
///
/// # Errors
/// [`Fault`].
pub fn ready(
    app: &App,
    tenant: &Tenant,
    mut session: Session,
    person: &User,
    page: &Page,
) -> Result<(Session, Fresh), Fault> {
    let mut fresh = app.fresh(&session.id);
    if session.skill.identify().is_some() {
        session.acquaint(person, &app.reaches(tenant));
        fresh.login.ceremonies = passkeys::ceremonies(app, tenant, &session, person, page)?;
    }
    Ok((session, fresh))
}

/// Whether people of this tenant can log in as the skill asks them to.
///
/// # Errors
/// [`Code::LoginUnavailable`] when no code could be sent by any of its ways.
pub fn check(app: &App, tenant: &Tenant, skill: &Skill) -> Result<(), Failure> {
    let reaches = app.reaches(tenant);
    let reached = |methods: &[AuthMethod]| methods.iter().any(|method| reaches.contains(method));
    match skill.identify() {
        Some((_, methods)) if !reached(methods) => Err(Code::LoginUnavailable.into()),
        _ => Ok(()),
    }
}
