//! A person is onboarded onto a playbook once, unless the tenant asks for it by another name.

use serde_json::{Value, json};

use crate::actors::{Answer, Person, Tenant, jpeg, open, post};
use crate::house::House;

const SKILL: &str = "kyc_basic_#1.0";

/// A session for the customer on the basic playbook.
async fn start(house: &House, tenant: &Tenant, further: Value) -> Answer {
    let mut body = json!({"key": tenant.playbook(SKILL), "user_external_id": "customer-0001"});
    body.as_object_mut().unwrap().extend(further.as_object().unwrap().clone());
    let started = tenant.start(house, &body).await;
    assert_eq!(started.status, 200, "{}", started.text);
    started
}

/// Walks a session to its end, and gives what the tenant learns.
async fn walk(house: &House, tenant: &Tenant, started: &Answer) -> Value {
    let mut person = Person::open(house, &started.text("/token")).await;
    let result = person.walk_details(house).await;
    tenant.validate(house, &result).await.body()["user"].clone()
}

/// Opens a session that is complete from the beginning, and gives what the tenant learns.
async fn reused(house: &House, tenant: &Tenant, started: &Answer) -> Value {
    let opened = open(house, &started.text("/token")).await;
    assert_eq!(opened.text("/status"), "SESSION_COMPLETED");
    let (nonce, next) = (&opened.body()["nonce"], &opened.body()["next"]);
    assert!(nonce.is_null() && next.is_null(), "nothing is asked: {}", opened.text);
    tenant.validate(house, &opened.text("/validation_token")).await.body()["user"].clone()
}

#[tokio::test]
async fn the_last_result_on_a_playbook_is_used_again() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let first =
        walk(&house, &tenant, &start(&house, &tenant, json!({"sandbox_outcome": "fail"})).await).await;
    assert_eq!(first["status"], "fail");
    let again = start(&house, &tenant, json!({})).await;
    assert_eq!(reused(&house, &tenant, &again).await, first, "whatever it is");
    let by_id = start(&house, &tenant, json!({"user_external_id": null, "fp_id": first["fp_id"]})).await;
    assert_eq!(reused(&house, &tenant, &by_id).await, first);

    let opened_again = open(&house, &by_id.text("/token")).await;
    assert_eq!(opened_again.text("/status"), "SESSION_COMPLETED");
    assert!(opened_again.body()["validation_token"].is_null(), "it was redeemed");
    let other = start(&house, &tenant, json!({"key": tenant.playbook("kyc_document_#1.0")})).await;
    assert_eq!(open(&house, &other.text("/token")).await.text("/status"), "SESSION_CREATED");
}

#[tokio::test]
async fn an_onboarding_is_known_by_the_tenants_name_for_it() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let january = json!({"onboarding_external_id": "onboarding-2025-01", "sandbox_outcome": "fail"});
    let february = json!({"onboarding_external_id": "onboarding-2025-02"});
    let first = walk(&house, &tenant, &start(&house, &tenant, january.clone()).await).await;
    let second = walk(&house, &tenant, &start(&house, &tenant, february.clone()).await).await;
    assert_eq!((&first["status"], &second["status"]), (&json!("fail"), &json!("pass")));
    assert_ne!(first["onboarding_id"], second["onboarding_id"]);
    assert_eq!(first["fp_id"], second["fp_id"]);
    for (request, result) in [(january, &first), (february, &second), (json!({}), &second)] {
        assert_eq!(reused(&house, &tenant, &start(&house, &tenant, request).await).await, *result);
    }
    let user = format!("/users/{}", first["fp_id"].as_str().unwrap());
    let user = tenant.call(&house, "GET", &user, None).await;
    assert_eq!(user.text("/status"), "pass", "nothing was decided again");
}

#[tokio::test]
async fn names_of_onboardings_belong_to_one_person_and_one_playbook() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let name = json!({"onboarding_external_id": "application-77"});
    walk(&house, &tenant, &start(&house, &tenant, name.clone()).await).await;
    for elsewhere in
        [json!({"user_external_id": "customer-0002"}), json!({"key": tenant.playbook("kyc_document_#1.0")})]
    {
        let mut request = name.clone();
        request.as_object_mut().unwrap().extend(elsewhere.as_object().unwrap().clone());
        let started = start(&house, &tenant, request).await;
        assert_eq!(open(&house, &started.text("/token")).await.text("/status"), "SESSION_CREATED");
    }
}

