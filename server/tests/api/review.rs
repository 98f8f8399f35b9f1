//! A reviewer decides, and everybody who asks later learns it.

use serde_json::{Value, json};

use crate::actors::{Answer, Person, Tenant, bearer, open};
use crate::house::House;
use crate::people::{Known, detailed, refused};

async fn review(house: &House, tenant: &Tenant, person: &Known, body: &Value) -> Answer {
    tenant.about(house, "POST", &person.id, "/review", Some(body)).await
}

fn decision(decision: &str) -> Value {
    json!({"decision": decision, "reason": "Called her: all is well."})
}

#[tokio::test]
async fn who_was_to_be_looked_at_is_approved() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let jane = detailed(&house, &tenant, json!({"sandbox_outcome": "manual_review"})).await;
    assert_eq!(jane.validated.body()["user"]["requires_manual_review"], true);
    let reviewed = review(&house, &tenant, &jane, &decision("approve")).await;
    insta::assert_snapshot!(reviewed.seen(), @r#"
    200
    {
      "external_id": null,
      "id": "fp_id_…",
      "requires_additional_info": null,
      "requires_manual_review": false,
      "status": "pass"
    }
    "#);
    assert_eq!(tenant.about(&house, "GET", &jane.id, "", None).await.body(), reviewed.body());
    let waiting = tenant.call(&house, "GET", "/users?requires_manual_review=true", None).await;
    assert_eq!(waiting.body()["data"], json!([]));

    let recorded = tenant.recorded(&house, &jane.id).await;
    assert_eq!(recorded.len(), 1);
    let expected = json!({
        "action": "user.reviewed",
        "decision": "approve",
        "reason": "Called her: all is well.",
        "onboarding_id": jane.onboarding,
        "fp_id": jane.id,
        "fields": [],
    });
    for (name, value) in expected.as_object().unwrap() {
        assert_eq!(recorded[0][name], *value, "{name}");
    }
    assert_eq!(recorded[0]["actor"]["kind"], "secret_key");
}

#[tokio::test]
async fn a_token_that_is_redeemed_afterwards_tells_the_review() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let mut person = Person::start(&house, &tenant, "kyc_basic_#1.0").await;
    person.submit(&house, "personal_data", crate::actors::personal_data()).await;
    let done = person.submit(&house, "consent", json!({"data_use": "1.0"})).await;
    let redeemed = tenant.redeem(&house, &done.text("/temp_token")).await;
    let credentials = format!("/credentials/{}", redeemed.text("/credentials_id"));
    let read = async || bearer(&house, "GET", &credentials, &redeemed.text("/access_token")).await.body();
    let before = read().await;
    assert_eq!(before["outcome"]["status"], "pass");
    let jane = before["fp_id"].as_str().unwrap();
    tenant.about(&house, "POST", jane, "/review", Some(&decision("reject"))).await;
    let after = read().await;
    assert_eq!(after["outcome"]["status"], "fail");
    assert_eq!(after["outcome"]["requires_manual_review"], false);
    assert_eq!(after["outcome"]["checks"], before["outcome"]["checks"], "the checks found what they found");

    let started = tenant.start(&house, &json!({"key": tenant.playbook("kyc_basic_#1.0")})).await;
    let mut john = Person::open(&house, &started.text("/token")).await;
    let result = john.walk_details(&house).await;
    let listed = tenant.call(&house, "GET", "/users?limit=1", None).await;
    let id = listed.text("/data/0/id");
    tenant.about(&house, "POST", &id, "/review", Some(&decision("reject"))).await;
    let validated = tenant.validate(&house, &result).await;
    assert_eq!((validated.text("/user/fp_id"), validated.text("/user/status")), (id, "fail".into()));
}

#[tokio::test]
async fn a_result_that_is_used_again_is_the_reviewed_one() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let key = tenant.playbook("kyc_basic_#1.0");
    let start = json!({"key": key, "user_external_id": "customer-0001"});
    let jane = detailed(&house, &tenant, start.clone()).await;
    let before = tenant.start(&house, &start).await;
    assert_eq!(review(&house, &tenant, &jane, &decision("reject")).await.text("/status"), "fail");
    let after = tenant.start(&house, &start).await;
    for started in [before, after] {
        let opened = open(&house, &started.text("/token")).await;
        let validated = tenant.validate(&house, &opened.text("/validation_token")).await;
        assert_eq!(validated.text("/user/onboarding_id"), jane.onboarding);
        assert_eq!(validated.text("/user/status"), "fail");
    }
}

