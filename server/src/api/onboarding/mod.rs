//! The Onboarding API: what a tenant's backend speaks.

mod audit;
mod businesses;
mod client_token;
mod outbox;
mod page;
mod session;
mod users;
mod validate;
mod vault;

use vestibule_protocol::endpoint::{
    CreateBusiness, CreateClientToken, CreateUser, DecryptBusinessVault, DecryptFile, DecryptVault,
    DecryptVaultWithToken, EraseBusinessVault, EraseVault, InviteOwner, ListAudit, ListBusinesses,
    ListOwners, ListUsers, MarkOwner, ReadBusiness, ReadBusinessVault, ReadOutbox, ReadUser, ReadVault,
    RequestInfo, ReviewUser, StartOnboarding, UpdateBusinessVault, UpdateVault, UpdateVaultWithToken,
    ValidateOnboarding, WithdrawInfoRequest,
};
use vestibule_protocol::id::{BusinessId, UserId};
use vestibule_protocol::onboarding;
use vestibule_protocol::problem::Code;

use super::call::{Auth, Call, Calls};
use super::error::Family;

/// Its calls.
pub fn calls() -> Calls {
    let sessions = Calls::of(Family::Onboarding)
        .with(Call::new(StartOnboarding, session::start).refuses(&[
            Code::InvalidPlaybookKey,
            Code::InvalidExternalId,
            Code::SandboxMismatch,
            Code::NotFound,
            Code::UserRequired,
            Code::NotAnOwner,
            Code::NothingRequested,
            Code::LoginUnavailable,
        ]))
        .with(Call::new(ValidateOnboarding, validate::validate).refuses(&[Code::InvalidValidationToken]));
    audits(business_vaults(vaults(businesses(people(sessions)))))
}

fn people(calls: Calls) -> Calls {
    calls
        .with(
            Call::new(ListUsers, users::list::list)
                .query::<onboarding::ListUsers>()
                .refuses(&[Code::InvalidExternalId]),
        )
        .with(
            Call::new(CreateUser, users::create::create)
                .refuses(&[Code::InvalidExternalId, Code::ExternalIdTaken]),
        )
        .with(Call::new(ReadUser, users::read::read))
        .with(Call::new(RequestInfo, users::request_info::ask).refuses(&[
            Code::NothingDecided,
            Code::InvalidPlaybookKey,
            Code::SandboxMismatch,
        ]))
        .with(Call::new(WithdrawInfoRequest, users::request_info::withdraw))
        .with(
            Call::new(ReviewUser, users::review::review)
                .refuses(&[Code::NothingDecided, Code::AlreadyReviewed]),
        )
}

fn businesses(calls: Calls) -> Calls {
    calls
        .with(
            Call::new(ListBusinesses, businesses::list::list)
                .query::<onboarding::ListBusinesses>()
                .refuses(&[Code::InvalidExternalId]),
        )
        .with(
            Call::new(CreateBusiness, businesses::create::create)
                .refuses(&[Code::InvalidExternalId, Code::ExternalIdTaken]),
        )
        .with(Call::new(ReadBusiness, businesses::read::read))
        .with(Call::new(ListOwners, businesses::owners::list))
        .with(Call::new(MarkOwner, businesses::mark::mark))
        .with(Call::new(InviteOwner, businesses::invite::invite).refuses(&[
            Code::BusinessIncomplete,
            Code::InvalidPlaybookKey,
            Code::LoginUnavailable,
        ]))
}

fn vaults(calls: Calls) -> Calls {
    calls
        .with(Call::new(ReadVault, vault::presence::read::<UserId>).query::<onboarding::ReadVault>())
        .with(Call::new(UpdateVault, vault::update::by_backend::<UserId, onboarding::UpdateVault>))
        .with(Call::new(EraseVault, vault::erase::erase::<UserId>))
        .with(Call::new(DecryptVault, vault::decrypt::by_backend::<UserId>))
        .with(Call::new(DecryptFile, vault::file::decrypt).gives_file())
        .with(Call::new(CreateClientToken, client_token::create))
        .with(
            Call::new(UpdateVaultWithToken, vault::update::by_page)
                .auth(Auth::ClientToken)
                .refuses(&[Code::OutOfScope]),
        )
        .with(
            Call::new(DecryptVaultWithToken, vault::decrypt::by_page)
                .auth(Auth::ClientToken)
                .refuses(&[Code::OutOfScope]),
        )
}

fn business_vaults(calls: Calls) -> Calls {
    calls
        .with(
            Call::new(ReadBusinessVault, vault::presence::read::<BusinessId>)
                .query::<onboarding::ReadVault>(),
        )
        .with(Call::new(
            UpdateBusinessVault,
            vault::update::by_backend::<BusinessId, onboarding::UpdateBusinessVault>,
        ))
        .with(Call::new(EraseBusinessVault, vault::erase::erase::<BusinessId>))
        .with(Call::new(DecryptBusinessVault, vault::decrypt::by_backend::<BusinessId>))
}

fn audits(calls: Calls) -> Calls {
    calls
        .with(Call::new(ListAudit, audit::list).query::<onboarding::ListAudit>())
        .with(Call::new(ReadOutbox, outbox::read).refuses(&[Code::NotFound]))
}
