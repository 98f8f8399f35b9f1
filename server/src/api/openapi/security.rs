//! What proves who calls, as documents say it.

use serde_json::{Value, json};
use vestibule_protocol::problem::Code;

use crate::api::auth::{API_KEY, OWN_TOKEN};
use crate::api::call::Auth;

impl Auth {
    /// The name of its scheme; `None` where the header takes nothing.
    pub fn scheme(self) -> Option<&'static str> {
        match self {
            Auth::Open => None,
            Auth::SecretKey => Some("secret_key"),
            Auth::SessionToken => Some("session_token"),
            Auth::AccessToken => Some("access_token"),
            Auth::ApiKey => Some("api_key"),
            Auth::OwnToken => Some("own_token"),
            Auth::ClientToken => Some("client_token"),
        }
    }

    /// The code of a wrong or missing one.
    pub fn refusal(self) -> Option<Code> {
        match self {
            Auth::Open => None,
            Auth::SecretKey => Some(Code::InvalidSecretKey),
            Auth::SessionToken | Auth::AccessToken | Auth::OwnToken => Some(Code::InvalidToken),
            Auth::ApiKey => Some(Code::InvalidApiKey),
            Auth::ClientToken => Some(Code::InvalidClientToken),
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
                "description": "The token of one session (`obtok_…`, in the omni family a JSON Web Token), by which \
                    a browser opens and resumes it.",
            }),
            Auth::ClientToken => json!({
                "type": "http",
                "scheme": "bearer",
                "description": "The token (`cttok_…`) that a backend made for a web page of its own, for some data of one person.",
            }),
            Auth::AccessToken => json!({
                "type": "http",
                "scheme": "bearer",
                "description": "The `access_token` (`acctok_…`) that redeeming a temp token gave. For backends only.",
            }),
            Auth::ApiKey => json!({
                "type": "apiKey",
                "in": "header",
                "name": API_KEY,
                "description": "The API key (`ak_…`). For backends only.",
            }),
            Auth::OwnToken => json!({
                "type": "apiKey",
                "in": "header",
                "name": OWN_TOKEN,
                "description": "The token that starting a session gave. It reads this session alone.",
            }),
        }
    }
}
