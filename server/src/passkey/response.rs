//! Reading what a browser answered. All of it is hostile until it is judged.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use webauthn_rs::prelude::{PublicKeyCredential, RegisterPublicKeyCredential};

use super::refused::PasskeyRefused;
use super::relying_party::RelyingParty;

/// The longest answer that is read, in bytes. Those of real devices are below 4 KiB.
const LONGEST: usize = 16 * 1024;
/// The longest id of a credential, in bytes (section 6.5.1). The crate takes longer ones.
const LONGEST_ID: usize = 1023;

/// What a browser says of the page that asked it (`CollectedClientData`, section 5.8.1). The device signs it.
#[derive(Deserialize)]
struct ClientData {
    origin: String,
    /// Whether the page stands in a frame of another origin's.
    #[serde(rename = "crossOrigin", default)]
    cross_origin: Option<bool>,
}

/// An answer as `toJSON()` of a `PublicKeyCredential` writes it.
pub(super) trait Answer: DeserializeOwned {
    /// The credential's id: in base64url, in bytes, and what kind of credential it is.
    fn name(&self) -> (&str, &[u8], &str);
    /// What the browser says of the page, as it was signed.
    fn client_data(&self) -> &[u8];
}

impl Answer for PublicKeyCredential {
    fn name(&self) -> (&str, &[u8], &str) {
        (&self.id, &self.raw_id, &self.type_)
    }

    fn client_data(&self) -> &[u8] {
        &self.response.client_data_json
    }
}

impl Answer for RegisterPublicKeyCredential {
    fn name(&self) -> (&str, &[u8], &str) {
        (&self.id, &self.raw_id, &self.type_)
    }

    fn client_data(&self) -> &[u8] {
        &self.response.client_data_json
    }
}

/// The credential's id in the answer to a login, to look up whose it is before the login is finished. It is
/// what the browser says: nothing is judged yet.
///
/// # Errors
/// [`PasskeyRefused::Malformed`].
pub fn credential_of(response: &str) -> Result<Vec<u8>, PasskeyRefused> {
    read::<PublicKeyCredential>(response).map(|answer| answer.raw_id)
}

/// An answer of the right form, whoever gave it.
fn read<A: Answer>(response: &str) -> Result<A, PasskeyRefused> {
    if response.len() > LONGEST {
        return Err(PasskeyRefused::Malformed);
    }
    let answer: A = serde_json::from_str(response).map_err(|_| PasskeyRefused::Malformed)?;
    let (id, bytes, kind) = answer.name();
    let is_named = (1..=LONGEST_ID).contains(&bytes.len()) && URL_SAFE_NO_PAD.encode(bytes) == id;
    if !is_named || kind != "public-key" {
        return Err(PasskeyRefused::Malformed);
    }
    Ok(answer)
}

/// An answer of the right form that was given to this very page, and to no frame in it or around it.
pub(super) fn read_of<A: Answer>(party: &RelyingParty, response: &str) -> Result<A, PasskeyRefused> {
    let answer: A = read(response)?;
    let page: ClientData =
        serde_json::from_slice(answer.client_data()).map_err(|_| PasskeyRefused::Malformed)?;
    if page.origin != party.origin() || page.cross_origin == Some(true) {
        return Err(PasskeyRefused::OfAnotherOrigin);
    }
    Ok(answer)
}
