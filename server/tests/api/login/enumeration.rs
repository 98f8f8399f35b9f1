//! Nobody learns from an answer, or from how long it takes, whether an address is known.

use std::time::Instant;

use serde_json::{Value, json};

use super::member;
use crate::actors::{Person, Tenant};
use crate::house::House;

/// How often each address is asked for.
const ROUNDS: usize = 60;

#[expect(clippy::disallowed_methods, reason = "how long an answer takes is what is compared")]
async fn asked(house: &House, tenant: &Tenant, email: &str) -> (f64, Value) {
    let person = Person::start(house, tenant, "login_#1.0").await;
    let before = Instant::now();
    let answer = person.try_submit(house, "identify", &json!({"email": email})).await;
    let took = before.elapsed().as_secs_f64();
    let mut body = answer.body();
    for secret in ["step_id", "nonce"] {
        body[secret] = Value::Null;
    }
    body["next"]["screen"]["identify"]["code"]["to"] = Value::Null;
    (took, json!([answer.status, body]))
}

/// The share of pairs in which the first is the larger: half of them, if the two are alike (Mann and Whitney,
/// 1947).
fn larger(first: &[f64], second: &[f64]) -> f64 {
    let pairs = first.iter().flat_map(|one| second.iter().map(move |other| (one, other)));
    let score: f64 = pairs
        .map(|(one, other)| {
            if one > other {
                1.0
            } else if one == other {
                0.5
            } else {
                0.0
            }
        })
        .sum();
    score / (first.len() * second.len()) as f64
}

#[tokio::test]
async fn known_and_unknown_addresses_are_answered_alike() {
    let house = House::open_set("codes_at_once = 1000\ncodes_per_minute = 1000\n");
    let tenant = Tenant::of(&house);
    for number in 0..ROUNDS / 4 {
        member(&house, &tenant, &format!("known.{number}@example.com")).await;
    }
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let number = round / 4;
        // One after the other, so that whatever else the machine does falls on both.
        let (took, one) = asked(&house, &tenant, &format!("known.{number}@example.com")).await;
        known.push(took);
        let (took, other) = asked(&house, &tenant, &format!("nobody.{number}@example.com")).await;
        unknown.push(took);
        assert_eq!(one, other);
    }
    // With 60 of each, alike, the share is beyond a half by more than 0.21 once in 10,000 times (a deviation of
    // 0.053). Somebody who is looked up, or written to, would be slower nearly always.
    let share = larger(&known, &unknown);
    assert!((share - 0.5).abs() < 0.21, "known addresses took longer in {share:.2} of the pairs");
}
