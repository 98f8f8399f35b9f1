//! The Onboarding API: what a tenant's backend says and hears.

mod business;
mod session;
mod user;
mod validation;
mod vault;

pub use business::{Business, BusinessOwner, InviteOwner, MarkOwner, OwnerKind};
pub use session::{
    AuthMethod, Misfit, Onboard, OnboardingKind, OnboardingStarted, Purpose, Reference, StartOnboarding,
};
pub use user::{InfoRequest, User};
pub use validation::{AuthEvent, UserAuth, ValidateOnboarding, Validated, ValidatedBusiness, ValidatedUser};
pub use vault::VaultPresence;
