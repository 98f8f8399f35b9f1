//! The Onboarding API: what a tenant's backend speaks.

mod businesses;
mod session;
mod users;
mod validate;

use vestibule_protocol::endpoint::{
    InviteOwner, ListOwners, MarkOwner, ReadBusiness, ReadUser, ReadVault, StartOnboarding,
    ValidateOnboarding,
};
use vestibule_protocol::problem::Code;

use super::call::{Call, Calls};
use super::error::Family;

/// Its calls.
pub fn calls() -> Calls {
    Calls::of(Family::Onboarding)
        .with(Call::new(StartOnboarding, session::start).refuses(&[
            Code::InvalidPlaybookKey,
            Code::InvalidExternalId,
            Code::SandboxMismatch,
            Code::NotFound,
            Code::UserRequired,
            Code::NotAnOwner,
            Code::NothingRequested,
        ]))
        .with(Call::new(ValidateOnboarding, validate::validate).refuses(&[Code::InvalidValidationToken]))
        .with(Call::new(ReadUser, users::read))
        .with(Call::new(ReadBusiness, businesses::read::read))
        .with(Call::new(ListOwners, businesses::owners::list))
        .with(Call::new(MarkOwner, businesses::mark::mark))
        .with(
            Call::new(InviteOwner, businesses::invite::invite)
                .refuses(&[Code::BusinessIncomplete, Code::InvalidPlaybookKey]),
        )
        .with(Call::new(ReadVault, users::vault).query::<users::Fields>())
}
