//! Letters and the sandbox's outbox, without a store.

use toml::Table;

use super::*;
use crate::digest::Digest;
use crate::random::tests::Sequence;
use crate::random::{base62, id, uuid};

fn letter(to: Address, words: Words) -> Letter {
    Letter { to, language: None, words, valid_until: Timestamp::from_millis(600_000) }
}

fn code() -> Words {
    Words::Code { code: "048213".into(), minutes: 10, page: None }
}

#[test]
fn nobody_reads_a_letter_in_a_log() {
    let letters = [
        letter(Address::Email("jane@example.com".into()), code()),
        letter(Address::Phone("+14155550132".into()), code()),
    ];
    let shown = format!("{letters:?}");
    for needle in ["jane", "4155550132", "048213"] {
        assert!(!shown.contains(needle), "{shown}");
    }
}

#[test]
fn a_code_that_is_late_says_how_long_it_still_works() {
    let minutes = |now| {
        let letter = letter(Address::Email("jane@example.com".into()), code());
        match still_to_come(&letter, Timestamp::from_millis(now)).words {
            Words::Code { minutes, .. } => minutes,
            Words::LoginChanged { .. } => unreachable!("it is a code"),
        }
    };
    assert_eq!([0, 900, 29_000, 31_000, 300_000, 590_000, 700_000].map(minutes), [10, 10, 10, 9, 5, 1, 1]);
}

fn notifier(settings: &str) -> Result<Notifier, CannotNotify> {
    Notifier::new(&Config::load(None, |_| None, settings.parse::<Table>().unwrap()).unwrap())
}

const MAIL: &str = "smtp_url = \"smtps://user:a-password@mail.example\"\nmail_from = \"bank@bank.example\"\n";
const TEXTS: &str = "sms_url = \"https://sms.example/Messages.json\"\nsms_account = \"AC1\"\n\
    sms_token = \"a-token\"\nsms_from = \"+14155550100\"\n";

#[test]
fn real_people_are_sent_what_somebody_carries_and_the_sandbox_everything() {
    for (settings, mail, texts) in
        [("", false, false), (MAIL, true, false), (TEXTS, false, true), (&[MAIL, TEXTS].concat(), true, true)]
    {
        let notifier = notifier(settings).unwrap_or_else(|error| panic!("{error}"));
        let can = |sandbox| {
            [AuthMethod::Email, AuthMethod::Phone, AuthMethod::Passkey]
                .map(|method| notifier.can(sandbox, method))
        };
        assert_eq!((can(false), can(true)), ([mail, texts, false], [true, true, false]), "{settings}");
    }
}

#[test]
fn a_setting_that_is_wrong_is_named_and_a_secret_is_not_shown() {
    for (settings, named) in [
        (MAIL.replace("smtps", "https"), "smtp_url"),
        (MAIL.replace("bank@bank.example", ""), "mail_from"),
        (TEXTS.replace("https", "http"), "sms_url"),
        (TEXTS.replace("AC1", ""), "sms_account"),
        (TEXTS.replace("a-token", ""), "sms_token"),
        (TEXTS.replace("+14155550100", ""), "sms_from"),
        ("message_roots = \"/nowhere.pem\"".into(), "/nowhere.pem"),
    ] {
        let error = notifier(&settings).err().expect("it is wrong").to_string();
        assert!(error.contains(named), "{error}");
    }
    let config = Config::load(None, |_| None, [MAIL, TEXTS].concat().parse::<Table>().unwrap()).unwrap();
    let shown = format!("{config:?}");
    assert!(!shown.contains("a-password") && !shown.contains("a-token"), "{shown}");
}

#[tokio::test]
async fn the_outbox_keeps_the_last_hundred() {
    let random = Sequence::default();
    let secret = || Digest::of(base62(&random, 32).as_bytes());
    let tenant = Tenant {
        id: uuid(&random),
        name: "Bank".into(),
        sandbox: true,
        client_id: uuid(&random),
        app_key: secret(),
        client_secret: secret(),
        secret_key: secret(),
        api_key: secret(),
    };
    let notifier = notifier("").unwrap_or_else(|error| panic!("{error}"));
    for nth in 0..103 {
        let words = Words::Code { code: format!("{nth:06}"), minutes: 10, page: None };
        let letter = letter(Address::Phone("+14155550132".into()), words);
        notifier.send(&tenant, &id(&random), &letter, Timestamp::from_millis(nth)).await.unwrap();
    }
    let kept = notifier.outbox.of(&tenant.id);
    let codes: Vec<_> = kept.iter().map(|letter| letter.code.as_deref().unwrap()).collect();
    assert_eq!((codes.len(), codes[0], codes[99]), (100, "000102", "000003"));
}
