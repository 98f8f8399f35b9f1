//! Passkeys: made in a step of their own or added, and used to log in at the page where they were made.

use serde_json::{Value, json};

use super::form;
use super::{
    PAGE, go_on, house, log_in, member, open_at, person_at, start_member, start_update, submit_at, who,
};
use crate::actors::{Answer, Person, Tenant, request, send};
use crate::authenticator::{Authenticator, Lies};
use crate::house::House;

/// Makes a passkey in the step of [`super::MEMBER`], and gives who has it.
async fn registered(house: &House, tenant: &Tenant, device: &Authenticator) -> String {
    let token = start_member(house, tenant, json!({})).await;
    let mut person = person_at(house, PAGE, &token).await;
    log_in_at(house, tenant, &mut person, "jane@example.com").await;
    let answer = submit_at(house, PAGE, &person, "personal_data", &form()).await;
    go_on(&mut person, &answer);
    let options = person.last["next"]["screen"]["passkey"]["passkey"].as_str().unwrap().to_owned();
    assert!(!options.contains("jane@"), "the device is told no whole address: {options}");
    let made = device.create(PAGE, &options).unwrap().to_string();
    let answer = submit_at(house, PAGE, &person, "passkey", &json!({"passkey": made})).await;
    go_on(&mut person, &answer);
    let done = submit_at(house, PAGE, &person, "consent", &json!({"terms": "1"})).await;
    let validated = tenant.validate(house, &done.text("/validation_token")).await.body();
    assert_eq!(validated["user_auth"]["auth_events"][1]["kind"], "passkey_added");
    validated["user"]["fp_id"].as_str().unwrap().into()
}

async fn log_in_at(house: &House, tenant: &Tenant, person: &mut Person, email: &str) {
    let before = super::codes(house, tenant, email).await;
    let asked = submit_at(house, PAGE, person, "identify", &json!({"email": email})).await;
    go_on(person, &asked);
    let code = super::code(house, tenant, email, before).await;
    let done = submit_at(house, PAGE, person, "identify", &json!({"code": code})).await;
    go_on(person, &done);
}

/// A page's own session, opened at a page.
async fn start_at(house: &House, tenant: &Tenant, page: &str) -> Person {
    let call = request(house, "POST", "/sessions").header("origin", page);
    let opened = send(call.body(tenant.page_request("login_#1.0").to_string())).await;
    let mut person = Person {
        session: opened.text("/session_id"),
        token: opened.text("/session_token"),
        nonce: String::new(),
        last: Value::Null,
    };
    go_on(&mut person, &opened);
    person
}

fn asked(person: &Person) -> String {
    person.last["next"]["screen"]["identify"]["passkey"].as_str().unwrap_or_default().into()
}

async fn prove(house: &House, person: &Person, page: &str, proof: &Value) -> Answer {
    submit_at(house, page, person, "identify", &json!({"passkey": proof.to_string()})).await
}

fn refused(answer: &Answer) {
    assert_eq!(super::problem(answer), (422, "passkey_refused".into()), "{}", answer.text);
}

#[tokio::test]
async fn whoever_holds_a_passkey_is_recognised_without_a_name() {
    let house = house();
    let tenant = Tenant::of(&house);
    let device = Authenticator::phone("jane's phone");
    let jane = registered(&house, &tenant, &device).await;
    let person = start_at(&house, &tenant, PAGE).await;
    let proof = device.get(PAGE, &asked(&person)).unwrap();
    let done = prove(&house, &person, PAGE, &proof).await;
    assert_eq!(done.status, 200, "{}", done.text);
    assert_eq!(who(&house, &tenant, &done).await, jane);

    // The same proof opens no other session, nor this one again.
    refused(&prove(&house, &start_at(&house, &tenant, PAGE).await, PAGE, &proof).await);
}

#[tokio::test]
async fn a_passkey_works_at_the_page_where_it_was_made_and_in_its_tenant() {
    let house = house();
    let tenant = Tenant::of(&house);
    let device = Authenticator::phone("jane's phone");
    registered(&house, &tenant, &device).await;
    let elsewhere = "http://localhost:4400";
    let person = start_at(&house, &tenant, elsewhere).await;
    let lies = Lies { relying_party: Some("id.example"), ..Lies::default() };
    assert!(device.get(elsewhere, &asked(&person)).is_none(), "the device has none for this host");
    let options = asked(&person).replace("\"localhost\"", "\"id.example\"");
    if let Some(forged) = device.get_lying(PAGE, &options, &lies) {
        refused(&prove(&house, &person, elsewhere, &forged).await);
    }

    let other = Tenant::register(&house, &[]);
    let person = start_at(&house, &other, PAGE).await;
    let proof = device.get(PAGE, &asked(&person)).unwrap();
    refused(&prove(&house, &person, PAGE, &proof).await);

    let stranger = start_at(&house, &tenant, "https://thief.example").await;
    assert_eq!(asked(&stranger), "", "a page that may not call is asked for no passkey");
}

