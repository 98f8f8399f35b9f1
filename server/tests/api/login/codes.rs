//! Codes: where they go, how long they are good, and how often they can be tried and sent.

use serde_json::{Value, json};

use super::{asks_for_code, code, codes, credentials, house, log_in, outbox, problem};
use crate::actors::{Person, Tenant};
use crate::house::House;

#[tokio::test]
async fn whoever_proves_an_address_is_logged_in() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let mut person = Person::start(&house, &tenant, "login_#1.0").await;
    assert_eq!(person.last["about"]["steps"], json!(["identify"]));
    let screen = &person.last["next"]["screen"]["identify"];
    assert_eq!(screen["methods"], json!([{"method": "email"}, {"method": "phone"}, {"method": "passkey"}]));

    person.submit(&house, "identify", json!({"email": " Jane@Example.com "})).await;
    let sent = person.last["next"]["screen"]["identify"]["code"].clone();
    assert_eq!((&sent["method"], &sent["tries_left"]), (&json!("email"), &json!(5)));
    assert_eq!(sent["resend_seconds"], 30);
    let to = sent["to"].as_str().unwrap().to_owned();
    let given = code(&house, &tenant, &to, 0).await;
    assert_eq!(given.len(), 6);

    let spaced = format!("{} {}", &given[..3], &given[3..]);
    let done = person.submit(&house, "identify", json!({"code": spaced})).await;
    assert_eq!(done.text("/status"), "SESSION_COMPLETED");
    let collected = credentials(&house, &tenant, &done).await;
    assert_eq!(collected["auth_events"][0]["kind"], "email");
    assert_eq!(collected["steps"][0]["data"], json!({"method": "email"}));
    let user =
        tenant.call(&house, "GET", &format!("/users/{}", collected["fp_id"].as_str().unwrap()), None).await;
    assert_eq!(user.text("/status"), "none", "a log-in judges nobody");
}

#[tokio::test]
async fn a_telephone_gets_a_code_that_its_browser_can_read() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let mut person = Person::start(&house, &tenant, "login_#1.0").await;
    let ask = json!({"phone": "+1 (415) 555-0123"});
    let given = asks_for_code(&house, &tenant, &mut person, "identify", ask, "+14155550123").await;
    let text = outbox(&house, &tenant).await[0]["text"].as_str().unwrap().to_owned();
    assert!(text.ends_with(&format!("@id.example #{given}")), "{text}");
    let done = person.submit(&house, "identify", json!({"code": given})).await;
    assert_eq!(credentials(&house, &tenant, &done).await["auth_events"][0]["kind"], "phone");
}

#[tokio::test]
async fn a_code_is_tried_five_times_and_lives_ten_minutes() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let mut person = Person::start(&house, &tenant, "login_#1.0").await;
    let ask = json!({"email": "jane@example.com"});
    let given =
        asks_for_code(&house, &tenant, &mut person, "identify", ask.clone(), "jane@example.com").await;
    let wrong = if given == "000000" { "000001" } else { "000000" };
    for _ in 0..5 {
        let refused = person.try_submit(&house, "identify", &json!({"code": wrong})).await;
        assert_eq!(problem(&refused), (422, "wrong_code".into()));
    }
    let right = person.try_submit(&house, "identify", &json!({"code": given})).await;
    assert_eq!(problem(&right), (422, "code_expired".into()), "five tries are all");

    house.pass(31);
    let next = asks_for_code(&house, &tenant, &mut person, "identify", ask, "jane@example.com").await;
    house.pass(31 + 600);
    let late = person.try_submit(&house, "identify", &json!({"code": next})).await;
    assert_eq!(problem(&late), (422, "code_expired".into()));
}

#[tokio::test]
async fn the_next_code_takes_longer_each_time() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let mut person = Person::start(&house, &tenant, "login_#1.0").await;
    let ask = json!({"email": "jane@example.com"});
    let mut at = 0;
    for wait in [30, 60, 120] {
        person.submit(&house, "identify", ask.clone()).await;
        let code = &person.last["next"]["screen"]["identify"]["code"];
        assert_eq!(code["resend_seconds"], wait);
        let soon = person.try_submit(&house, "identify", &ask).await;
        assert_eq!(problem(&soon), (422, "too_many_codes".into()));
        at += wait;
        house.pass(at);
    }
    // Who has mistyped their address need not wait.
    person.submit(&house, "identify", json!({"email": "jan@example.com"})).await;
    person.submit(&house, "identify", ask.clone()).await;
}

#[tokio::test]
async fn to_one_address_go_five_codes_in_an_hour_whoever_asks() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let ask = json!({"email": "jane@example.com"});
    for _ in 0..5 {
        Person::start(&house, &tenant, "login_#1.0").await.submit(&house, "identify", ask.clone()).await;
    }
    let mut another = Person::start(&house, &tenant, "login_#1.0").await;
    let refused = another.try_submit(&house, "identify", &ask).await;
    assert_eq!(problem(&refused), (422, "too_many_codes".into()));
    house.pass(3_601);
    another.reopen(&house).await;
    another.submit(&house, "identify", ask).await;
}

#[tokio::test]
async fn a_step_about_log_in_takes_one_thing_that_it_knows() {
    let house = house();
    let tenant = Tenant::of(&house);
    let person = Person::start(&house, &tenant, "login_#1.0").await;
    let cases = [
        (json!({}), "missing_fields", "required"),
        (json!({"email": "jane@example.com", "phone": "+14155550123"}), "missing_fields", "required"),
        (json!({"email": "jane"}), "invalid_field", "invalid_email"),
        (json!({"phone": "12"}), "invalid_field", "invalid_phone"),
        (json!({"code": "123456"}), "invalid_field", "code_expired"),
        (json!({"code": 123456}), "invalid_field", "wrong_type"),
        (json!({"send": "email"}), "invalid_field", "not_an_option"),
        (json!({"send": "pigeon"}), "invalid_field", "not_an_option"),
        (json!({"passkey": "{}"}), "invalid_field", "passkey_refused"),
        (json!({"fax": "1"}), "unknown_fields", "unknown"),
    ];
    for (data, code, problem) in cases {
        let refused = person.try_submit(&house, "identify", &data).await;
        assert_eq!(
            (refused.code().as_str(), refused.text("/fields/0/problem").as_str()),
            (code, problem),
            "{data}"
        );
    }
    let mut person = person;
    log_in(&house, &tenant, &mut person, "jane@example.com").await;
}

#[tokio::test]
async fn the_same_request_again_sends_no_second_code() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let person = Person::start(&house, &tenant, "login_#1.0").await;
    let ask = json!({"email": "jane@example.com"});
    let first = person.try_submit(&house, "identify", &ask).await;
    let again = person.try_submit(&house, "identify", &ask).await;
    assert_eq!((first.status, &first.text), (200, &again.text));
    code(&house, &tenant, "jane@example.com", 0).await;
    assert_eq!(codes(&house, &tenant, "jane@example.com").await, 1);
}

#[tokio::test]
async fn without_a_way_to_send_codes_nobody_is_asked_for_one() {
    let house = House::open();
    let live = Tenant::register(&house, &["--live"]);
    let page = crate::actors::post(&house, "/sessions", &live.page_request("login_#1.0")).await;
    assert_eq!((page.status, page.code().as_str()), (501, "login_unavailable"));
    let body: Value = json!({"kind": "onboard", "key": live.playbook("login_#1.0")});
    let backend = live.call(&house, "POST", "/onboarding/session", Some(&body)).await;
    assert_eq!((backend.status, backend.code().as_str()), (501, "login_unavailable"));
}
