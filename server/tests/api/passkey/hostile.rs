//! Whatever a browser sends is an answer or is refused.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};
use vestibule_server::passkey::{
    Passkey, PasskeyRefused, begin_discoverable_login, begin_registration, credential_of, finish_login,
    finish_registration,
};

use super::{ADA, BANK, at, noon_and, registered};
use crate::authenticator::{Authenticator, byte_string, map, text};

/// An honest answer to a registration, with the state that it is of.
fn registration() -> (String, Value) {
    let ceremony = begin_registration(&at(BANK), &ADA, &[], noon_and(0));
    let device = Authenticator::security_key("a").attesting();
    let answer = device.create(BANK, &ceremony.options).unwrap();
    (ceremony.state, answer)
}

/// An honest answer to a login.
fn login() -> (String, Value, [Passkey; 1]) {
    let device = Authenticator::security_key("a");
    let passkeys = [registered(&device, BANK, &ADA)];
    let ceremony = begin_discoverable_login(&at(BANK), noon_and(60));
    let answer = device.get(BANK, &ceremony.options).unwrap();
    (ceremony.state, answer, passkeys)
}

fn register(state: &str, answer: &str) -> Result<Passkey, PasskeyRefused> {
    finish_registration(&at(BANK), state, answer, noon_and(20))
}

fn log_in(state: &str, answer: &str, passkeys: &[Passkey]) -> Result<Passkey, PasskeyRefused> {
    finish_login(&at(BANK), state, answer, passkeys, noon_and(80))
}

fn decoded(text: &Value) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text.as_str().unwrap()).unwrap()
}

fn encoded(bytes: &[u8]) -> Value {
    URL_SAFE_NO_PAD.encode(bytes).into()
}

/// The registration's answer with this attestation object.
fn with_object(answer: &Value, object: &[u8]) -> String {
    let mut answer = answer.clone();
    answer["response"]["attestationObject"] = encoded(object);
    answer.to_string()
}

#[test]
fn an_answer_of_a_megabyte_is_not_read() {
    let (state, mut answer) = registration();
    answer["response"]["publicKey"] = "A".repeat(1 << 20).into();
    assert_eq!(register(&state, &answer.to_string()).unwrap_err(), PasskeyRefused::Malformed);
    let (state, mut answer, passkeys) = login();
    let long = " ".repeat(16 * 1024);
    let padded = [&answer.to_string(), &*long].concat();
    assert_eq!(log_in(&state, &padded, &passkeys).unwrap_err(), PasskeyRefused::Malformed);
    assert_eq!(credential_of(&padded).unwrap_err(), PasskeyRefused::Malformed);
    answer["response"]["more"] = "A".repeat(8 * 1024).into();
    log_in(&state, &answer.to_string(), &passkeys).unwrap();
}

#[test]
fn what_is_not_an_answer_is_refused() {
    let (made, registered) = registration();
    let (state, answer, passkeys) = login();
    let deep = ["[".repeat(4000), "]".repeat(4000)].concat();
    for text in ["", "null", "0", "[]", "{}", "\"\"", "\u{0}", "{\"id\":", deep.as_str()] {
        assert_eq!(register(&made, text).unwrap_err(), PasskeyRefused::Malformed);
        assert_eq!(log_in(&state, text, &passkeys).unwrap_err(), PasskeyRefused::Malformed);
        assert_eq!(credential_of(text).unwrap_err(), PasskeyRefused::Malformed);
    }
    assert_eq!(register(&made, &answer.to_string()).unwrap_err(), PasskeyRefused::Malformed);
    assert_eq!(log_in(&state, &registered.to_string(), &passkeys).unwrap_err(), PasskeyRefused::Malformed);

    for member in ["id", "rawId", "type", "response"] {
        for wrong in [json!(null), json!(7), json!("!"), json!(""), json!([]), json!({})] {
            let mut other = answer.clone();
            other[member] = wrong.clone();
            let refused = log_in(&state, &other.to_string(), &passkeys).unwrap_err();
            assert_eq!(refused, PasskeyRefused::Malformed, "{member}: {wrong}");
            let mut other = registered.clone();
            other[member] = wrong.clone();
            let refused = register(&made, &other.to_string()).unwrap_err();
            assert_eq!(refused, PasskeyRefused::Malformed, "{member}: {wrong}");
        }
    }
}

#[test]
fn an_attestation_is_whole_or_refused() {
    let (state, answer) = registration();
    let object = decoded(&answer["response"]["attestationObject"]);
    for length in 0..object.len() {
        let refused = register(&state, &with_object(&answer, &object[..length])).unwrap_err();
        assert_eq!(refused, PasskeyRefused::Malformed, "{length} bytes of {}", object.len());
    }
    register(&state, &with_object(&answer, &object)).unwrap();
}

