//! A passkey lets its person in, and nobody else anywhere else.

use vestibule_server::passkey::{
    Ceremony, Passkey, PasskeyRefused, begin_discoverable_login, begin_login, begin_registration,
    credential_of, finish_login, finish_registration,
};

use super::{ADA, BANK, BOB, at, json, noon_and, registered};
use crate::authenticator::{Authenticator, BACKED_UP, BACKUP_ELIGIBLE, Lies, PRESENT, VERIFIED};

/// What comes of an answer to a ceremony at the bank.
fn finish(ceremony: &Ceremony, answer: &str, passkeys: &[Passkey]) -> Result<Passkey, PasskeyRefused> {
    finish_login(&at(BANK), &ceremony.state, answer, passkeys, noon_and(80))
}

fn begin(passkeys: &[Passkey]) -> Ceremony {
    begin_login(&at(BANK), passkeys, noon_and(60)).unwrap()
}

#[test]
fn a_browser_is_asked_for_one_of_the_passkeys_of_a_person() {
    let devices = [Authenticator::phone("a"), Authenticator::phone("b")];
    let passkeys = devices.each_ref().map(|device| registered(device, BANK, &ADA));
    let ceremony = begin(&passkeys);
    let mut options = json(&ceremony.options);
    assert_eq!(options["challenge"].as_str().unwrap().len(), 43, "32 bytes in base64url");
    options["challenge"] = "of 32 bytes".into();
    insta::assert_snapshot!(serde_json::to_string_pretty(&options).unwrap(), @r#"
    {
      "challenge": "of 32 bytes",
      "timeout": 300000,
      "rpId": "bank.example",
      "allowCredentials": [
        {
          "type": "public-key",
          "id": "-XYMeOnuJ7SYEprk1bgzMEbvYsYir8uqAyhaOf0ASmM",
          "transports": [
            "hybrid",
            "internal"
          ]
        },
        {
          "type": "public-key",
          "id": "M-OpVnWxr797gDr9I1QSpqUWZzCoRtffbwOYr8g487k",
          "transports": [
            "hybrid",
            "internal"
          ]
        }
      ],
      "userVerification": "required"
    }
    "#);
}

#[test]
fn a_person_who_is_known_signs_with_one_of_their_passkeys() {
    for device in [Authenticator::phone("a"), Authenticator::security_key("a")] {
        let passkey = registered(&device, BANK, &ADA);
        let another = registered(&Authenticator::phone("b"), BANK, &ADA);
        let passkeys = [another, passkey];
        let ceremony = begin(&passkeys);
        let answer = device.get(BANK, &ceremony.options).unwrap();
        let used = finish(&ceremony, &answer.to_string(), &passkeys).unwrap();
        assert_eq!(used.credential(), passkeys[1].credential());
        assert_eq!((used.made(), used.used()), (noon_and(20), Some(noon_and(80))));
        assert_eq!(passkeys[1].used(), None, "what is kept is for the caller to change");
    }
}

#[test]
fn a_device_need_not_say_whose_the_passkey_is_when_that_is_known() {
    let device = Authenticator::phone("a");
    let passkeys = [registered(&device, BANK, &ADA)];
    let ceremony = begin(&passkeys);
    let mut answer = device.get(BANK, &ceremony.options).unwrap();
    for silence in [Some(serde_json::Value::Null), Some("".into()), None] {
        match silence {
            Some(silence) => answer["response"]["userHandle"] = silence,
            None => drop(answer["response"].as_object_mut().unwrap().remove("userHandle")),
        }
        finish(&ceremony, &answer.to_string(), &passkeys).unwrap();
    }
    answer["response"]["userHandle"] = "AAAAAAAAAAAAAAAAAAAAAA".into();
    assert_eq!(finish(&ceremony, &answer.to_string(), &passkeys).unwrap_err(), PasskeyRefused::Unknown);
}

#[test]
fn a_person_who_is_not_known_is_found_by_the_passkey_that_they_choose() {
    let device = Authenticator::phone("a");
    let (ada, bob) = (registered(&device, BANK, &ADA), registered(&device, BANK, &BOB));
    let ceremony = begin_discoverable_login(&at(BANK), noon_and(60));
    let mut options = json(&ceremony.options);
    options["challenge"] = "of 32 bytes".into();
    insta::assert_snapshot!(serde_json::to_string_pretty(&options).unwrap(), @r#"
    {
      "challenge": "of 32 bytes",
      "timeout": 300000,
      "rpId": "bank.example",
      "allowCredentials": [],
      "userVerification": "required"
    }
    "#);

    let mut answer = device.get(BANK, &ceremony.options).unwrap();
    assert_eq!(credential_of(&answer.to_string()).unwrap(), bob.credential());
    let used = finish(&ceremony, &answer.to_string(), std::slice::from_ref(&bob)).unwrap();
    assert_eq!(used.user_handle(), BOB.user_handle);

    let none = finish(&ceremony, &answer.to_string(), &[]).unwrap_err();
    assert_eq!(none, PasskeyRefused::Unknown);
    let other = finish(&ceremony, &answer.to_string(), &[ada]).unwrap_err();
    assert_eq!(other, PasskeyRefused::Unknown);
    answer["response"].as_object_mut().unwrap().remove("userHandle");
    let of_nobody = finish(&ceremony, &answer.to_string(), &[bob]).unwrap_err();
    assert_eq!(of_nobody, PasskeyRefused::Unknown, "the device has to say whose it is");
}

#[test]
fn a_person_who_is_known_is_not_let_in_by_a_passkey_that_was_not_asked_for() {
    let device = Authenticator::phone("a");
    let asked = [registered(&device, BANK, &ADA)];
    let ceremony = begin(&asked);
    let nobody = begin_discoverable_login(&at(BANK), noon_and(60));
    let challenge = json(&ceremony.options)["challenge"].as_str().unwrap().to_owned();
    let bob = registered(&device, BANK, &BOB);
    let lies = Lies { challenge: Some(challenge), ..Lies::default() };
    let answer = device.get_lying(BANK, &nobody.options, &lies).unwrap().to_string();
    assert_eq!(credential_of(&answer).unwrap(), bob.credential());
    assert_eq!(finish(&ceremony, &answer, &[bob]).unwrap_err(), PasskeyRefused::Unknown);
}

#[test]
fn a_passkey_is_of_one_host() {
    let device = Authenticator::phone("a");
    let passkeys = [registered(&device, BANK, &ADA)];
    let ceremony = begin(&passkeys);
    let answer = device.get(BANK, &ceremony.options).unwrap().to_string();
    for elsewhere in [
        "https://id.bank.example",
        "https://example",
        "https://shop.example",
        "https://bank.example.thief.example",
        "http://localhost:4400",
    ] {
        let party = at(elsewhere);
        assert!(begin_login(&party, &passkeys, noon_and(60)).is_none(), "{elsewhere} has nothing to ask for");
        let nobody = begin_discoverable_login(&party, noon_and(60));
        assert_eq!(device.get(elsewhere, &nobody.options), None, "the device finds none for {elsewhere}");
        // A device that lies for it gets no further.
        let lies = Lies { relying_party: Some("bank.example"), ..Lies::default() };
        let other = registered(&device, elsewhere, &ADA);
        let lie = device.get_lying(elsewhere, &nobody.options, &lies).unwrap().to_string();
        let refused = finish_login(&party, &nobody.state, &lie, &[other], noon_and(80)).unwrap_err();
        assert_eq!(refused, PasskeyRefused::OfAnotherOrigin);
        let refused = finish_login(&party, &nobody.state, &lie, &passkeys, noon_and(80)).unwrap_err();
        assert_eq!(refused, PasskeyRefused::Unknown);
        let refused = finish_login(&party, &nobody.state, &answer, &passkeys, noon_and(80)).unwrap_err();
        assert_eq!(refused, PasskeyRefused::OfAnotherOrigin);
        let refused = finish_login(&party, &ceremony.state, &answer, &passkeys, noon_and(80)).unwrap_err();
        assert_eq!(refused, PasskeyRefused::OfAnotherOrigin);
        let refused = finish(&nobody, &answer, &passkeys).unwrap_err();
        assert_eq!(refused, PasskeyRefused::OfAnotherOrigin);
    }
}

#[test]
fn a_host_has_its_passkeys_at_every_port_and_each_ceremony_at_one() {
    let (page, other) = ("http://localhost:4400", "http://localhost:4401");
    let device = Authenticator::phone("a");
    let passkeys = [registered(&device, page, &ADA)];
    let ceremony = begin_login(&at(other), &passkeys, noon_and(60)).unwrap();
    let answer = device.get(other, &ceremony.options).unwrap().to_string();
    let refused = finish_login(&at(page), &ceremony.state, &answer, &passkeys, noon_and(80)).unwrap_err();
    assert_eq!(refused, PasskeyRefused::OfAnotherOrigin);
    finish_login(&at(other), &ceremony.state, &answer, &passkeys, noon_and(80)).unwrap();
}

#[test]
fn a_lie_lets_nobody_in() {
    use PasskeyRefused::{NotVerified, OfAnotherOrigin, Wrong};
    let lies = Lies::default;
    for (number, (lie, refusal)) in [
        (Lies { origin: Some("https://thief.example"), ..lies() }, OfAnotherOrigin),
        (Lies { origin: Some("https://id.bank.example"), ..lies() }, OfAnotherOrigin),
        (Lies { origin: Some("https://bank.example:8443"), ..lies() }, OfAnotherOrigin),
        (Lies { origin: Some("https://thief@bank.example/"), ..lies() }, OfAnotherOrigin),
        (Lies { origin: Some("null"), ..lies() }, OfAnotherOrigin),
        (Lies { framed: true, ..lies() }, OfAnotherOrigin),
        (Lies { relying_party: Some("thief.example"), ..lies() }, OfAnotherOrigin),
        (Lies { challenge: Some("A".repeat(43)), ..lies() }, Wrong),
        (Lies { kind: Some("webauthn.create"), ..lies() }, Wrong),
        (Lies { kind: Some("payment.get"), ..lies() }, Wrong),
        (Lies { flags: Some(PRESENT), ..lies() }, NotVerified),
        (Lies { flags: Some(VERIFIED), ..lies() }, NotVerified),
        (Lies { flags: Some(0), ..lies() }, NotVerified),
        (Lies { flags: Some(PRESENT | VERIFIED | BACKUP_ELIGIBLE), ..lies() }, Wrong),
        (Lies { flags: Some(PRESENT | VERIFIED | BACKED_UP), ..lies() }, Wrong),
    ]
    .into_iter()
    .enumerate()
    {
        let device = Authenticator::security_key("a");
        let passkeys = [registered(&device, BANK, &ADA)];
        let ceremony = begin(&passkeys);
        let answer = device.get_lying(BANK, &ceremony.options, &lie).unwrap().to_string();
        assert_eq!(finish(&ceremony, &answer, &passkeys).unwrap_err(), refusal, "lie {number}");
    }
}

#[test]
fn a_signature_is_of_the_passkey_that_it_names() {
    let (device, thief) = (Authenticator::phone("a"), Authenticator::phone("b"));
    let passkeys = [registered(&device, BANK, &ADA), registered(&thief, BANK, &BOB)];
    let ceremony = begin(&passkeys);
    let honest = device.get(BANK, &ceremony.options).unwrap();
    let mut theirs = thief.get(BANK, &ceremony.options).unwrap();
    theirs["response"]["userHandle"] = honest["response"]["userHandle"].clone();
    for member in ["id", "rawId"] {
        theirs[member] = honest[member].clone();
    }
    assert_eq!(finish(&ceremony, &theirs.to_string(), &passkeys).unwrap_err(), PasskeyRefused::Wrong);
    let mut spliced = honest.clone();
    spliced["response"]["signature"] = theirs["response"]["signature"].clone();
    assert_eq!(finish(&ceremony, &spliced.to_string(), &passkeys).unwrap_err(), PasskeyRefused::Wrong);
    finish(&ceremony, &honest.to_string(), &passkeys).unwrap();
}

#[test]
fn an_answer_is_to_its_own_question_in_time() {
    let device = Authenticator::phone("a");
    let passkeys = [registered(&device, BANK, &ADA)];
    let (ours, other) = (begin(&passkeys), begin(&passkeys));
    let answer = device.get(BANK, &ours.options).unwrap().to_string();
    let finish =
        |state: &str, second: i64| finish_login(&at(BANK), state, &answer, &passkeys, noon_and(60 + second));
    assert_eq!(finish(&other.state, 20).unwrap_err(), PasskeyRefused::Wrong);
    assert_eq!(finish(&ours.state, 360).unwrap_err(), PasskeyRefused::Ended);
    let registration = begin_registration(&at(BANK), &ADA, &[], noon_and(60)).state;
    for state in ["", "{}", "[]", &ours.options, &registration] {
        assert_eq!(finish(state, 20).unwrap_err(), PasskeyRefused::Ended);
    }
    let refused = finish_registration(&at(BANK), &ours.state, &answer, noon_and(80)).unwrap_err();
    assert_eq!(refused, PasskeyRefused::Ended);
    finish(&ours.state, 359).unwrap();
}

#[test]
fn a_device_that_counts_lets_in_as_long_as_it_counts_on() {
    let device = Authenticator::security_key("a");
    let mut passkeys = [registered(&device, BANK, &ADA)];
    let thief = device.copy();
    for _ in 0..3 {
        let ceremony = begin(&passkeys);
        let answer = device.get(BANK, &ceremony.options).unwrap().to_string();
        passkeys = [finish(&ceremony, &answer, &passkeys).unwrap()];
    }
    let ceremony = begin(&passkeys);
    let theirs = thief.get(BANK, &ceremony.options).unwrap().to_string();
    assert_eq!(finish(&ceremony, &theirs, &passkeys).unwrap_err(), PasskeyRefused::Cloned);
    for counter in [0, 1, 4] {
        let lies = Lies { counter: Some(counter), ..Lies::default() };
        let answer = device.get_lying(BANK, &ceremony.options, &lies).unwrap().to_string();
        assert_eq!(finish(&ceremony, &answer, &passkeys).unwrap_err(), PasskeyRefused::Cloned, "{counter}");
    }
    let lies = Lies { counter: Some(5), ..Lies::default() };
    let answer = device.get_lying(BANK, &ceremony.options, &lies).unwrap().to_string();
    finish(&ceremony, &answer, &passkeys).unwrap();
}

#[test]
fn the_count_is_that_of_now_and_not_of_when_the_ceremony_began() {
    let device = Authenticator::security_key("a");
    let passkeys = [registered(&device, BANK, &ADA)];
    let thief = device.copy();
    let (first, second) = (begin(&passkeys), begin(&passkeys));
    let ours = device.get(BANK, &first.options).unwrap().to_string();
    let theirs = thief.get(BANK, &second.options).unwrap().to_string();
    let moved_on = [finish(&first, &ours, &passkeys).unwrap()];
    assert_eq!(finish(&second, &theirs, &moved_on).unwrap_err(), PasskeyRefused::Cloned);
}

#[test]
fn a_device_that_does_not_count_lets_in_again_and_again() {
    let device = Authenticator::phone("a");
    let mut passkeys = [registered(&device, BANK, &ADA)];
    for _ in 0..3 {
        let ceremony = begin(&passkeys);
        let answer = device.copy().get(BANK, &ceremony.options).unwrap().to_string();
        passkeys = [finish(&ceremony, &answer, &passkeys).unwrap()];
    }
}
