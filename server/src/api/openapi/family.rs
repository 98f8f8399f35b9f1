//! What differs from family to family, as documents say it.

use serde_json::Value;
use vestibule_protocol::problem::{OnboardingError, StepsError};

use super::schemas::Schemas;
use crate::api::call::Auth;
use crate::api::error::Family;

impl Family {
    /// All of them.
    pub const ALL: &[Family] = &[Family::Steps, Family::Onboarding];

    /// Its name in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Family::Steps => "steps",
            Family::Onboarding => "onboarding",
        }
    }

    /// What it is called.
    pub fn title(self) -> &'static str {
        match self {
            Family::Steps => "Steps API",
            Family::Onboarding => "Onboarding API",
        }
    }

    /// What it is for.
    pub fn about(self) -> &'static str {
        match self {
            Family::Steps => {
                "What a browser speaks: a session is opened or created, its steps are submitted one by one, \
                 files are uploaded. A backend redeems what the flow gave in the end."
            }
            Family::Onboarding => {
                "What a backend speaks: it starts a session for a person, sends them the link or gives its \
                 page the token, and learns the result."
            }
        }
    }

    /// What proves who calls, unless a call says otherwise.
    pub fn auth(self) -> Auth {
        match self {
            Family::Steps => Auth::Open,
            Family::Onboarding => Auth::SecretKey,
        }
    }

    /// The schema of its errors.
    pub fn error(self, schemas: &mut Schemas) -> Option<Value> {
        match self {
            Family::Steps => schemas.answered::<StepsError>(),
            Family::Onboarding => schemas.answered::<OnboardingError>(),
        }
    }
}
