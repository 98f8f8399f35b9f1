//! What a browser sends stands in no log, at whatever level.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use tracing_subscriber::fmt::MakeWriter;
use vestibule_server::passkey::{
    begin_discoverable_login, begin_login, begin_registration, finish_login, finish_registration,
};
use webauthn_rs::prelude::{RegisterPublicKeyCredential, Url, Uuid, WebauthnBuilder};

use super::{ADA, BANK, at, noon_and};
use crate::authenticator::Authenticator;

/// A log that is read by the test.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// All that is logged while something is done, by whomever.
fn logged(done: impl FnOnce()) -> String {
    let log = Log::default();
    let everything = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer(log.clone())
        .finish();
    tracing::subscriber::with_default(everything, done);
    let bytes = log.0.lock().unwrap().clone();
    String::from_utf8(bytes).unwrap()
}

/// Registers and logs in, and sends nonsense to both.
fn walk() {
    let device = Authenticator::security_key("a").attesting();
    let ceremony = begin_registration(&at(BANK), &ADA, &[], noon_and(0));
    let answer = device.create(BANK, &ceremony.options).unwrap();
    let passkey = finish_registration(&at(BANK), &ceremony.state, &answer.to_string(), noon_and(20)).unwrap();
    let mut broken = answer;
    broken["response"]["attestationObject"] = "o2NmbXRkbm9uZQ".into();
    finish_registration(&at(BANK), &ceremony.state, &broken.to_string(), noon_and(20)).unwrap_err();

    let passkeys = [passkey];
    let ceremonies = [
        begin_login(&at(BANK), &passkeys, noon_and(60)).unwrap(),
        begin_discoverable_login(&at(BANK), noon_and(60)),
    ];
    for ceremony in ceremonies {
        let mut answer = device.get(BANK, &ceremony.options).unwrap();
        finish_login(&at(BANK), &ceremony.state, &answer.to_string(), &passkeys, noon_and(80)).unwrap();
        answer["response"]["authenticatorData"] = "AAAA".into();
        finish_login(&at(BANK), &ceremony.state, &answer.to_string(), &passkeys, noon_and(80)).unwrap_err();
    }
}

#[test]
fn nothing_of_a_ceremony_is_logged() {
    assert_eq!(logged(walk), "");
}

/// Why that takes doing. Should it fail one day, so much less has to be done in `unlogged`.
#[test]
fn the_crate_that_judges_would_log_what_was_sent() {
    let page = Url::parse(BANK).unwrap();
    let rules = WebauthnBuilder::new("bank.example", &page).unwrap().build().unwrap();
    let (_, state) =
        rules.start_passkey_registration(Uuid::from_bytes(ADA.user_handle), "x", "x", None).unwrap();
    let ceremony = begin_registration(&at(BANK), &ADA, &[], noon_and(0));
    let answer = Authenticator::phone("a").create(BANK, &ceremony.options).unwrap();
    let answer: RegisterPublicKeyCredential = serde_json::from_value(answer).unwrap();
    let log = logged(|| drop(rules.finish_passkey_registration(&answer, &state)));
    assert!(log.contains("attestation_object"), "{log}");
}
