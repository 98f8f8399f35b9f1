//! A sandbox session that passes only once more was given.

use serde_json::{Value, json};

use crate::actors::{Person, Tenant, jpeg};
use crate::house::House;

/// What the tenant reads of a person.
async fn read(house: &House, tenant: &Tenant, user: &Value) -> Value {
    let path = format!("/users/{}", user.as_str().unwrap());
    tenant.call(house, "GET", &path, None).await.body()
}

#[tokio::test]
async fn the_document_is_asked_for_once_more_and_then_the_rules_decide() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let started = tenant.start(&house, &json!({"sandbox_outcome": "step_up"})).await;
    let result = Person::open(&house, &started.text("/token")).await.walk(&house).await;
    let validated = tenant.validate(&house, &result).await.body();
    let user = &validated["user"]["fp_id"];
    assert_eq!(validated["user"]["status"], "incomplete");
    let asked = read(&house, &tenant, user).await;
    assert_eq!(
        (asked["status"].as_str(), asked["requires_manual_review"].as_bool()),
        (Some("incomplete"), Some(false))
    );
    assert_eq!(asked["requires_additional_info"]["note"], "We need this once more to check who you are.");

    let inherit = json!({"kind": "inherit", "fp_id": user});
    let started = tenant.call(&house, "POST", "/onboarding/session", Some(&inherit)).await;
    let mut person = Person::open(&house, &started.text("/token")).await;
    assert_eq!(person.last["next"]["name"], "document", "and nothing before it");
    person.submit(&house, "document", json!({"kind": "passport"})).await;
    assert_eq!(person.upload(&house, "front", jpeg()).await.status, 200);
    let result = person.submit(&house, "review", json!({})).await.text("/validation_token");
    assert_eq!(tenant.validate(&house, &result).await.body()["user"]["status"], "pass");
    let passed = read(&house, &tenant, user).await;
    assert_eq!(
        (passed["status"].as_str(), &passed["requires_additional_info"]),
        (Some("pass"), &Value::Null)
    );
    let further = tenant.call(&house, "POST", "/onboarding/session", Some(&inherit)).await;
    assert_eq!((further.status, further.code()), (409, "nothing_requested".into()));
}
