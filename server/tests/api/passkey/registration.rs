//! A passkey is made.

use serde_json::{Value, json};
use vestibule_server::passkey::{
    Passkey, PasskeyRefused, Person, begin_login, begin_registration, finish_login, finish_registration,
};

use super::{ADA, BANK, BOB, at, json, noon_and, register_lying, registered};
use crate::authenticator::{Authenticator, BACKED_UP, Lies, PRESENT, VERIFIED};

/// A passkey as it is kept. Should it be kept in another form one day, this one is still to be read.
const KEPT: &str = concat!(
    r#"{"relying_party":"bank.example","user_handle":[143,48,113,195,97,100,97,39,115,32,104,97,110,"#,
    r#"100,108,101],"made":"2026-03-01T12:00:20.000Z","#,
    r#""key":{"cred":{"cred_id":"-XYMeOnuJ7SYEprk1bgzMEbvYsYir8uqAyhaOf0ASmM","cred":{"type_":"ES256","#,
    r#""key":{"EC_EC2":{"curve":"SECP256R1","x":"GzghA4v5AN7A5Kv8hGLl_OCB0Vo8ziVk3nH9xRtVEEo","#,
    r#""y":"Pvhfz18UJ4TddOUqov62lX53_vCvrWKy0bK9IB2oQQM"}}},"counter":1,"transports":["hybrid","#,
    r#""internal"],"user_verified":true,"backup_eligible":false,"backup_state":false,"#,
    r#""registration_policy":"required","extensions":{"cred_protect":"Ignored","#,
    r#""hmac_create_secret":"NotRequested","appid":"NotRequested","#,
    r#""cred_props":{"Unsigned":{"rk":true}}},"attestation":{"data":"None","metadata":"None"},"#,
    r#""attestation_format":"none"}}}"#,
);

