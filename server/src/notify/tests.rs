//! Letters and the sandbox's outbox, without a store.

use super::*;

fn letter(to: Address, words: Words) -> Letter {
    Letter { to, language: None, words, valid_until: Timestamp::from_millis(600_000) }
}

fn code() -> Words {
    Words::Code { code: "048213".into(), minutes: 10 }
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
