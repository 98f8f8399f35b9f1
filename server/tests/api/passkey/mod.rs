//! Passkeys, through the door that the log-in uses, with a device in software that can lie.

mod hostile;
mod login;
mod registration;
mod unlogged;

use serde_json::Value;
use vestibule_protocol::date::Timestamp;
use vestibule_server::passkey::{
    Passkey, PasskeyRefused, Person, RelyingParty, begin_registration, finish_registration,
};

use crate::authenticator::{Authenticator, Lies};

const BANK: &str = "https://bank.example";
const ADA: Person<'static> =
    Person { user_handle: *b"\x8f0q\xc3ada's handle", name: "ada@example.com", display_name: "Ada Lovelace" };
const BOB: Person<'static> =
    Person { user_handle: *b"\x11w\x02\xe7bob's handle", name: "bob@example.com", display_name: "Bob" };

/// Noon, and so many seconds.
fn noon_and(seconds: i64) -> Timestamp {
    "2026-03-01T12:00:00Z".parse::<Timestamp>().unwrap().plus_seconds(seconds)
}

fn at(origin: &str) -> RelyingParty {
    RelyingParty::of(origin).unwrap()
}

/// A person's new passkey on this device.
fn registered(device: &Authenticator, page: &str, person: &Person<'_>) -> Passkey {
    register_lying(device, page, person, &Lies::default()).unwrap()
}

fn register_lying(
    device: &Authenticator,
    page: &str,
    person: &Person<'_>,
    lies: &Lies,
) -> Result<Passkey, PasskeyRefused> {
    let ceremony = begin_registration(&at(page), person, &[], noon_and(0));
    let answer = device.create_lying(page, &ceremony.options, lies).unwrap();
    finish_registration(&at(page), &ceremony.state, &answer.to_string(), noon_and(20))
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}
