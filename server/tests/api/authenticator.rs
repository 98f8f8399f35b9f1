//! A browser with an authenticator in software: it makes passkeys and signs with them as real ones do, and
//! lies when it is told to.

use std::cell::RefCell;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use url::Url;

/// Flags of authenticator data (Web Authentication, section 6.1).
pub const PRESENT: u8 = 1;
pub const VERIFIED: u8 = 1 << 2;
pub const BACKUP_ELIGIBLE: u8 = 1 << 3;
pub const BACKED_UP: u8 = 1 << 4;
const ATTESTED: u8 = 1 << 6;

/// A person's device, with the browser through which it is asked.
pub struct Authenticator {
    seed: &'static str,
    flags: u8,
    counts: bool,
    attests: bool,
    held: RefCell<Vec<Held>>,
}

/// A passkey, where it is held.
#[derive(Clone)]
struct Held {
    id: Vec<u8>,
    key: SigningKey,
    relying_party: String,
    user_handle: Vec<u8>,
    counter: u32,
}

/// In what an answer differs from what a browser and a device say.
#[derive(Clone, Default)]
pub struct Lies {
    /// Another origin than the page's.
    pub origin: Option<&'static str>,
    /// That the page stands in a frame.
    pub framed: bool,
    /// Another challenge, in base64url.
    pub challenge: Option<String>,
    /// Another kind of ceremony.
    pub kind: Option<&'static str>,
    /// Another host than that which asks.
    pub relying_party: Option<&'static str>,
    /// These flags and no others but that of attested data.
    pub flags: Option<u8>,
    /// A count of its own.
    pub counter: Option<u32>,
    /// Another credential id, where one is made.
    pub credential: Option<Vec<u8>>,
    /// An algorithm (COSE) that the key is said to be for.
    pub algorithm: Option<i64>,
    /// A passkey is made although there is one.
    pub again: bool,
}

impl Authenticator {
    /// A phone whose passkeys are copied to the person's other devices. It does not count.
    pub fn phone(seed: &'static str) -> Self {
        let flags = PRESENT | VERIFIED | BACKUP_ELIGIBLE | BACKED_UP;
        Self { seed, flags, counts: false, attests: false, held: RefCell::default() }
    }

    /// A security key, which keeps its passkeys to itself and counts what it signs.
    pub fn security_key(seed: &'static str) -> Self {
        Self { flags: PRESENT | VERIFIED, counts: true, ..Self::phone(seed) }
    }

    /// The same, signing for itself when it makes a passkey, which browsers let pass although nobody asks.
    pub fn attesting(self) -> Self {
        Self { attests: true, ..self }
    }

    /// A copy of the device as it is now, as a thief makes one.
    pub fn copy(&self) -> Self {
        Self { held: self.held.clone(), ..*self }
    }

    /// `navigator.credentials.create()` on a page, as JSON. `None` is a person who was told that there is one
    /// already.
    pub fn create(&self, page: &str, options: &str) -> Option<Value> {
        self.create_lying(page, options, &Lies::default())
    }

    /// The same with lies.
    pub fn create_lying(&self, page: &str, options: &str, lies: &Lies) -> Option<Value> {
        let options: Value = serde_json::from_str(options).unwrap();
        let host = may_ask(page, options["rp"]["id"].as_str().unwrap());
        let mut held = self.held.borrow_mut();
        let excluded = ids(&options["excludeCredentials"]);
        if !lies.again && held.iter().any(|passkey| excluded.contains(&passkey.id)) {
            return None;
        }
        let digest = |purpose: &str| {
            let made = held.len().to_string();
            Sha256::digest([self.seed, &host, purpose, &made].join("/")).to_vec()
        };
        let made = Held {
            id: lies.credential.clone().unwrap_or_else(|| digest("id")),
            key: SigningKey::from_slice(&digest("key")).unwrap(),
            relying_party: host,
            user_handle: bytes(&options["user"]["id"]),
            counter: u32::from(self.counts),
        };
        let client_data = client_data("webauthn.create", page, &options["challenge"], lies);
        let mut data = self.authenticator_data(&made, ATTESTED, lies);
        data.extend([0; 16]);
        data.extend(u16::try_from(made.id.len()).unwrap().to_be_bytes());
        data.extend(&made.id);
        data.extend(public_key(&made.key, lies.algorithm.unwrap_or(-7)));
        let signature = made.key.clone().sign_with(&data, &client_data);
        let (format, statement) = if self.attests {
            let statement = [(text("alg"), negative(-7)), (text("sig"), byte_string(&signature))];
            ("packed", map(&statement))
        } else {
            ("none", map(&[]))
        };
        let object = map(&[
            (text("fmt"), text(format)),
            (text("attStmt"), statement),
            (text("authData"), byte_string(&data)),
        ]);
        let answer = json!({
            "id": base64url(&made.id),
            "rawId": base64url(&made.id),
            "type": "public-key",
            "authenticatorAttachment": "platform",
            "clientExtensionResults": {"credProps": {"rk": true}},
            "response": {
                "clientDataJSON": base64url(&client_data),
                "attestationObject": base64url(&object),
                "authenticatorData": base64url(&data),
                "publicKeyAlgorithm": -7,
                "transports": ["hybrid", "internal"],
            },
        });
        held.retain(|passkey| passkey.id != made.id);
        held.push(made);
        Some(answer)
    }

