//! The person and the business that a call is about, by whichever of their names.

use vestibule_protocol::field::FieldProblem;
use vestibule_protocol::id::{BusinessId, ExternalId, TenantId, UserId};
use vestibule_protocol::onboarding::Reference;
use vestibule_protocol::problem::Code;

use crate::api::error::Failure;
use crate::app::App;
use crate::engine::business::{Business, BusinessState};
use crate::engine::record::Record;
use crate::engine::user::{User, UserState};
use crate::ledger::{Fault, KeptRecord, Ledger};
use crate::store::{BusinessRow, UserRow};

/// A record as it is to be written: found, or new.
pub struct Located<I, S> {
    kept: Option<KeptRecord<I, S>>,
    /// The record.
    pub record: Record<I, S>,
}

/// A person who was found or made.
pub type Person = Located<UserId, UserState>;
/// A business that was found or made.
pub type Firm = Located<BusinessId, BusinessState>;

/// What a request calls the two names of a record.
struct Members {
    id: &'static str,
    external: &'static str,
}

const OF_PERSON: Members = Members { id: "fp_id", external: "user_external_id" };
const OF_BUSINESS: Members = Members { id: "fp_bid", external: "business_external_id" };

/// The person of this reference. By the server's name they must be there; by the tenant's they may be.
///
/// # Errors
/// [`Failure`] when there is no such person, or they are called otherwise.
pub async fn person(
    app: &App,
    tenant: &TenantId,
    reference: &Reference<UserId>,
) -> Result<Option<Person>, Failure> {
    let (id, name) = reference.names();
    let by_id = match id {
        Some(id) => Some(app.ledger.user(tenant, id).await?),
        None => None,
    };
    let by_name = match name {
        Some(name) => app.ledger.user_called(tenant, name).await?,
        None => None,
    };
    meant(by_id, by_name, name, &OF_PERSON)
}

/// The person of this reference, who must be there.
///
/// # Errors
/// [`Failure`] when there is no such person, or they are called otherwise.
pub async fn known_person(
    app: &App,
    tenant: &TenantId,
    reference: &Reference<UserId>,
) -> Result<Person, Failure> {
    let unknown = || Failure::field(Code::NotFound, OF_PERSON.external, FieldProblem::NotAnOption);
    person(app, tenant, reference).await?.ok_or_else(unknown)
}

/// The business of this reference, in the manner of a person.
///
/// # Errors
/// [`Failure`] when there is no such business, or it is called otherwise.
pub async fn business(
    app: &App,
    tenant: &TenantId,
    reference: &Reference<BusinessId>,
) -> Result<Option<Firm>, Failure> {
    let (id, name) = reference.names();
    let by_id = match id {
        Some(id) => Some(app.ledger.business(tenant, id).await?),
        None => None,
    };
    let by_name = match name {
        Some(name) => app.ledger.business_called(tenant, name).await?,
        None => None,
    };
    meant(by_id, by_name, name, &OF_BUSINESS)
}

/// Of what was found by each name, the record that is meant. One that is found by the server's name gets
/// the tenant's, if it has none and nobody else has it.
fn meant<I: Clone, S: Clone>(
    by_id: Option<Option<KeptRecord<I, S>>>,
    by_name: Option<KeptRecord<I, S>>,
    name: Option<&ExternalId>,
    members: &Members,
) -> Result<Option<Located<I, S>>, Failure> {
    let refused = |code, member| Failure::field(code, member, FieldProblem::NotAnOption);
    let Some(by_id) = by_id else { return Ok(by_name.map(Located::from)) };
    let mut located = Located::from(by_id.ok_or_else(|| refused(Code::NotFound, members.id))?);
    match (name, &located.record.external_id) {
        (None, _) => {}
        (Some(name), Some(same)) if name == same => {}
        (Some(name), None) if by_name.is_none() => located.record.external_id = Some(name.clone()),
        _ => return Err(refused(Code::InvalidField, members.external)),
    }
    Ok(Some(located))
}

impl<I, S> Located<I, S> {
    /// One that is new.
    pub fn new(record: Record<I, S>) -> Self {
        Self { kept: None, record }
    }

    /// Whether it is new.
    pub fn is_new(&self) -> bool {
        self.kept.is_none()
    }
}

impl Person {
    /// Their row.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn row(&self, ledger: &Ledger) -> Result<UserRow, Fault> {
        let user: &User = &self.record;
        self.kept.as_ref().map_or_else(|| ledger.new_user(user), |kept| ledger.seal_user(kept, user))
    }
}

impl Firm {
    /// Its row.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn row(&self, ledger: &Ledger) -> Result<BusinessRow, Fault> {
        let business: &Business = &self.record;
        self.kept
            .as_ref()
            .map_or_else(|| ledger.new_business(business), |kept| ledger.seal_business(kept, business))
    }
}

impl<I: Clone, S: Clone> From<KeptRecord<I, S>> for Located<I, S> {
    fn from(kept: KeptRecord<I, S>) -> Self {
        Self { record: kept.content.clone(), kept: Some(kept) }
    }
}
