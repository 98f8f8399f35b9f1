//! What is kept of a ceremony between the question and the answer.

use serde::{Deserialize, Serialize};
use vestibule_protocol::date::Timestamp;
use webauthn_rs::prelude::{CredentialID, DiscoverableAuthentication, PasskeyRegistration};

use super::kept::UserHandle;
use super::refused::PasskeyRefused;
use super::relying_party::{RelyingParty, TIMEOUT};

/// An answer that a browser took to the last moment still has to arrive, over whatever connection.
const WAY: i64 = 60;

/// A ceremony that has begun.
pub struct Ceremony {
    /// What the browser is asked: JSON for `PublicKeyCredential.parseCreationOptionsFromJSON` or
    /// `parseRequestOptionsFromJSON`, as the ceremony is.
    pub options: String,
    /// What its answer is judged by. It stays on the server, and is forgotten at the first answer.
    pub state: String,
}

/// The state, read.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Begun {
    origin: String,
    ends: Timestamp,
    pub asked: Asked,
}

/// What was asked.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Asked {
    /// To make a passkey.
    Registration { user_handle: UserHandle, existing: Vec<CredentialID>, challenge: PasskeyRegistration },
    /// To sign with one of these, or with whichever the person chooses.
    Login { allowed: Option<Vec<CredentialID>>, challenge: DiscoverableAuthentication },
}

impl Begun {
    /// A ceremony of this page that begins now.
    pub fn begin(party: &RelyingParty, now: Timestamp, options: &impl Serialize, asked: Asked) -> Ceremony {
        let ends = now.plus_seconds(TIMEOUT.as_secs().cast_signed() + WAY);
        let begun = Self { origin: party.origin().to_owned(), ends, asked };
        let json = "texts, numbers and lists are JSON";
        Ceremony {
            options: serde_json::to_string(options).expect(json),
            state: serde_json::to_string(&begun).expect(json),
        }
    }

    /// What was asked of this page, unless that is over.
    ///
    /// # Errors
    /// [`PasskeyRefused::Ended`], or [`PasskeyRefused::OfAnotherOrigin`] where another page was asked.
    pub fn read(state: &str, party: &RelyingParty, now: Timestamp) -> Result<Asked, PasskeyRefused> {
        let begun: Self = serde_json::from_str(state).map_err(|_| PasskeyRefused::Ended)?;
        if now >= begun.ends {
            return Err(PasskeyRefused::Ended);
        }
        if begun.origin != party.origin() {
            return Err(PasskeyRefused::OfAnotherOrigin);
        }
        Ok(begun.asked)
    }
}