#[tokio::test]
async fn an_onboarding_that_is_not_complete_is_gone_on_with() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let key = json!({"key": tenant.playbook("kyc_document_#1.0")});
    let first = start(&house, &tenant, key.clone()).await;
    let mut here = Person::open(&house, &first.text("/token")).await;
    here.submit(&house, "personal_data", crate::actors::personal_data()).await;
    here.submit(&house, "consent", json!({"identity_check": "1.0"})).await;
    here.submit(&house, "document", json!({"kind": "passport"})).await;
    here.upload(&house, "front", jpeg()).await;

    let second = start(&house, &tenant, key.clone()).await;
    let mut there = Person::open(&house, &second.text("/token")).await;
    assert_ne!(here.session, there.session);
    assert_eq!(there.last["next"]["name"], "consent", "the form is known, agreements are given anew");
    there.submit(&house, "consent", json!({"identity_check": "1.0"})).await;
    there.submit(&house, "document", json!({"kind": "passport"})).await;
    assert_eq!(there.last["uploads"]["remaining"][0]["name"], "front", "and files are taken again");
    there.upload(&house, "front", jpeg()).await;
    there.submit(&house, "selfie", json!({})).await;
    there.upload(&house, "selfie", jpeg()).await;
    let result = there.submit(&house, "review", json!({})).await.text("/validation_token");
    let there = tenant.validate(&house, &result).await.body()["user"].clone();

    here.reopen(&house).await;
    here.submit(&house, "selfie", json!({})).await;
    here.upload(&house, "selfie", jpeg()).await;
    let result = here.submit(&house, "review", json!({})).await.text("/validation_token");
    let here = tenant.validate(&house, &result).await.body()["user"].clone();
    assert_eq!(here, there, "one onboarding has one result");
}

#[tokio::test]
async fn a_result_stands_whatever_another_tab_gives_later() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let one = start(&house, &tenant, json!({"sandbox_outcome": "fail"})).await;
    let other = start(&house, &tenant, json!({"sandbox_outcome": "pass"})).await;
    let first = walk(&house, &tenant, &one).await;
    let mut later = Person::open(&house, &other.text("/token")).await;
    let mut better = crate::actors::personal_data();
    better["id.city"] = "Nadir".into();
    later.submit(&house, "personal_data", better).await;
    let result = later.submit(&house, "consent", json!({"data_use": "1.0"})).await.text("/validation_token");
    let second = tenant.validate(&house, &result).await.body()["user"].clone();
    assert_eq!((&first["status"], &second), (&json!("fail"), &first));
    let user = format!("/users/{}", first["fp_id"].as_str().unwrap());
    assert_eq!(tenant.call(&house, "GET", &user, None).await.text("/status"), "fail");
}

/// Whoever has a tenant's public client can name any customer of it.
#[tokio::test]
async fn what_a_page_started_is_used_again_by_nobody() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let mut forged = tenant.page_request(SKILL);
    forged["tenant_user_id"] = "customer-0001".into();
    let page = post(&house, "/sessions", &forged).await;
    let mut stranger = Person::open(&house, &page.text("/session_token")).await;
    stranger.submit(&house, "personal_data", crate::actors::personal_data()).await;
    stranger.submit(&house, "consent", json!({"data_use": "1.0"})).await;

    let started = start(&house, &tenant, json!({})).await;
    let opened = open(&house, &started.text("/token")).await;
    assert_eq!(opened.text("/status"), "SESSION_CREATED");
    let shown = &opened.body()["next"]["screen"]["form"]["fields"][0]["value"];
    assert!(shown.is_null(), "nor is what they gave carried on");
    let again = post(&house, "/sessions", &forged).await;
    assert_eq!(again.text("/status"), "SESSION_CREATED");
}
