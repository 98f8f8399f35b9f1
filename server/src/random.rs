//! Randomness, as an argument. Here is the one lawful place that asks the operating system for it.

use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use vestibule_protocol::id::{InvalidId, Prefixed};
use vestibule_protocol::secret::{Nonce, SecretForm};

/// A source of bytes that nobody can foretell.
pub trait Random: Send + Sync {
    /// Fills `bytes`.
    fn fill(&self, bytes: &mut [u8]);
}

/// The operating system's source.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemRandom;

impl Random for SystemRandom {
    #[expect(clippy::disallowed_methods, reason = "the one lawful place that asks for randomness")]
    fn fill(&self, bytes: &mut [u8]) {
        getrandom::fill(bytes).expect("an operating system without randomness cannot run this server");
    }
}

const BASE62: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// `length` characters of base 62. Bytes from 248 on are drawn again, since 256 is no multiple of 62
/// and a remainder would favour the first eight characters.
pub fn base62(random: &dyn Random, length: usize) -> String {
    let mut text = String::with_capacity(length);
    let mut bytes = [0u8; 64];
    while text.len() < length {
        random.fill(&mut bytes);
        let fair = bytes.iter().filter(|byte| **byte < 248);
        text.extend(fair.take(length - text.len()).map(|byte| char::from(BASE62[usize::from(byte % 62)])));
    }
    text
}

/// `length` decimal digits. Bytes from 250 on are drawn again, in the manner of [`base62`].
pub fn digits(random: &dyn Random, length: usize) -> String {
    let mut text = String::with_capacity(length);
    let mut bytes = [0u8; 16];
    while text.len() < length {
        random.fill(&mut bytes);
        let fair = bytes.iter().filter(|byte| **byte < 250);
        text.extend(fair.take(length - text.len()).map(|byte| char::from(b'0' + byte % 10)));
    }
    text
}

/// A fresh identifier.
pub fn id<T: Prefixed>(random: &dyn Random) -> T {
    T::from_tail(&base62(random, T::TAIL)).expect("base 62 of the right length is a tail")
}

/// A fresh secret.
pub fn secret<T: SecretForm>(random: &dyn Random) -> T {
    T::from_text(&[T::PREFIX, &base62(random, T::TAIL)].concat())
}

/// A fresh nonce: 32 bytes in base64url.
pub fn nonce(random: &dyn Random) -> Nonce {
    let mut bytes = [0u8; 32];
    random.fill(&mut bytes);
    Nonce::from_text(&URL_SAFE_NO_PAD.encode(bytes))
}

/// A fresh name that is a version 4 UUID (RFC 9562, section 5.4), in lower case.
pub fn uuid<T: FromStr<Err = InvalidId>>(random: &dyn Random) -> T {
    let mut bytes = [0u8; 16];
    random.fill(&mut bytes);
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = hex(&bytes);
    let text = [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-");
    text.parse().expect("a UUID is a name of this kind")
}

/// `length` random lower-case hexadecimal digits; `length` is even.
pub fn hex_digits(random: &dyn Random, length: usize) -> String {
    let mut bytes = vec![0u8; length / 2];
    random.fill(&mut bytes);
    hex(&bytes)
}

fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from(b"0123456789abcdef"[usize::from(value)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;
    use vestibule_protocol::id::{SessionId, StepId};
    use vestibule_protocol::secret::{Reveal, SessionToken};

    /// A source that can be foretold, and never repeats itself.
    #[derive(Default)]
    pub struct Sequence(AtomicU64);

    impl Random for Sequence {
        fn fill(&self, bytes: &mut [u8]) {
            for chunk in bytes.chunks_mut(8) {
                // SplitMix64, by its published constants.
                let mut z = self.0.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed);
                z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
                z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
                chunk.copy_from_slice(&(z ^ (z >> 31)).to_le_bytes()[..chunk.len()]);
            }
        }
    }

    #[test]
    fn what_is_made_has_the_form_of_the_wire() {
        let random = Sequence::default();
        assert!(id::<StepId>(&random).as_str().starts_with("step_"));
        assert_eq!(secret::<SessionToken>(&random).reveal().len(), "obtok_".len() + 34);
        assert_eq!(nonce(&random).reveal().len(), 43);
        assert_eq!(uuid::<SessionId>(&random).as_str().as_bytes()[14], b'4');
        assert_eq!(hex_digits(&random, 24).len(), 24);
    }

    #[test]
    fn every_character_of_base_62_is_drawn_about_as_often() {
        let text = base62(&SystemRandom, 62_000);
        for character in BASE62 {
            let count = text.bytes().filter(|byte| byte == character).count();
            assert!((800..1200).contains(&count), "{} came {count} times", char::from(*character));
        }
    }
}