#[test]
fn authenticator_data_is_whole_or_refused() {
    let (state, answer, passkeys) = login();
    let data = decoded(&answer["response"]["authenticatorData"]);
    for length in 0..data.len() {
        let mut cut = answer.clone();
        cut["response"]["authenticatorData"] = encoded(&data[..length]);
        let refused = log_in(&state, &cut.to_string(), &passkeys).unwrap_err();
        assert_eq!(refused, PasskeyRefused::Malformed, "{length} bytes of {}", data.len());
    }
}

#[test]
fn an_object_that_promises_more_than_it_holds_is_refused() {
    let (state, answer) = registration();
    let promise = |major: u8, length: u64| [&[major << 5 | 27][..], &length.to_be_bytes()].concat();
    for major in 2..=5 {
        for length in [1 << 16, 1 << 32, u64::MAX / 2, u64::MAX] {
            let object = map(&[(text("fmt"), text("none")), (text("attStmt"), promise(major, length))]);
            for object in [promise(major, length), object] {
                let refused = register(&state, &with_object(&answer, &object)).unwrap_err();
                assert_eq!(refused, PasskeyRefused::Malformed);
            }
        }
    }
    for nest in [0x81_u8, 0x9f, 0xa1, 0xc1, 0xdb] {
        let refused = register(&state, &with_object(&answer, &[nest; 8000])).unwrap_err();
        assert_eq!(refused, PasskeyRefused::Malformed, "{nest:x} and nothing else");
    }
}

#[test]
fn no_format_of_attestation_breaks_what_judges_it() {
    let (state, answer) = registration();
    let device = Authenticator::phone("a");
    let honest = begin_registration(&at(BANK), &ADA, &[], noon_and(0));
    let data = decoded(&device.create(BANK, &honest.options).unwrap()["response"]["authenticatorData"]);
    let formats = ["packed", "tpm", "android-key", "android-safetynet", "fido-u2f", "apple", "compound", ""];
    for format in formats {
        let statement = [
            (text("ver"), text("2.0")),
            (text("alg"), vec![0x26]),
            (text("sig"), byte_string(&[0x30; 70])),
            (text("x5c"), [vec![0x82], byte_string(&[0x30; 300]), byte_string(&[])].concat()),
            (text("certInfo"), byte_string(&[0xff; 200])),
            (text("pubArea"), byte_string(&[0; 200])),
        ];
        for count in 0..=statement.len() {
            let object = map(&[
                (text("fmt"), text(format)),
                (text("attStmt"), map(&statement[..count])),
                (text("authData"), byte_string(&data)),
            ]);
            let refused = register(&state, &with_object(&answer, &object)).unwrap_err();
            let expected = [PasskeyRefused::Malformed, PasskeyRefused::Wrong];
            assert!(expected.contains(&refused), "{format}, {count} entries: {refused}");
        }
    }
}

proptest! {
    #[test]
    fn whatever_is_sent_is_refused(text in ".{0,400}", bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let (made, registered) = registration();
        let (state, answer, passkeys) = login();
        prop_assert_eq!(register(&made, &text).unwrap_err(), PasskeyRefused::Malformed);
        prop_assert_eq!(log_in(&state, &text, &passkeys).unwrap_err(), PasskeyRefused::Malformed);
        prop_assert_eq!(credential_of(&text).unwrap_err(), PasskeyRefused::Malformed);
        prop_assert!(finish_login(&at(BANK), &text, &answer.to_string(), &passkeys, noon_and(80)).is_err());
        prop_assert!(register(&made, &with_object(&registered, &bytes)).is_err());
        for member in ["clientDataJSON", "authenticatorData", "signature", "userHandle"] {
            let mut other = answer.clone();
            other["response"][member] = encoded(&bytes);
            // Nobody signs whom a device names, and it may name nobody where that is known. Here it is not.
            prop_assert!(log_in(&state, &other.to_string(), &passkeys).is_err(), "{}", member);
        }
    }

    #[test]
    fn one_changed_bit_lets_nobody_in(
        member in select(vec!["clientDataJSON", "authenticatorData", "signature", "userHandle"]),
        place in any::<Index>(),
        bit in 0_u8..8,
    ) {
        let (state, mut answer, passkeys) = login();
        let mut bytes = decoded(&answer["response"][member]);
        let place = place.index(bytes.len());
        bytes[place] ^= 1 << bit;
        answer["response"][member] = encoded(&bytes);
        prop_assert!(log_in(&state, &answer.to_string(), &passkeys).is_err());
    }

    #[test]
    fn a_changed_attestation_is_judged_and_breaks_nothing(
        place in any::<Index>(),
        bytes in prop::collection::vec(any::<u8>(), 1..9),
    ) {
        let (state, answer) = registration();
        let mut object = decoded(&answer["response"]["attestationObject"]);
        let place = place.index(object.len());
        let end = object.len().min(place + bytes.len());
        object.splice(place..end, bytes);
        // Not all of it is signed, and what is not may say anything. The key and its name are what they were.
        if let Ok(passkey) = register(&state, &with_object(&answer, &object)) {
            prop_assert_eq!(passkey.credential(), decoded(&answer["rawId"]));
            prop_assert_eq!(passkey.user_handle(), ADA.user_handle);
        }
    }
}
