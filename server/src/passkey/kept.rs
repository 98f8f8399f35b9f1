//! A passkey as it is kept.

use std::fmt;

use serde::{Deserialize, Serialize};
use vestibule_protocol::date::Timestamp;
use webauthn_rs::prelude::{self as webauthn, AttestationFormat, Credential, ParsedAttestation};
use webauthn_rs_proto::AuthenticatorTransport;

/// By which an authenticator knows a person: 16 random bytes, drawn once for each. Whoever holds the device
/// can read them without being asked who they are, so they say nothing of the person.
pub type UserHandle = [u8; 16];

/// A passkey of a person: what is needed to judge its signatures. It is personal, and is kept sealed. Only its
/// credential may be told to a browser that has not proved anything.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Passkey {
    relying_party: String,
    user_handle: UserHandle,
    made: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    used: Option<Timestamp>,
    pub(super) key: webauthn::Passkey,
}

impl Passkey {
    /// A new one. Of the credential goes what says who made the device: nobody asked.
    pub(super) fn new(
        relying_party: &str,
        user_handle: UserHandle,
        key: webauthn::Passkey,
        transports: Option<Vec<AuthenticatorTransport>>,
        now: Timestamp,
    ) -> Self {
        let key = Credential {
            attestation: ParsedAttestation::default(),
            attestation_format: AttestationFormat::None,
            transports: transports.map(known),
            ..Credential::from(key)
        };
        Self { relying_party: relying_party.to_owned(), user_handle, made: now, used: None, key: key.into() }
    }

    /// The same after it was used, with its counter moved on.
    pub(super) fn after(&self, verdict: &webauthn::AuthenticationResult, now: Timestamp) -> Self {
        let mut after = Self { used: Some(now), ..self.clone() };
        after.key.update_credential(verdict);
        after
    }

    /// The credential's id, by which browsers name it: at most 1023 bytes.
    pub fn credential(&self) -> &[u8] {
        self.key.cred_id()
    }

    /// The host at which it was made and is used: a relying party's id.
    pub fn relying_party(&self) -> &str {
        &self.relying_party
    }

    /// Whose it is.
    pub fn user_handle(&self) -> UserHandle {
        self.user_handle
    }

    /// When it was made.
    pub fn made(&self) -> Timestamp {
        self.made
    }

    /// When it let its person in last, if it ever did.
    pub fn used(&self) -> Option<Timestamp> {
        self.used
    }

    /// Over what a browser may find the device (USB, the device itself and so on), as it said at registration.
    pub(super) fn transports(&self) -> Option<Vec<AuthenticatorTransport>> {
        Credential::from(self.key.clone()).transports
    }
}

/// Names the host and nothing of the person.
impl fmt::Debug for Passkey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Passkey").field("relying_party", &self.relying_party).finish_non_exhaustive()
    }
}

/// Each once, and none of which a browser would have to guess what it means.
fn known(said: Vec<AuthenticatorTransport>) -> Vec<AuthenticatorTransport> {
    let mut known: Vec<AuthenticatorTransport> = Vec::new();
    for transport in said {
        if transport != AuthenticatorTransport::Unknown && !known.contains(&transport) {
            known.push(transport);
        }
    }
    known
}
