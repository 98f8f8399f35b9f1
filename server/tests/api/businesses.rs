//! Businesses and their owners: who may say what of them, and who is told nothing.

use serde_json::{Value, json};

use crate::actors::{Answer, Person, Tenant};
use crate::house::House;

const NOBODYS: &str = "fp_bid_0000000000000000000000";

/// A session of a customer about a business, both by the tenant's names.
async fn start(house: &House, tenant: &Tenant, customer: &str, business: &str) -> Answer {
    let body = json!({
        "key": tenant.playbook("kyb_business_#1.0"),
        "user_external_id": customer,
        "business_external_id": business,
    });
    tenant.start(house, &body).await
}

/// The business and the customer that a session is about, by the server's names.
async fn described(house: &House, tenant: &Tenant, started: &Answer) -> (String, String) {
    let mut person = Person::open(house, &started.text("/token")).await;
    for (step, data) in crate::kyb::business_steps(&json!([])) {
        person.submit(house, step, data).await;
    }
    person.submit(house, "consent", json!({"business_check": "1.0"})).await;
    let done = person.submit(house, "review", json!({})).await;
    let told = tenant.validate(house, &done.text("/validation_token")).await;
    (told.text("/business/fp_bid"), told.text("/user/fp_id"))
}

async fn owners(house: &House, tenant: &Tenant, business: &str) -> Value {
    tenant.call(house, "GET", &format!("/businesses/{business}/owners"), None).await.body()
}

#[tokio::test]
async fn a_business_is_its_owners_alone() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let first = start(&house, &tenant, "customer-0001", "business-0001").await;
    let (business, jane) = described(&house, &tenant, &first).await;
    assert_eq!(start(&house, &tenant, "customer-0001", "business-0001").await.status, 200);
    let before = owners(&house, &tenant, &business).await;

    let key = tenant.playbook("kyb_business_#1.0");
    for stranger in [
        json!({"key": key, "user_external_id": "customer-0002", "business_external_id": "business-0001"}),
        json!({"key": key, "user_external_id": "customer-0002", "fp_bid": business}),
        json!({"key": key, "fp_bid": business}),
        json!({"user_external_id": "customer-0002", "fp_bid": business}),
    ] {
        let refused = tenant.start(&house, &stranger).await;
        assert_eq!((refused.status, refused.code().as_str()), (422, "not_an_owner"), "{stranger}");
    }
    assert_eq!(owners(&house, &tenant, &business).await, before);

    let second = start(&house, &tenant, "customer-0002", "business-0002").await;
    let (other, bob) = described(&house, &tenant, &second).await;
    let crossed = json!({"key": key, "fp_id": bob, "fp_bid": business});
    assert_eq!(tenant.start(&house, &crossed).await.code(), "not_an_owner");
    let unknown = tenant.start(&house, &json!({"key": key, "fp_id": jane, "fp_bid": NOBODYS})).await;
    assert_eq!((unknown.status, unknown.code().as_str()), (404, "not_found"));
    let renamed =
        json!({"key": key, "fp_id": jane, "fp_bid": business, "business_external_id": "business-0002"});
    assert_eq!(tenant.start(&house, &renamed).await.code(), "invalid_field");

    let mark = json!({"fp_id": bob, "ownership_stake": 30});
    let path = format!("/businesses/{business}/owners");
    let marked = tenant.call(&house, "POST", &path, Some(&mark)).await;
    insta::assert_snapshot!(marked.seen(), @r#"
    200
    {
      "fp_id": "fp_id_…",
      "kind": "secondary",
      "ownership_stake": 30,
      "requires_manual_review": false,
      "status": "incomplete"
    }
    "#);
    assert_eq!(tenant.start(&house, &crossed).await.status, 200, "an owner may act for it");
    assert_ne!(other, business);
}

