//! The Onboarding API: what a tenant's backend says and hears.

mod audit;
mod business;
#[cfg(feature = "schema")]
mod kinds;
mod outbox;
mod session;
mod user;
mod validation;
mod vault;

pub use crate::login::AuthMethod;
pub use audit::{Actor, ActorKind, AuditAction, AuditEvent, ListAudit};
pub use business::{
    Business, BusinessOwner, CreateBusiness, InviteOwner, ListBusinesses, MarkOwner, OwnerKind,
};
pub use outbox::{LetterKind, OutboxLetter};
pub use session::{Misfit, Onboard, OnboardingKind, OnboardingStarted, Purpose, Reference, StartOnboarding};
pub use user::{CreateUser, InfoRequest, List, ListUsers, RequestInfo, ReviewUser, User};
pub use validation::{UserAuth, ValidateOnboarding, Validated, ValidatedBusiness, ValidatedUser};
pub use vault::{
    ClientTokenCreated, CreateClientToken, DecryptFile, DecryptVault, DecryptWithToken, EraseVault,
    ReadVault, Scope, UpdateBusinessVault, UpdateVault, VaultPresence, VaultValues,
};
