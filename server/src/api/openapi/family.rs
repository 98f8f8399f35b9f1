//! What differs from family to family, as documents say it.

use serde_json::{Value, json};
use vestibule_protocol::problem::{Code, OmniError, OnboardingError, StepsError};

use super::schemas::Schemas;
use crate::api::call::Auth;
use crate::api::error::Family;
use crate::api::omni::VERSION;

impl Family {
    /// All of them.
    pub const ALL: &[Family] = &[Family::Steps, Family::Onboarding, Family::Omni];

    /// Its name in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Family::Steps => "steps",
            Family::Onboarding => "onboarding",
            Family::Omni => "omni",
        }
    }

    /// What it is called.
    pub fn title(self) -> &'static str {
        match self {
            Family::Steps => "Steps API",
            Family::Onboarding => "Onboarding API",
            Family::Omni => "Omni API",
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
            Family::Omni => {
                "What other backends speak: one starts a session, sends the person to its address, and reads \
                 how far it has come, what was found and what was given. It names the session by `id`, or by \
                 the session's own token in `X-Incode-Hardware-Id`. Under `/0` that token alone is enough."
            }
        }
    }

    /// What proves who calls, unless a call says otherwise.
    pub fn auth(self) -> Auth {
        match self {
            Family::Steps => Auth::Open,
            Family::Onboarding => Auth::SecretKey,
            Family::Omni => Auth::ApiKey,
        }
    }

    /// The schema of its errors.
    pub fn error(self, schemas: &mut Schemas) -> Option<Value> {
        match self {
            Family::Steps => schemas.answered::<StepsError>(),
            Family::Onboarding => schemas.answered::<OnboardingError>(),
            Family::Omni => schemas.answered::<OmniError>(),
        }
    }

    /// What says in an error which of `codes` it is.
    pub fn told(self, codes: &[Code]) -> Value {
        match self {
            Family::Steps | Family::Onboarding => json!({ "code": { "enum": codes } }),
            Family::Omni => {
                let words: Vec<&str> = codes.iter().map(|code| code.as_str()).collect();
                json!({ "message": { "pattern": format!("^({}): ", words.join("|")) } })
            }
        }
    }

    /// The headers that each of its calls takes.
    pub fn headers(self) -> Vec<Value> {
        match self {
            Family::Steps | Family::Onboarding => Vec::new(),
            Family::Omni => vec![json!({
                "name": VERSION.0,
                "in": "header",
                "required": true,
                "description": "The version of this family.",
                "schema": { "const": VERSION.1 },
            })],
        }
    }

    /// Why any of its calls may be refused.
    pub fn refusals(self) -> &'static [Code] {
        match self {
            Family::Steps | Family::Onboarding => &[],
            Family::Omni => &[Code::InvalidApiVersion],
        }
    }
}