#[tokio::test]
async fn shares_add_up_to_the_whole_at_most() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let first = start(&house, &tenant, "customer-0001", "business-0001").await;
    let (business, jane) = described(&house, &tenant, &first).await;
    let second = start(&house, &tenant, "customer-0002", "business-0002").await;
    let (_, bob) = described(&house, &tenant, &second).await;
    let path = format!("/businesses/{business}/owners");
    let before = owners(&house, &tenant, &business).await;
    for (mark, problem) in [
        (json!({"fp_id": bob, "ownership_stake": 61}), "stakes_exceed"),
        (json!({"fp_id": bob, "ownership_stake": 0}), "too_small"),
        (json!({"fp_id": bob, "ownership_stake": 101}), "too_large"),
    ] {
        let refused = tenant.call(&house, "POST", &path, Some(&mark)).await;
        assert_eq!(refused.text("/context/fields/0/problem"), problem, "{mark}");
    }
    assert_eq!(owners(&house, &tenant, &business).await, before);
    for mark in [
        json!({"fp_id": bob, "ownership_stake": 60}),
        json!({"fp_id": bob}),
        json!({"fp_id": jane, "ownership_stake": 100}),
    ] {
        assert_eq!(tenant.call(&house, "POST", &path, Some(&mark)).await.status, 200, "{mark}");
    }
    let now = owners(&house, &tenant, &business).await;
    assert_eq!(now[0]["ownership_stake"], 100);
    assert_eq!((&now[1]["fp_id"], &now[1]["ownership_stake"]), (&json!(bob), &Value::Null));
}

#[tokio::test]
async fn an_owner_is_invited_when_it_is_known_how_owners_are_checked() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let started = start(&house, &tenant, "customer-0001", "business-0001").await;
    let (business, jane) = described(&house, &tenant, &started).await;
    let link = |business: &str, owner: &str| format!("/businesses/{business}/owners/{owner}/link");
    let acting = tenant.call(&house, "POST", &link(&business, &jane), None).await;
    assert_eq!((acting.status, acting.code().as_str()), (422, "invalid_field"), "she has her own session");
    for path in [
        link(&business, "fp_id_0000000000000000000000"),
        link(NOBODYS, &jane),
        link("x", &jane),
        link(&business, "x"),
    ] {
        let unknown = tenant.call(&house, "POST", &path, None).await;
        assert_eq!((unknown.status, unknown.code().as_str()), (404, "not_found"), "{path}");
    }
    let surprise = tenant.call(&house, "POST", &link(&business, &jane), Some(&json!({"x": 1}))).await;
    assert_eq!(surprise.code(), "unknown_fields");
}

#[tokio::test]
async fn a_business_of_another_tenant_is_not_there() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let started = start(&house, &tenant, "customer-0001", "business-0001").await;
    let (business, jane) = described(&house, &tenant, &started).await;
    let stranger = Tenant::register(&house, &[]);
    for (method, path) in [
        ("GET", format!("/businesses/{business}")),
        ("GET", format!("/businesses/{business}/owners")),
        ("POST", format!("/businesses/{business}/owners/{jane}/link")),
    ] {
        let refused = stranger.call(&house, method, &path, None).await;
        assert_eq!((refused.status, refused.code().as_str()), (404, "not_found"), "{path}");
    }
    let mark = json!({"fp_id": jane, "ownership_stake": 10});
    let path = format!("/businesses/{business}/owners");
    assert_eq!(stranger.call(&house, "POST", &path, Some(&mark)).await.status, 404);

    let key = stranger.playbook("kyb_business_#1.0");
    for foreign in [
        json!({"key": key, "fp_id": jane}),
        json!({"key": key, "user_external_id": "customer-0001", "fp_bid": business}),
        json!({"key": tenant.playbook("kyb_business_#1.0")}),
    ] {
        assert_eq!(stranger.start(&house, &foreign).await.status, 404, "{foreign}");
    }
    let own = start(&house, &stranger, "customer-0001", "business-0001").await;
    assert_eq!(own.status, 200, "names are each tenant's own");
    let theirs = owners(&house, &tenant, &business).await;
    assert_eq!(theirs.as_array().unwrap().len(), 1);
}
