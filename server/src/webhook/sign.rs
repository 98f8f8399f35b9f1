//! Signatures by Standard Webhooks, version 1: HMAC-SHA256 of `id.timestamp.body`, in base64.

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use vestibule_protocol::date::Timestamp;
use vestibule_protocol::secret::{Reveal, SecretForm, WebhookSecret};

use crate::random::Random;

/// How many bytes a secret has that is made here.
const SECRET: usize = 32;
/// How many one of somebody else's has at least, as the standard says.
const SHORTEST: usize = 24;

const VERSION: &str = "v1,";
const ID: HeaderName = HeaderName::from_static("webhook-id");
const TIMESTAMP: HeaderName = HeaderName::from_static("webhook-timestamp");
const SIGNATURE: HeaderName = HeaderName::from_static("webhook-signature");

/// A fresh secret.
pub fn secret(random: &dyn Random) -> WebhookSecret {
    let mut bytes = [0; SECRET];
    random.fill(&mut bytes);
    WebhookSecret::from_text(&[WebhookSecret::PREFIX, &STANDARD.encode(bytes)].concat())
}

/// The headers of a message: its name, when it is sent, and one signature for each secret.
pub fn headers<'a>(
    secrets: impl Iterator<Item = &'a WebhookSecret>,
    id: &str,
    at: Timestamp,
    body: &[u8],
) -> HeaderMap {
    let timestamp = (at.millis() / 1000).to_string();
    let signed = secrets.filter_map(|secret| {
        let mac = keyed(secret, id, &timestamp, body)?;
        Some([VERSION, &STANDARD.encode(mac.finalize().into_bytes())].concat())
    });
    let signatures = signed.collect::<Vec<_>>().join(" ");
    let text = |text: &str| HeaderValue::from_str(text).expect("names, numbers and base64 are visible ASCII");
    HeaderMap::from_iter([(ID, text(id)), (TIMESTAMP, text(&timestamp)), (SIGNATURE, text(&signatures))])
}

/// Whether a message of this name is signed with the secret, at whatever time: what is in it is to say to
/// what it belongs. The comparison takes the same time whatever is wrong.
pub fn is_signed(headers: &HeaderMap, secret: &WebhookSecret, id: &str, body: &[u8]) -> bool {
    let text = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let (Some(named), Some(timestamp), Some(signatures)) = (text(&ID), text(&TIMESTAMP), text(&SIGNATURE))
    else {
        return false;
    };
    named == id
        && signatures.split(' ').filter_map(|signature| signature.strip_prefix(VERSION)).any(|signature| {
            let mac = keyed(secret, id, timestamp, body).zip(STANDARD.decode(signature).ok());
            mac.is_some_and(|(mac, signature)| mac.verify_slice(&signature).is_ok())
        })
}

/// Whether the text is a secret that signs.
pub fn can_sign(secret: &WebhookSecret) -> bool {
    key(secret).is_some_and(|key| SHORTEST <= key.len())
}

fn keyed(secret: &WebhookSecret, id: &str, timestamp: &str, body: &[u8]) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(&key(secret)?).expect("HMAC takes keys of any length");
    mac.update([id, ".", timestamp, "."].concat().as_bytes());
    mac.update(body);
    Some(mac)
}

fn key(secret: &WebhookSecret) -> Option<Vec<u8>> {
    STANDARD.decode(secret.reveal().strip_prefix(WebhookSecret::PREFIX)?).ok()
}

#[cfg(test)]
mod tests {
    use standardwebhooks::Webhook;

    use super::*;
    use crate::clock::{Clock, SystemClock};
    use crate::random::tests::Sequence;

    #[test]
    fn the_library_of_the_standard_accepts_what_is_signed_and_nothing_else() {
        let random = Sequence::default();
        let (one, other) = (secret(&random), secret(&random));
        let id = "dlv_0123456789abcdefABCDEF";
        let now = SystemClock.now();
        let body = br#"{"event":"webhook.test"}"#;
        let verify = |secret: &WebhookSecret, signed: &HeaderMap, body: &[u8]| {
            Webhook::new(secret.reveal()).unwrap().verify(body, signed)
        };
        let by_one = headers([&one].into_iter(), id, now, body);
        assert!(verify(&one, &by_one, body).is_ok());
        assert!(verify(&other, &by_one, body).is_err(), "another secret");
        assert!(verify(&one, &by_one, b"{}").is_err(), "another body");
        let mut moved = by_one.clone();
        moved.insert(TIMESTAMP, (now.millis() / 1000 + 1).into());
        assert!(verify(&one, &moved, body).is_err(), "another instant");
        for (minutes, taken) in [(-4, true), (-6, false), (4, true), (6, false)] {
            let signed = headers([&one].into_iter(), id, now.plus_seconds(minutes * 60), body);
            assert_eq!(verify(&one, &signed, body).is_ok(), taken, "{minutes} minutes");
        }
        let by_both = headers([&other, &one].into_iter(), id, now, body);
        assert!(verify(&one, &by_both, body).is_ok());
        assert!(verify(&other, &by_both, body).is_ok());
    }

    #[test]
    fn what_the_library_of_the_standard_signs_is_accepted_and_nothing_else() {
        let random = Sequence::default();
        let (one, other) = (secret(&random), secret(&random));
        let (id, body) = ("prq_0123456789abcdefABCDEF", br#"{"verdict":"ok"}"#);
        let signature = Webhook::new(one.reveal()).unwrap().sign(id, 1_795_179_600, body).unwrap();
        let signed = |signature: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(ID, id.parse().unwrap());
            headers.insert(TIMESTAMP, "1795179600".parse().unwrap());
            headers.insert(SIGNATURE, signature.parse().unwrap());
            headers
        };
        assert!(is_signed(&signed(&signature), &one, id, body));
        assert!(is_signed(&signed(&["v1,AAAA v1a,x ", &signature].concat()), &one, id, body));
        assert!(!is_signed(&signed(&signature), &other, id, body), "another secret");
        assert!(!is_signed(&signed(&signature), &one, id, b"{}"), "another body");
        assert!(!is_signed(&signed(&signature), &one, "prq_other", body), "another name");
        for forged in ["", "v1,", "v1,AAAA", "v2,AAAA", "v1, ", &signature[3..]] {
            assert!(!is_signed(&signed(forged), &one, id, body), "{forged}");
        }
        let mut moved = signed(&signature);
        moved.insert(TIMESTAMP, "1795179601".parse().unwrap());
        assert!(!is_signed(&moved, &one, id, body), "another instant");
        assert!(!is_signed(&HeaderMap::new(), &one, id, body));
    }

    #[test]
    fn a_secret_is_long_enough_and_written_as_the_standard_writes_it() {
        let short = WebhookSecret::from_text(&["whsec_", &STANDARD.encode([1; 23])].concat());
        let long = WebhookSecret::from_text(&["whsec_", &STANDARD.encode([1; 24])].concat());
        assert!(!can_sign(&short) && can_sign(&long));
        for none in ["", "whsec_", "whsec_?", "AAAA"] {
            assert!(!can_sign(&WebhookSecret::from_text(none)), "{none}");
        }
    }
}
