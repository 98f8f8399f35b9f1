//! The Onboarding API: what a tenant's backend says and hears.

mod session;
mod user;
mod validation;
mod vault;

pub use session::{
    AuthMethod, Misfit, Onboard, OnboardingKind, OnboardingStarted, Purpose, Reference, StartOnboarding,
};
pub use user::{InfoRequest, User};
pub use validation::{AuthEvent, UserAuth, ValidateOnboarding, Validated, ValidatedBusiness, ValidatedUser};
pub use vault::VaultPresence;
