//! What is kept of a person or a business: which data there are, what they are, writing and erasing them.

pub(super) mod decrypt;
pub(super) mod erase;
pub(super) mod file;
mod holder;
pub(super) mod presence;
pub(super) mod update;

use vestibule_protocol::field::{FieldName, FieldProblem};
use vestibule_protocol::id::TenantId;
use vestibule_protocol::onboarding::{Actor, ActorKind, Scope};
use vestibule_protocol::problem::Code;

use crate::api::auth::actor;
use crate::api::error::Failure;
use crate::app::App;
use crate::digest::Digest;
use crate::engine::audit::{Deed, Record};
use crate::engine::grant::Grant;
use crate::ledger::Fault;
use crate::store::audit::{AuditRow, Subject};
use crate::store::people::GrantUse;
use crate::store::{Change, Tenant};

/// The most data that one call may name.
const MOST_FIELDS: usize = 200;

/// By which right somebody works with the data of a person or a business.
struct Right {
    tenant: TenantId,
    subject: Subject,
    actor: Actor,
    /// What a page may do, and how often it has done so; a backend may do everything.
    granted: Option<(Grant, GrantUse)>,
}

impl Right {
    /// A backend's.
    fn of_backend(tenant: &Tenant, subject: impl Into<Subject>) -> Self {
        Self { tenant: tenant.id.clone(), subject: subject.into(), actor: actor(tenant), granted: None }
    }

    /// A web page's with a person's data, by its client token.
    async fn of_page(app: &App, token: &Digest) -> Result<Self, Failure> {
        let tenant = app.store.tenant_of_grant(token).await?.ok_or(Code::InvalidClientToken)?;
        let row = app.store.grant(&tenant, token).await?.ok_or(Code::InvalidClientToken)?;
        if app.now() >= row.expires_at {
            return Err(Code::InvalidClientToken.into());
        }
        let grant = app.ledger.open_grant(&tenant, &row)?;
        let former = GrantUse { token: *token, former: row.uses };
        let actor = Actor { kind: ActorKind::ClientToken, id: token.name(), nth_use: Some(row.uses + 1) };
        Ok(Self { tenant, subject: row.user.into(), actor, granted: Some((grant, former)) })
    }

    /// Whether this may be done with all of these data.
    fn allows<'a>(&self, scope: Scope, fields: impl Iterator<Item = &'a str>) -> Result<(), Failure> {
        let Some((grant, _)) = &self.granted else { return Ok(()) };
        grant.allows(scope, fields).map_err(|fields| Failure::Refused { code: Code::OutOfScope, fields })
    }

    /// What is written of a deed, besides what it changes.
    fn change(&self, app: &App, deed: Deed) -> Result<Change, Fault> {
        Ok(Change {
            audits: vec![self.record(app, deed)?],
            used: self.granted.as_ref().map(|(_, used)| used.clone()),
            ..Change::default()
        })
    }

    fn record(&self, app: &App, deed: Deed) -> Result<AuditRow, Fault> {
        let record = Record { actor: self.actor.clone(), deed };
        app.ledger.record(&self.tenant, self.subject.clone(), &record, app.now())
    }
}

/// The data that a call names: at least one.
fn named(fields: &[FieldName]) -> Result<&[FieldName], Failure> {
    match fields.len() {
        0 => Err(Failure::field(Code::MissingFields, "fields", FieldProblem::Required)),
        1..=MOST_FIELDS => Ok(fields),
        _ => Err(Failure::field(Code::InvalidField, "fields", FieldProblem::TooLong)),
    }
}