    /// `navigator.credentials.get()` on a page, as JSON, when the person takes the newest passkey that will do.
    /// `None` is a person who was told that there is none.
    pub fn get(&self, page: &str, options: &str) -> Option<Value> {
        self.get_lying(page, options, &Lies::default())
    }

    /// The same with lies.
    pub fn get_lying(&self, page: &str, options: &str, lies: &Lies) -> Option<Value> {
        let options: Value = serde_json::from_str(options).unwrap();
        let host = may_ask(page, options["rpId"].as_str().unwrap());
        let allowed = ids(&options["allowCredentials"]);
        let mut held = self.held.borrow_mut();
        let mut here = held.iter_mut().rev().filter(|passkey| passkey.relying_party == host);
        let passkey = here.find(|passkey| allowed.is_empty() || allowed.contains(&passkey.id))?;
        passkey.counter += u32::from(self.counts);
        let client_data = client_data("webauthn.get", page, &options["challenge"], lies);
        let data = self.authenticator_data(passkey, 0, lies);
        Some(json!({
            "id": base64url(&passkey.id),
            "rawId": base64url(&passkey.id),
            "type": "public-key",
            "authenticatorAttachment": "platform",
            "clientExtensionResults": {},
            "response": {
                "clientDataJSON": base64url(&client_data),
                "authenticatorData": base64url(&data),
                "signature": base64url(&passkey.key.sign_with(&data, &client_data)),
                "userHandle": base64url(&passkey.user_handle),
            },
        }))
    }

    fn authenticator_data(&self, passkey: &Held, further: u8, lies: &Lies) -> Vec<u8> {
        let host = lies.relying_party.unwrap_or(&passkey.relying_party);
        let mut data = Sha256::digest(host).to_vec();
        data.push(lies.flags.unwrap_or(self.flags) | further);
        data.extend(lies.counter.unwrap_or(passkey.counter).to_be_bytes());
        data
    }
}

/// How a device signs, in both ceremonies.
trait SignWith {
    fn sign_with(&self, data: &[u8], client_data: &[u8]) -> Vec<u8>;
}

impl SignWith for SigningKey {
    fn sign_with(&self, data: &[u8], client_data: &[u8]) -> Vec<u8> {
        let signature: Signature = self.sign(&[data, &Sha256::digest(client_data)].concat());
        signature.to_der().as_bytes().to_vec()
    }
}

/// The host for which a page asks, as browsers see to it: its own, or a parent of that.
fn may_ask(page: &str, relying_party: &str) -> String {
    let page = Url::parse(page).unwrap();
    let host = page.host_str().unwrap();
    assert!(
        host == relying_party || host.ends_with(&format!(".{relying_party}")),
        "a browser lets no page of {host} ask for {relying_party}"
    );
    relying_party.to_owned()
}

fn client_data(kind: &str, page: &str, challenge: &Value, lies: &Lies) -> Vec<u8> {
    let challenge = lies.challenge.as_deref().unwrap_or_else(|| challenge.as_str().unwrap());
    let said = json!({
        "type": lies.kind.unwrap_or(kind),
        "challenge": challenge,
        "origin": lies.origin.unwrap_or(page),
        "crossOrigin": lies.framed,
        "other_keys_can_be_added_here": "and are not compared with a template",
    });
    said.to_string().into_bytes()
}

fn ids(descriptors: &Value) -> Vec<Vec<u8>> {
    descriptors.as_array().into_iter().flatten().map(|descriptor| bytes(&descriptor["id"])).collect()
}

fn bytes(text: &Value) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text.as_str().unwrap()).unwrap()
}

fn base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// A key on P-256 as COSE writes it (RFC 9053, section 7.1.1).
fn public_key(key: &SigningKey, algorithm: i64) -> Vec<u8> {
    let point = key.verifying_key().to_sec1_point(false);
    let (x, y) = point.as_bytes()[1..].split_at(32);
    map(&[
        (unsigned(1), unsigned(2)),
        (unsigned(3), negative(algorithm)),
        (negative(-1), unsigned(1)),
        (negative(-2), byte_string(x)),
        (negative(-3), byte_string(y)),
    ])
}

// What of CBOR (RFC 8949) stands in authenticators' answers.

fn head(major: u8, number: u64) -> Vec<u8> {
    let major = major << 5;
    match number {
        0..24 => vec![major | number as u8],
        24..0x100 => vec![major | 24, number as u8],
        0x100..0x1_0000 => [&[major | 25][..], &(number as u16).to_be_bytes()].concat(),
        _ => [&[major | 27][..], &number.to_be_bytes()].concat(),
    }
}

fn unsigned(number: u64) -> Vec<u8> {
    head(0, number)
}

fn negative(number: i64) -> Vec<u8> {
    head(1, (-1 - number).cast_unsigned())
}

pub fn byte_string(bytes: &[u8]) -> Vec<u8> {
    [head(2, bytes.len() as u64), bytes.to_vec()].concat()
}

pub fn text(text: &str) -> Vec<u8> {
    [head(3, text.len() as u64), text.as_bytes().to_vec()].concat()
}

pub fn map(entries: &[(Vec<u8>, Vec<u8>)]) -> Vec<u8> {
    let entries = entries.iter().flat_map(|(key, value)| [key.clone(), value.clone()]);
    [head(5, entries.clone().count() as u64 / 2)].into_iter().chain(entries).flatten().collect()
}