#[test]
fn a_device_is_asked_for_a_passkey_that_knows_its_person() {
    let begun = begin_registration(&at(BANK), &ADA, &[], noon_and(0));
    let mut options = json(&begun.options);
    assert_eq!(options["challenge"].as_str().unwrap().len(), 43, "32 bytes in base64url");
    options["challenge"] = "of 32 bytes".into();
    insta::assert_snapshot!(serde_json::to_string_pretty(&options).unwrap(), @r#"
    {
      "rp": {
        "name": "bank.example",
        "id": "bank.example"
      },
      "user": {
        "id": "jzBxw2FkYSdzIGhhbmRsZQ",
        "name": "ada@example.com",
        "displayName": "Ada Lovelace"
      },
      "challenge": "of 32 bytes",
      "pubKeyCredParams": [
        {
          "type": "public-key",
          "alg": -7
        },
        {
          "type": "public-key",
          "alg": -35
        },
        {
          "type": "public-key",
          "alg": -257
        }
      ],
      "timeout": 300000,
      "excludeCredentials": [],
      "authenticatorSelection": {
        "residentKey": "required",
        "requireResidentKey": true,
        "userVerification": "required"
      },
      "attestation": "none",
      "extensions": {
        "credentialProtectionPolicy": "userVerificationRequired",
        "enforceCredentialProtectionPolicy": false
      }
    }
    "#);
}

#[test]
fn no_two_challenges_are_the_same() {
    let challenge = || {
        let begun = begin_registration(&at(BANK), &ADA, &[], noon_and(0));
        json(&begun.options)["challenge"].as_str().unwrap().to_owned()
    };
    assert_ne!(challenge(), challenge());
}

#[test]
fn a_person_without_a_name_is_named_after_the_host() {
    let nobody = Person { name: "", display_name: "", ..ADA };
    let options = json(&begin_registration(&at(BANK), &nobody, &[], noon_and(0)).options);
    assert_eq!(options["user"]["name"], "bank.example");
    assert_eq!(options["user"]["displayName"], "bank.example");
    let unnamed = Person { display_name: "", ..ADA };
    let options = json(&begin_registration(&at(BANK), &unnamed, &[], noon_and(0)).options);
    assert_eq!(options["user"]["displayName"], "ada@example.com");
}

#[test]
fn what_is_kept_says_where_whose_and_since_when() {
    for device in [Authenticator::phone("a"), Authenticator::security_key("a")] {
        let passkey = registered(&device, BANK, &ADA);
        assert_eq!(passkey.relying_party(), "bank.example");
        assert_eq!(passkey.user_handle(), ADA.user_handle);
        assert_eq!(passkey.credential().len(), 32);
        assert_eq!((passkey.made(), passkey.used()), (noon_and(20), None));
        let text = serde_json::to_string(&passkey).unwrap();
        let again: Passkey = serde_json::from_str(&text).unwrap();
        assert_eq!(serde_json::to_string(&again).unwrap(), text);
        assert_eq!(format!("{passkey:?}"), r#"Passkey { relying_party: "bank.example", .. }"#);
        for personal in ["ada@example.com", "Ada Lovelace"] {
            assert!(!text.contains(personal), "the device knows {personal}, and here somebody else does");
        }
    }
}

#[test]
fn what_was_kept_by_a_former_server_is_read() {
    let passkey: Passkey = serde_json::from_str(KEPT).unwrap();
    let device = Authenticator::security_key("a");
    assert_eq!(serde_json::to_string(&registered(&device, BANK, &ADA)).unwrap(), KEPT);
    let ceremony = begin_login(&at(BANK), std::slice::from_ref(&passkey), noon_and(60)).unwrap();
    let answer = device.get(BANK, &ceremony.options).unwrap().to_string();
    let used = finish_login(&at(BANK), &ceremony.state, &answer, &[passkey], noon_and(80)).unwrap();
    assert_eq!(serde_json::to_value(used).unwrap()["key"]["cred"]["counter"], 2);
}

#[test]
fn who_made_the_device_is_not_kept_although_it_says_so() {
    let device = Authenticator::security_key("a").attesting();
    let kept = serde_json::to_value(registered(&device, BANK, &ADA)).unwrap();
    assert_eq!(kept["key"]["cred"]["attestation_format"], "none");
    assert_eq!(kept["key"]["cred"]["attestation"], json!({"data": "None", "metadata": "None"}));
}

#[test]
fn a_browser_is_reminded_over_what_it_found_the_device() {
    let ceremony = begin_registration(&at(BANK), &ADA, &[], noon_and(0));
    let device = Authenticator::phone("a");
    let mut answer = device.create(BANK, &ceremony.options).unwrap();
    answer["response"]["transports"] = json!(["internal", "telepathy", "hybrid", "internal"]);
    let passkey = finish_registration(&at(BANK), &ceremony.state, &answer.to_string(), noon_and(20)).unwrap();
    let options = json(&begin_login(&at(BANK), &[passkey], noon_and(30)).unwrap().options);
    assert_eq!(options["allowCredentials"][0]["transports"], json!(["internal", "hybrid"]));

    answer["response"].as_object_mut().unwrap().remove("transports");
    let ceremony = begin_registration(&at(BANK), &BOB, &[], noon_and(0));
    let mut answer = device.create(BANK, &ceremony.options).unwrap();
    answer["response"].as_object_mut().unwrap().remove("transports");
    let silent = finish_registration(&at(BANK), &ceremony.state, &answer.to_string(), noon_and(20)).unwrap();
    let options = json(&begin_login(&at(BANK), &[silent], noon_and(30)).unwrap().options);
    assert_eq!(options["allowCredentials"][0].get("transports"), None);
}

#[test]
fn a_device_makes_one_passkey_for_a_person_and_host() {
    let device = Authenticator::phone("a");
    let first = registered(&device, BANK, &ADA);
    let elsewhere = registered(&device, "https://shop.example", &ADA);
    let existing = [first, elsewhere];
    let ceremony = begin_registration(&at(BANK), &ADA, &existing, noon_and(60));
    let excluded: Vec<Value> = json(&ceremony.options)["excludeCredentials"].as_array().unwrap().clone();
    assert_eq!(excluded.len(), 1, "another host's credentials are not told");
    assert_eq!(device.create(BANK, &ceremony.options), None);

    let same = Some(existing[0].credential().to_vec());
    let lies = Lies { again: true, credential: same, ..Lies::default() };
    let answer = device.create_lying(BANK, &ceremony.options, &lies).unwrap().to_string();
    let refused = finish_registration(&at(BANK), &ceremony.state, &answer, noon_and(80)).unwrap_err();
    assert_eq!(refused, PasskeyRefused::AlreadyRegistered);

    let other = Authenticator::phone("b");
    let answer = other.create(BANK, &ceremony.options).unwrap().to_string();
    finish_registration(&at(BANK), &ceremony.state, &answer, noon_and(80)).unwrap();
}

#[test]
fn a_lie_makes_no_passkey() {
    use PasskeyRefused::{Malformed, NotVerified, OfAnotherOrigin, Wrong};
    let lies = Lies::default;
    for (number, (lie, refusal)) in [
        (Lies { origin: Some("https://thief.example"), ..lies() }, OfAnotherOrigin),
        (Lies { origin: Some("https://id.bank.example"), ..lies() }, OfAnotherOrigin),
        (Lies { origin: Some("https://bank.example:8443"), ..lies() }, OfAnotherOrigin),
        (Lies { origin: Some("https://bank.example/"), ..lies() }, OfAnotherOrigin),
        (Lies { origin: Some("http://bank.example"), ..lies() }, OfAnotherOrigin),
        (Lies { origin: Some("null"), ..lies() }, OfAnotherOrigin),
        (Lies { framed: true, ..lies() }, OfAnotherOrigin),
        (Lies { relying_party: Some("example"), ..lies() }, OfAnotherOrigin),
        (Lies { relying_party: Some("id.bank.example"), ..lies() }, OfAnotherOrigin),
        (Lies { challenge: Some("A".repeat(43)), ..lies() }, Wrong),
        (Lies { challenge: Some(String::new()), ..lies() }, Wrong),
        (Lies { kind: Some("webauthn.get"), ..lies() }, Wrong),
        (Lies { flags: Some(PRESENT), ..lies() }, NotVerified),
        (Lies { flags: Some(VERIFIED), ..lies() }, NotVerified),
        (Lies { flags: Some(PRESENT | VERIFIED | BACKED_UP), ..lies() }, Wrong),
        (Lies { algorithm: Some(-65535), ..lies() }, Malformed),
        (Lies { algorithm: Some(-8), ..lies() }, Malformed),
        (Lies { algorithm: Some(-1), ..lies() }, Malformed),
        (Lies { credential: Some(vec![7; 1024]), ..lies() }, Malformed),
        (Lies { credential: Some(Vec::new()), ..lies() }, Malformed),
    ]
    .into_iter()
    .enumerate()
    {
        let device = Authenticator::security_key("a");
        let refused = register_lying(&device, BANK, &ADA, &lie).map(|_| ());
        assert_eq!(refused, Err(refusal), "lie {number}");
    }
}

#[test]
fn the_name_of_a_credential_is_the_one_that_was_signed() {
    let ceremony = begin_registration(&at(BANK), &ADA, &[], noon_and(0));
    let honest = Authenticator::phone("a").create(BANK, &ceremony.options).unwrap();
    for (member, other) in [("id", "AAAA"), ("rawId", "AAAA"), ("type", "password")] {
        let mut answer = honest.clone();
        answer[member] = other.into();
        let refused = finish_registration(&at(BANK), &ceremony.state, &answer.to_string(), noon_and(20));
        assert_eq!(refused.unwrap_err(), PasskeyRefused::Malformed, "{member}");
    }
    let mut both = honest.clone();
    both["id"] = "AAAA".into();
    both["rawId"] = "AAAA".into();
    let refused = finish_registration(&at(BANK), &ceremony.state, &both.to_string(), noon_and(20));
    assert_eq!(refused.unwrap_err(), PasskeyRefused::Malformed);
}

#[test]
fn a_registration_answers_its_own_question_in_time() {
    let device = Authenticator::phone("a");
    let begin = |page| begin_registration(&at(page), &ADA, &[], noon_and(0));
    let (ours, other) = (begin(BANK), begin(BANK));
    let answer = device.create(BANK, &ours.options).unwrap().to_string();
    let finish = |page, state: &str, second| finish_registration(&at(page), state, &answer, noon_and(second));
    assert_eq!(finish(BANK, &other.state, 20).unwrap_err(), PasskeyRefused::Wrong);
    assert_eq!(finish(BANK, &ours.state, 360).unwrap_err(), PasskeyRefused::Ended);
    assert_eq!(finish("https://shop.example", &ours.state, 20).unwrap_err(), PasskeyRefused::OfAnotherOrigin);
    let shop = begin("https://shop.example");
    assert_eq!(finish(BANK, &shop.state, 20).unwrap_err(), PasskeyRefused::OfAnotherOrigin);
    for state in ["", "{}", "null", &ours.state[1..], &ours.options] {
        assert_eq!(finish(BANK, state, 20).unwrap_err(), PasskeyRefused::Ended);
    }
    finish(BANK, &ours.state, 359).unwrap();
}
