//! Somebody who comes again is recognised within the tenant, and goes on from what is known.

use serde_json::json;

use super::{
    PAGE, asks_for_code, form, house, log_in, member, open_at, person_at, problem, start_member, who,
};
use crate::actors::{Person, Tenant};
use crate::house::House;

#[tokio::test]
async fn the_same_address_is_the_same_person_in_one_tenant_and_nobody_in_another() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let jane = member(&house, &tenant, "jane@example.com").await;
    assert_eq!(member(&house, &tenant, "jane@example.com").await, jane);
    assert_ne!(member(&house, &tenant, "joan@example.com").await, jane);
    let other = Tenant::register(&house, &[]);
    assert_ne!(member(&house, &other, "jane@example.com").await, jane);
    let people = tenant.call(&house, "GET", "/users?limit=100", None).await.body();
    let listed = people["data"].as_array().unwrap().iter().filter(|user| user["id"] == jane.as_str());
    assert_eq!(listed.count(), 1);
}

#[tokio::test]
async fn what_is_known_need_not_be_typed_again() {
    let house = house();
    let tenant = Tenant::of(&house);
    let token = start_member(&house, &tenant, json!({})).await;
    let mut person = person_at(&house, PAGE, &token).await;
    log_in(&house, &tenant, &mut person, "jane@example.com").await;
    let fields = person.last["next"]["screen"]["form"]["fields"].clone();
    assert_eq!(fields[2]["value"], "jane@example.com", "what was proved need not be typed");
    person.submit(&house, "personal_data", form()).await;
    person.submit(&house, "passkey", json!({"skip": "declined"})).await;
    let done = person.submit(&house, "consent", json!({"terms": "1"})).await;
    let first = tenant.validate(&house, &done.text("/validation_token")).await.body();
    assert_eq!(first["user_auth"]["auth_events"][0]["kind"], "email");

    // A page's session is decided anew.
    let mut again = Person::start(&house, &tenant, "member_#1.0").await;
    let nobody = again.last.clone();
    log_in(&house, &tenant, &mut again, "jane@example.com").await;
    assert_eq!(nobody["next"]["name"], "identify");
    assert_eq!(again.last["next"]["name"], "passkey", "the form is known wholly");
    again.submit(&house, "passkey", json!({"skip": "unsupported"})).await;
    let done = again.submit(&house, "consent", json!({"terms": "1"})).await;
    assert_eq!(json!(who(&house, &tenant, &done).await), first["user"]["fp_id"]);

    // What a backend starts is answered by the result that there is.
    let token = start_member(&house, &tenant, json!({})).await;
    let mut again = person_at(&house, PAGE, &token).await;
    let done = log_in(&house, &tenant, &mut again, "jane@example.com").await;
    assert_eq!(done.text("/status"), "SESSION_COMPLETED");
    let second = tenant.validate(&house, &done.text("/validation_token")).await.body();
    assert_eq!(second["user"], first["user"]);
}

#[tokio::test]
async fn a_session_for_somebody_is_theirs_alone() {
    let house = house();
    let tenant = Tenant::of(&house);
    let jane = member(&house, &tenant, "jane@example.com").await;
    member(&house, &tenant, "joan@example.com").await;
    let token = start_member(&house, &tenant, json!({"fp_id": jane})).await;
    let mut person = person_at(&house, PAGE, &token).await;
    let screen = person.last["next"]["screen"]["identify"].clone();
    assert_eq!(screen["known"], true);
    assert_eq!(screen["methods"], json!([{"method": "email", "masked": "j•••@example.com"}]));
    let other = person.try_submit(&house, "identify", &json!({"email": "joan@example.com"})).await;
    assert_eq!(problem(&other), (422, "not_an_option".into()), "nobody else can log in");

    let send = json!({"send": "email"});
    let code = asks_for_code(&house, &tenant, &mut person, "identify", send, "jane@example.com").await;
    assert_eq!(person.last["next"]["screen"]["identify"]["code"]["to"], "j•••@example.com");
    person.submit(&house, "identify", json!({"code": code})).await;
    assert_eq!(person.last["next"]["name"], "personal_data");
}

#[tokio::test]
async fn a_new_customer_of_the_tenant_takes_no_address_of_another() {
    let house = house();
    let tenant = Tenant::of(&house);
    member(&house, &tenant, "jane@example.com").await;
    let token = start_member(&house, &tenant, json!({"user_external_id": "customer-0001"})).await;
    let mut person = person_at(&house, PAGE, &token).await;
    let ask = json!({"email": "jane@example.com"});
    let code = asks_for_code(&house, &tenant, &mut person, "identify", ask, "jane@example.com").await;
    let refused = person.try_submit(&house, "identify", &json!({"code": code})).await;
    assert_eq!(problem(&refused), (422, "address_taken".into()), "said only to whom the address belongs");
    log_in(&house, &tenant, &mut person, "jane.doe@example.com").await;
    assert_eq!(person.last["next"]["name"], "personal_data");
}

#[tokio::test]
async fn an_address_that_the_tenant_wrote_is_one_to_log_in_by() {
    let house = house();
    let tenant = Tenant::of(&house);
    let body = json!({"external_id": "customer-0001", "data": {"id.email": "jane@example.com"}});
    let made = tenant.call(&house, "POST", "/users", Some(&body)).await;
    let token = start_member(&house, &tenant, json!({"fp_id": made.text("/id")})).await;
    let person = person_at(&house, PAGE, &token).await;
    let methods = &person.last["next"]["screen"]["identify"]["methods"];
    assert_eq!(*methods, json!([{"method": "email", "masked": "j•••@example.com"}]));
}

#[tokio::test]
async fn the_browser_that_logged_in_goes_on_and_any_other_logs_in_once_more() {
    let house = house();
    let tenant = Tenant::of(&house);
    let token = start_member(&house, &tenant, json!({})).await;
    let mut person = person_at(&house, PAGE, &token).await;
    let logged_in = log_in(&house, &tenant, &mut person, "jane@example.com").await;
    person.submit(&house, "personal_data", form()).await;
    let mine = logged_in.text("/login_token");
    let same = open_at(&house, PAGE, &token, Some(&mine)).await;
    assert_eq!(same.text("/next/name"), "passkey");

    let other = open_at(&house, PAGE, &token, None).await;
    assert_eq!(other.text("/next/name"), "identify");
    assert!(!other.text.contains("jane@example.com"), "{}", other.text);
    assert_eq!(other.text("/next/screen/identify/methods/0/masked"), "j•••@example.com");
}
