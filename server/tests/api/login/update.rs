//! `kind` `update_login_methods`: a person logs in, and changes how they do.

use serde_json::{Value, json};

use super::{PAGE, asks_for_code, log_in, member, outbox, person_at, problem, start_update, who};
use crate::actors::{Person, Tenant};
use crate::house::House;

/// Somebody who has opened such a session and logged in by the address that they have.
async fn logged_in(house: &House, tenant: &Tenant, email: &str, limit: Option<&[&str]>) -> (String, Person) {
    let jane = member(house, tenant, email).await;
    house.pass(3_700);
    let token = start_update(house, tenant, &jane, limit).await;
    let mut person = person_at(house, PAGE, &token).await;
    let code = asks_for_code(house, tenant, &mut person, "identify", json!({"send": "email"}), email).await;
    person.submit(house, "identify", json!({"code": code})).await;
    (jane, person)
}

#[tokio::test]
async fn a_telephone_is_added_and_the_tenant_learns_of_it() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let (jane, mut person) = logged_in(&house, &tenant, "jane@example.com", Some(&["phone"])).await;
    let next = serde_json::to_string_pretty(&person.last["next"]).unwrap();
    insta::assert_snapshot!(next, @r#"
    {
      "name": "login_methods",
      "position": 2,
      "total": 2,
      "screen": {
        "login_methods": {
          "methods": [
            {
              "method": "phone"
            }
          ],
          "passkeys": 0,
          "changed": []
        }
      }
    }
    "#);
    let other = person.try_submit(&house, "login_methods", &json!({"email": "doe@example.com"})).await;
    assert_eq!(problem(&other), (422, "not_an_option".into()), "only what the limit allows");

    let ask = json!({"phone": "+14155550123"});
    let code = asks_for_code(&house, &tenant, &mut person, "login_methods", ask, "+14155550123").await;
    person.submit(&house, "login_methods", json!({"code": code})).await;
    let screen = &person.last["next"]["screen"]["login_methods"];
    assert_eq!((&screen["changed"], &screen["methods"][0]["masked"]), (&json!(["phone"]), &json!("••••23")));
    let done = person.submit(&house, "login_methods", json!({"done": true})).await;
    let validated = tenant.validate(&house, &done.text("/validation_token")).await.body();
    let kinds: Vec<&Value> = validated["user_auth"]["auth_events"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| &event["kind"])
        .collect();
    assert_eq!(kinds, ["email", "phone_updated"]);
    assert_eq!(
        (&validated["user"]["fp_id"], &validated["user"]["playbook_key"]),
        (&json!(jane), &Value::Null)
    );
    assert_eq!(validated["user"]["status"], "none");

    let told: Vec<Value> = outbox(&house, &tenant)
        .await
        .into_iter()
        .filter(|letter| letter["kind"] == "login_changed")
        .collect();
    assert_eq!(
        (told.len(), &told[0]["to"], &told[0]["method"]),
        (1, &json!("jane@example.com"), &json!("phone"))
    );

    let mut again = Person::start(&house, &tenant, "login_#1.0").await;
    let ask = json!({"phone": "+14155550123"});
    let code = asks_for_code(&house, &tenant, &mut again, "identify", ask, "+14155550123").await;
    let done = again.submit(&house, "identify", json!({"code": code})).await;
    assert_eq!(who(&house, &tenant, &done).await, jane, "it opens the same door");
}

#[tokio::test]
async fn another_address_takes_the_place_of_the_former_which_is_told() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let (jane, mut person) = logged_in(&house, &tenant, "jane@example.com", None).await;
    let ask = json!({"email": "doe@example.com"});
    let code = asks_for_code(&house, &tenant, &mut person, "login_methods", ask, "doe@example.com").await;
    person.submit(&house, "login_methods", json!({"code": code})).await;
    person.submit(&house, "login_methods", json!({"done": true})).await;
    let letters = outbox(&house, &tenant).await;
    let told = letters.iter().find(|letter| letter["kind"] == "login_changed").unwrap();
    assert_eq!(told["to"], "jane@example.com");

    assert_eq!(member(&house, &tenant, "doe@example.com").await, jane);
    assert_ne!(member(&house, &tenant, "jane@example.com").await, jane, "the former opens nothing");
    let vault = json!({"fields": ["id.email"], "reason": "to see"});
    let known = tenant.call(&house, "POST", &format!("/users/{jane}/vault/decrypt"), Some(&vault)).await;
    assert_eq!(known.body()["id.email"], "doe@example.com");
}

#[tokio::test]
async fn an_address_of_somebody_else_is_not_taken_over() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let joan = member(&house, &tenant, "joan@example.com").await;
    let (jane, mut person) = logged_in(&house, &tenant, "jane@example.com", None).await;
    let ask = json!({"email": "joan@example.com"});
    let code = asks_for_code(&house, &tenant, &mut person, "login_methods", ask, "joan@example.com").await;
    let refused = person.try_submit(&house, "login_methods", &json!({"code": code})).await;
    assert_eq!(problem(&refused), (422, "address_taken".into()));
    house.pass(7_400);
    assert_eq!(member(&house, &tenant, "joan@example.com").await, joan);
    assert_eq!(member(&house, &tenant, "jane@example.com").await, jane);
}

#[tokio::test]
async fn nothing_is_changed_before_the_log_in() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let jane = member(&house, &tenant, "jane@example.com").await;
    let token = start_update(&house, &tenant, &jane, None).await;
    let person = person_at(&house, PAGE, &token).await;
    for data in [json!({"email": "doe@example.com"}), json!({"code": "123456"}), json!({"done": true})] {
        let refused = person.try_submit(&house, "login_methods", &data).await;
        assert_eq!((refused.status, refused.code().as_str()), (409, "invalid_step"));
    }
    let typed = person.try_submit(&house, "identify", &json!({"email": "doe@example.com"})).await;
    assert_eq!(problem(&typed), (422, "not_an_option".into()), "an existing method comes first");
}

#[tokio::test]
async fn who_has_no_way_to_log_in_gets_the_first() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let made = tenant.call(&house, "POST", "/users", Some(&json!({"external_id": "customer-0001"}))).await;
    let token = start_update(&house, &tenant, &made.text("/id"), None).await;
    let mut person = person_at(&house, PAGE, &token).await;
    assert_eq!(person.last["next"]["screen"]["identify"]["known"], false);
    log_in(&house, &tenant, &mut person, "jane@example.com").await;
    assert_eq!(person.last["next"]["name"], "login_methods");
}
