//! The nonce rules of the wire.

use serde_json::json;

use crate::actors::{Person, Tenant, personal_data, post};
use crate::house::House;

const SKILL: &str = "kyc_basic_#1.0";

#[tokio::test]
async fn the_same_request_again_gets_the_same_answer_and_another_is_refused() {
    let house = House::open();
    let mut person = Person::start(&house, &Tenant::of(&house), SKILL).await;
    let before = person.clone();
    let first = person.submit(&house, "personal_data", personal_data()).await;
    let again = before.try_submit(&house, "personal_data", &personal_data()).await;
    assert_eq!(first.text, again.text, "byte for byte");
    let mut other = personal_data();
    other["id.city"] = "Nadir".into();
    assert_eq!(before.try_submit(&house, "personal_data", &other).await.code(), "nonce_used");

    let before = person.clone();
    let done = person.submit(&house, "consent", json!({"data_use": "1.0"})).await;
    let again = before.try_submit(&house, "consent", &json!({"data_use": "1.0"})).await;
    assert_eq!(done.text, again.text, "also the last answer, with the result");
    assert_eq!(before.try_submit(&house, "personal_data", &other).await.code(), "nonce_used");
}

#[tokio::test]
async fn two_submissions_race_and_one_wins() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    for _ in 0..4 {
        let person = Person::start(&house, &tenant, SKILL).await;
        let mut other = personal_data();
        other["id.city"] = "Nadir".into();
        let own = personal_data();
        let (one, two, three, four) = tokio::join!(
            person.try_submit(&house, "personal_data", &own),
            person.try_submit(&house, "personal_data", &other),
            person.try_submit(&house, "personal_data", &own),
            person.try_submit(&house, "personal_data", &other),
        );
        assert!(one.text == three.text || one.status == 409);
        let mut won: Vec<_> =
            [&one, &two, &three, &four].into_iter().filter(|answer| answer.status == 200).collect();
        won.dedup_by_key(|answer| answer.text.clone());
        assert_eq!(won.len(), 1, "one submission, however often it was sent");
        let lost = [one.clone(), two, three, four].into_iter().filter(|answer| answer.status != 200);
        assert!(lost.into_iter().all(|answer| answer.code() == "nonce_used"));
    }
}

#[tokio::test]
async fn an_expired_nonce_is_renewed_by_opening_and_nothing_is_lost() {
    let house = House::open();
    let mut person = Person::start(&house, &Tenant::of(&house), SKILL).await;
    person.submit(&house, "personal_data", personal_data()).await;
    house.pass(30 * 60 + 1);
    let late = person.try_submit(&house, "consent", &json!({"data_use": "1.0"})).await;
    insta::assert_snapshot!(late.seen(), @r#"
    410
    {
      "code": "nonce_expired",
      "http": 410,
      "id": "err_…",
      "message": "This nonce has expired: open the session again for a fresh one.",
      "type": "invalid_request"
    }
    "#);
    person.reopen(&house).await;
    assert_eq!(person.last["status"], "SESSION_IN_PROGRESS");
    person.submit(&house, "consent", json!({"data_use": "1.0"})).await;
}

#[tokio::test]
async fn a_session_ends_after_a_day() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let started = tenant.start(&house, &json!({})).await;
    let person = Person::open(&house, &started.text("/token")).await;
    house.pass(24 * 3600 + 1);
    assert_eq!(person.try_submit(&house, "personal_data", &personal_data()).await.code(), "session_expired");
    assert_eq!(crate::actors::open(&house, &person.token).await.code(), "session_expired");
}

#[tokio::test]
async fn a_nonce_belongs_to_one_session_and_opening_voids_it() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let mut person = Person::start(&house, &tenant, SKILL).await;
    let stranger = Person::start(&house, &tenant, SKILL).await;
    let stolen = stranger.submission("personal_data", &personal_data());
    let answer = post(&house, &format!("/sessions/{}/steps", person.session), &stolen).await;
    assert_eq!((answer.status, answer.code().as_str()), (401, "invalid_nonce"));

    let other_tab = person.clone();
    person.reopen(&house).await;
    assert_eq!(other_tab.try_submit(&house, "personal_data", &personal_data()).await.code(), "invalid_nonce");
    person.submit(&house, "personal_data", personal_data()).await;
}

#[tokio::test]
async fn a_result_token_lives_a_quarter_of_an_hour() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let mut person = Person::start(&house, &tenant, SKILL).await;
    person.submit(&house, "personal_data", personal_data()).await;
    let token = person.submit(&house, "consent", json!({"data_use": "1.0"})).await.text("/temp_token");
    house.pass(15 * 60 + 1);
    assert_eq!(tenant.redeem(&house, &token).await.code(), "invalid_temp_token");
    person.reopen(&house).await;
    let fresh = person.last["temp_token"].as_str().unwrap();
    assert_eq!(tenant.redeem(&house, fresh).await.status, 200);
}

#[tokio::test]
async fn two_redemptions_race_and_one_wins() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let mut person = Person::start(&house, &tenant, SKILL).await;
    person.submit(&house, "personal_data", personal_data()).await;
    let token = person.submit(&house, "consent", json!({"data_use": "1.0"})).await.text("/temp_token");
    let (one, two, three) = tokio::join!(
        tenant.redeem(&house, &token),
        tenant.validate(&house, &token),
        tenant.redeem(&house, &token)
    );
    let won = [one, two, three].into_iter().filter(|answer| answer.status == 200).count();
    assert_eq!(won, 1);
}
