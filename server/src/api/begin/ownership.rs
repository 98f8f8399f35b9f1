//! The business of a session: found or made, and the person's own.

use vestibule_protocol::id::BusinessId;
use vestibule_protocol::onboarding::Reference;
use vestibule_protocol::problem::Code;

use super::locate::{self, Firm, Person};
use super::{Begin, Repeat};
use crate::api::error::Failure;
use crate::app::App;
use crate::engine::business::Business;
use crate::random::id;

/// The business that a session is about, or whose owner it checks. If none is named, a skill about a
/// business goes on with the one that the person acted for before, where onboardings may be repeated, or
/// else makes one.
///
/// # Errors
/// [`Failure`] when there is no such business, or it is not the person's.
pub(super) async fn find_or_make(
    app: &App,
    begin: &Begin<'_>,
    person: &Person,
    about_business: bool,
) -> Result<Option<Firm>, Failure> {
    let former = former(begin, person).filter(|_| about_business).map(Reference::Id);
    let firm = match begin.business.or(former.as_ref()) {
        Some(reference) => {
            let found = locate::business(app, &begin.tenant.id, reference).await?;
            found.unwrap_or_else(|| made(app, reference, person))
        }
        None if about_business => Firm::new(Business::of(id(&*app.random), None, &person.record.id)),
        None => return Ok(None),
    };
    if firm.record.owner(&person.record.id).is_none() {
        return Err(Code::NotAnOwner.into());
    }
    Ok(Some(firm))
}

/// The business that the person acted for last on this playbook.
fn former(begin: &Begin<'_>, person: &Person) -> Option<BusinessId> {
    match begin.repeat {
        Repeat::Anew => None,
        Repeat::Once(_) => person.record.acted_for(&begin.playbook.key).cloned(),
    }
}

fn made(app: &App, reference: &Reference<BusinessId>, person: &Person) -> Firm {
    let (_, name) = reference.names();
    Firm::new(Business::of(id(&*app.random), name.cloned(), &person.record.id))
}