#[tokio::test]
async fn a_copy_that_counts_back_is_refused() {
    let house = house();
    let tenant = Tenant::of(&house);
    let device = Authenticator::security_key("jane's key");
    registered(&house, &tenant, &device).await;
    let copy = device.copy();
    for _ in 0..2 {
        let person = start_at(&house, &tenant, PAGE).await;
        let proof = device.get(PAGE, &asked(&person)).unwrap();
        assert_eq!(prove(&house, &person, PAGE, &proof).await.status, 200);
    }
    let person = start_at(&house, &tenant, PAGE).await;
    let proof = copy.get(PAGE, &asked(&person)).unwrap();
    refused(&prove(&house, &person, PAGE, &proof).await);
}

#[tokio::test]
async fn of_a_named_person_only_their_own_passkey_counts() {
    let house = house();
    let tenant = Tenant::of(&house);
    let device = Authenticator::phone("jane's phone");
    let jane = registered(&house, &tenant, &device).await;
    let joan = member(&house, &tenant, "joan@example.com").await;
    let token = start_update(&house, &tenant, &joan, None).await;
    let person = person_at(&house, PAGE, &token).await;
    assert_eq!(asked(&person), "", "Joan has none");
    let hers = start_update(&house, &tenant, &jane, None).await;
    let jane_here = person_at(&house, PAGE, &hers).await;
    let proof = device.get(PAGE, &asked(&jane_here)).unwrap();
    refused(&prove(&house, &person, PAGE, &proof).await);

    let mut jane_here = jane_here;
    let done = prove(&house, &jane_here, PAGE, &proof).await;
    go_on(&mut jane_here, &done);
    assert_eq!(jane_here.last["next"]["screen"]["login_methods"]["passkeys"], 1);
}

#[tokio::test]
async fn a_limited_session_adds_no_passkey() {
    let house = house();
    let tenant = Tenant::of(&house);
    let jane = member(&house, &tenant, "jane@example.com").await;
    let token = start_update(&house, &tenant, &jane, Some(&["phone"])).await;
    let mut person = person_at(&house, PAGE, &token).await;
    let before = super::codes(&house, &tenant, "jane@example.com").await;
    let sent = submit_at(&house, PAGE, &person, "identify", &json!({"send": "email"})).await;
    go_on(&mut person, &sent);
    let code = super::code(&house, &tenant, "jane@example.com", before).await;
    let done = submit_at(&house, PAGE, &person, "identify", &json!({"code": code})).await;
    go_on(&mut person, &done);
    assert!(person.last["next"]["screen"]["login_methods"]["passkey"].is_null());
    let tried = submit_at(&house, PAGE, &person, "login_methods", &json!({"passkey": "{}"})).await;
    assert_eq!(super::problem(&tried), (422, "not_an_option".into()));
}

#[tokio::test]
async fn a_text_message_names_the_page_on_which_its_code_is_typed() {
    let house = house();
    let tenant = Tenant::of(&house);
    let person = start_at(&house, &tenant, "http://localhost:4400").await;
    let asked = json!({"phone": "+14155550123"});
    submit_at(&house, "http://localhost:4400", &person, "identify", &asked).await;
    let code = super::code(&house, &tenant, "+14155550123", 0).await;
    let text = super::outbox(&house, &tenant).await[0]["text"].as_str().unwrap().to_owned();
    assert!(text.ends_with(&format!("\n\n@localhost #{code}")), "{text}");
}

#[tokio::test]
async fn a_lost_phone_leaves_the_code() {
    let house = house();
    let tenant = Tenant::of(&house);
    let device = Authenticator::phone("jane's phone");
    let jane = registered(&house, &tenant, &device).await;
    let token =
        start_member(&house, &tenant, json!({"fp_id": jane, "onboarding_external_id": "once-more-1"})).await;
    let opened = open_at(&house, PAGE, &token, None).await;
    let methods = &opened.body()["next"]["screen"]["identify"]["methods"];
    assert_eq!(*methods, json!([{"method": "email", "masked": "j•••@example.com"}, {"method": "passkey"}]));
    let mut person = person_at(&house, PAGE, &token).await;
    let before = super::codes(&house, &tenant, "jane@example.com").await;
    let sent = submit_at(&house, PAGE, &person, "identify", &json!({"send": "email"})).await;
    go_on(&mut person, &sent);
    let code = super::code(&house, &tenant, "jane@example.com", before).await;
    let done = submit_at(&house, PAGE, &person, "identify", &json!({"code": code})).await;
    assert_eq!(done.status, 200, "{}", done.text);
    log_in_again(&house, &tenant).await;
}

async fn log_in_again(house: &House, tenant: &Tenant) {
    let mut person = Person::start(house, tenant, "login_#1.0").await;
    log_in(house, tenant, &mut person, "jane@example.com").await;
}
