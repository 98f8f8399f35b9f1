//! What proves who calls, as documents say it.

use serde_json::{Value, json};
use vestibule_protocol::problem::Code;

use crate::api::call::Auth;

impl Auth {
    /// The name of its scheme; `None` where the header takes nothing.
    pub fn scheme(self) -> Option<&'static str> {
        match self {
            Auth::Open => None,
            Auth::SecretKey => Some("secret_key"),
            Auth::SessionToken => Some("session_token"),
            Auth::AccessToken => Some("access_token"),
        }
    }

    /// The code of a wrong or missing one.
    pub fn refusal(self) -> Option<Code> {
        match self {
            Auth::Open => None,
            Auth::SecretKey => Some(Code::InvalidSecretKey),
            Auth::SessionToken | Auth::AccessToken => Some(Code::InvalidToken),
        }
    }

    /// The security scheme object.
    pub fn description(self) -> Value {
        match self {
            Auth::Open => Value::Null,
            Auth::SecretKey => json!({
                "type": "http",
                "scheme": "basic",
                "description": "The secret key (`sk_…`) is the user name, the password is empty. For backends only.",
            }),
            Auth::SessionToken => json!({
                "type": "http",
                "scheme": "bearer",
                "description": "The token of one session (`obtok_…`), by which a browser opens and resumes it.",
            }),
            Auth::AccessToken => json!({
                "type": "http",
                "scheme": "bearer",
                "description": "The `access_token` (`acctok_…`) that redeeming a temp token gave. For backends only.",
            }),
        }
    }
}