#[tokio::test]
async fn the_same_again_changes_nothing_and_another_decision_is_refused() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let jane = detailed(&house, &tenant, json!({"sandbox_outcome": "fail"})).await;
    let first = review(&house, &tenant, &jane, &decision("approve")).await;
    assert_eq!(first.text("/status"), "pass", "what the checks refused a reviewer may let through");
    assert_eq!(review(&house, &tenant, &jane, &decision("approve")).await.body(), first.body());
    let other = review(&house, &tenant, &jane, &decision("reject")).await;
    assert_eq!(refused(&other), (409, "already_reviewed".into()));
    assert_eq!(tenant.about(&house, "GET", &jane.id, "", None).await.body(), first.body());
    assert_eq!(tenant.actions(&house, &jane.id).await, ["user.reviewed"]);
}

#[tokio::test]
async fn an_earlier_onboarding_is_reviewed_by_its_name() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let first = json!({"user_external_id": "customer-0001", "onboarding_external_id": "onboarding-2025-01"});
    let second = json!({"user_external_id": "customer-0001", "onboarding_external_id": "onboarding-2025-02"});
    let january = detailed(&house, &tenant, first).await;
    house.pass(60);
    let february = detailed(&house, &tenant, second).await;
    assert_eq!(january.id, february.id);
    let mut body = decision("reject");
    body["onboarding_id"] = january.onboarding.clone().into();
    assert_eq!(review(&house, &tenant, &january, &body).await.text("/status"), "pass", "February counts");
    let latest = review(&house, &tenant, &january, &decision("reject")).await;
    assert_eq!(latest.text("/status"), "fail");
    let recorded = tenant.recorded(&house, &january.id).await;
    let which: Vec<_> = recorded.iter().map(|event| event["onboarding_id"].as_str().unwrap()).collect();
    assert_eq!(which, [&february.onboarding, &january.onboarding]);
}

#[tokio::test]
async fn what_was_given_after_a_request_is_reviewed_anew() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let jane = detailed(&house, &tenant, json!({})).await;
    assert_eq!(review(&house, &tenant, &jane, &decision("reject")).await.text("/status"), "fail");
    let ask = json!({"note": "Your details once more.", "steps": ["personal_data"]});
    tenant.about(&house, "POST", &jane.id, "/request_info", Some(&ask)).await;
    let inherit = json!({"kind": "inherit", "fp_id": jane.id});
    let started = tenant.call(&house, "POST", "/onboarding/session", Some(&inherit)).await;
    let mut person = Person::open(&house, &started.text("/token")).await;
    person.submit(&house, "personal_data", crate::actors::personal_data()).await;
    let done = person.submit(&house, "review", json!({})).await;
    let validated = tenant.validate(&house, &done.text("/validation_token")).await;
    assert_eq!(validated.text("/user/status"), "pass", "decided again by the checks");
    assert_eq!(review(&house, &tenant, &jane, &decision("approve")).await.status, 200);
    assert_eq!(tenant.about(&house, "GET", &jane.id, "", None).await.text("/status"), "pass");
}

#[tokio::test]
async fn what_is_not_decided_is_not_reviewed() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let started = tenant.start(&house, &json!({"user_external_id": "customer-0001"})).await;
    let mut person = Person::open(&house, &started.text("/token")).await;
    let listed = tenant.call(&house, "GET", "/users?external_id=customer-0001", None).await;
    let id = listed.text("/data/0/id");
    person.walk_to_review(&house).await;
    for (body, status, code) in [
        (decision("approve"), 409, "nothing_decided"),
        (json!({"decision": "approve", "reason": ""}), 422, "invalid_field"),
        (json!({"decision": "approve", "reason": "x".repeat(501)}), 422, "invalid_field"),
        (json!({"decision": "approve"}), 400, "missing_fields"),
        (json!({"decision": "wave_through", "reason": "Why not?"}), 422, "invalid_field"),
        (json!({"decision": "approve", "reason": "Why?", "onboarding_id": "ob_x"}), 422, "invalid_field"),
        (
            json!({"decision": "approve", "reason": "Why?", "onboarding_id": "ob_0000000000000000000000"}),
            409,
            "nothing_decided",
        ),
    ] {
        let answer = tenant.about(&house, "POST", &id, "/review", Some(&body)).await;
        assert_eq!(refused(&answer), (status, code.into()), "{body}");
    }
    let jane = detailed(&house, &tenant, json!({})).await;
    let mut anothers = decision("reject");
    anothers["onboarding_id"] = jane.onboarding.clone().into();
    let answer = tenant.about(&house, "POST", &id, "/review", Some(&anothers)).await;
    assert_eq!(refused(&answer), (409, "nothing_decided".into()));
    assert_eq!(tenant.about(&house, "GET", &jane.id, "", None).await.text("/status"), "pass");
    assert_eq!(tenant.actions(&house, &id).await, [] as [String; 0]);
}
