//! Signatures by Standard Webhooks, version 1: HMAC-SHA256 of `id.timestamp.body`, in base64.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use vestibule_protocol::date::Timestamp;
use vestibule_protocol::id::DeliveryId;
use vestibule_protocol::secret::{Reveal, SecretForm, WebhookSecret};

use crate::random::Random;

/// How many bytes a secret has.
const SECRET: usize = 32;

/// A fresh secret.
pub fn secret(random: &dyn Random) -> WebhookSecret {
    let mut bytes = [0; SECRET];
    random.fill(&mut bytes);
    WebhookSecret::from_text(&[WebhookSecret::PREFIX, &STANDARD.encode(bytes)].concat())
}

/// What the header `webhook-signature` says: one signature for each secret.
pub(super) fn signatures<'a>(
    secrets: impl Iterator<Item = &'a WebhookSecret>,
    id: &DeliveryId,
    at: Timestamp,
    body: &[u8],
) -> String {
    let signed = secrets.filter_map(|secret| {
        let key = STANDARD.decode(secret.reveal().strip_prefix(WebhookSecret::PREFIX)?).ok()?;
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).expect("HMAC takes keys of any length");
        mac.update([id.as_str(), ".", &seconds(at).to_string(), "."].concat().as_bytes());
        mac.update(body);
        Some(["v1,", &STANDARD.encode(mac.finalize().into_bytes())].concat())
    });
    signed.collect::<Vec<_>>().join(" ")
}

/// What the header `webhook-timestamp` says: whole seconds since 1970.
pub(super) fn seconds(at: Timestamp) -> i64 {
    at.millis() / 1000
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
        let id: DeliveryId = "dlv_0123456789abcdefABCDEF".parse().unwrap();
        let now = SystemClock.now();
        let body = br#"{"event":"webhook.test"}"#;
        let verify = |secret: &WebhookSecret, signature: &str, at: Timestamp, body: &[u8]| {
            let mut headers = axum::http::HeaderMap::new();
            headers.insert("webhook-id", id.as_str().parse().unwrap());
            headers.insert("webhook-timestamp", seconds(at).into());
            headers.insert("webhook-signature", signature.parse().unwrap());
            Webhook::new(secret.reveal()).unwrap().verify(body, &headers)
        };
        let by_one = signatures([&one].into_iter(), &id, now, body);
        assert!(verify(&one, &by_one, now, body).is_ok());
        assert!(verify(&other, &by_one, now, body).is_err(), "another secret");
        assert!(verify(&one, &by_one, now, b"{}").is_err(), "another body");
        assert!(verify(&one, &by_one, now.plus_seconds(1), body).is_err(), "another instant");
        for (minutes, taken) in [(-4, true), (-6, false), (4, true), (6, false)] {
            let then = now.plus_seconds(minutes * 60);
            let signature = signatures([&one].into_iter(), &id, then, body);
            assert_eq!(verify(&one, &signature, then, body).is_ok(), taken, "{minutes} minutes");
        }
        let by_both = signatures([&other, &one].into_iter(), &id, now, body);
        assert!(verify(&one, &by_both, now, body).is_ok());
        assert!(verify(&other, &by_both, now, body).is_ok());
    }
}
