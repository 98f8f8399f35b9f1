//! People log in, by codes that they were sent and by passkeys, and change how they do.

mod attacks;
mod codes;
mod enumeration;
mod passkeys;
mod recognised;
mod update;

use serde_json::{Value, json};

use crate::actors::{Answer, Person, Tenant, request, send};
use crate::house::House;

/// The page at which a person stands.
const PAGE: &str = "https://id.example";

/// Skills in which people log in, beside those that come with the server.
const MEMBER: &str = r#"
name = "member_#1.0"
title = "Membership"

[[steps]]
name = "identify"
kind = "identify"

[[steps]]
name = "personal_data"
kind = "form"
fields = [{ name = "id.first_name" }, { name = "id.last_name" }, { name = "id.email" }, { name = "id.ssn9" }]

[[steps]]
name = "passkey"
kind = "passkey"

[[steps]]
name = "consent"
kind = "consent"
consents = [{ name = "terms", version = "1", text = "I agree." }]
"#;

/// A server that publishes [`MEMBER`] too.
fn house() -> House {
    let folder = tempfile::tempdir().unwrap().keep();
    std::fs::write(folder.join("member.toml"), MEMBER).unwrap();
    House::open_with(&["--skills", folder.to_str().unwrap()])
}

/// What Jane gives in the form of [`MEMBER`].
fn form() -> Value {
    json!({
        "id.first_name": "Jane",
        "id.last_name": "Doe",
        "id.email": "jane@example.com",
        "id.ssn9": "123-45-6789",
    })
}

/// The messages that a tenant's people would have been sent, the latest first.
async fn outbox(house: &House, tenant: &Tenant) -> Vec<Value> {
    let letters = tenant.call(house, "GET", "/dev/outbox", None).await;
    assert_eq!(letters.status, 200, "{}", letters.text);
    letters.body().as_array().unwrap().clone()
}

/// The code that was sent last, once one was that is none of `before`.
async fn code(house: &House, tenant: &Tenant, to: &str, before: usize) -> String {
    for _ in 0..200 {
        let letters = outbox(house, tenant).await;
        let codes: Vec<&Value> =
            letters.iter().filter(|letter| letter["kind"] == "code" && letter["to"] == to).collect();
        if codes.len() > before {
            return codes[0]["code"].as_str().unwrap().into();
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    panic!("no code came to {to}");
}

/// How many codes were sent to an address.
async fn codes(house: &House, tenant: &Tenant, to: &str) -> usize {
    let letters = outbox(house, tenant).await;
    letters.iter().filter(|letter| letter["kind"] == "code" && letter["to"] == to).count()
}

/// Asks for a code, and gives it.
async fn asks_for_code(
    house: &House,
    tenant: &Tenant,
    person: &mut Person,
    step: &str,
    ask: Value,
    to: &str,
) -> String {
    let before = codes(house, tenant, to).await;
    person.submit(house, step, ask).await;
    code(house, tenant, to, before).await
}

/// Logs in, or signs up, by an e-mail address.
async fn log_in(house: &House, tenant: &Tenant, person: &mut Person, email: &str) -> Answer {
    let code = asks_for_code(house, tenant, person, "identify", json!({"email": email}), email).await;
    person.submit(house, "identify", json!({"code": code})).await
}

/// A person who has signed up as a member at the tenant's page, and the name that the server has for them.
async fn member(house: &House, tenant: &Tenant, email: &str) -> String {
    let mut person = Person::start(house, tenant, "login_#1.0").await;
    let done = log_in(house, tenant, &mut person, email).await;
    who(house, tenant, &done).await
}

/// Who it is that a page's session was completed by.
async fn who(house: &House, tenant: &Tenant, done: &Answer) -> String {
    credentials(house, tenant, done).await["fp_id"].as_str().unwrap().into()
}

/// What a page's session collected.
async fn credentials(house: &House, tenant: &Tenant, done: &Answer) -> Value {
    let redeemed = tenant.redeem(house, &done.text("/temp_token")).await;
    let path = format!("/credentials/{}", redeemed.text("/credentials_id"));
    crate::actors::bearer(house, "GET", &path, &redeemed.text("/access_token")).await.body()
}

/// Opens a session at a page, in a browser that may have logged in to it.
async fn open_at(house: &House, page: &str, token: &str, login: Option<&str>) -> Answer {
    let body = match login {
        Some(login) => json!({"login_token": login}),
        None => json!({}),
    };
    let call = request(house, "POST", "/sessions/open").header("origin", page).bearer_auth(token);
    send(call.body(body.to_string())).await
}

/// Submits a step at a page.
async fn submit_at(house: &House, page: &str, person: &Person, step: &str, data: &Value) -> Answer {
    let call = request(house, "POST", &format!("/sessions/{}/steps", person.session)).header("origin", page);
    send(call.body(person.submission(step, data).to_string())).await
}

/// Goes on with an answer.
fn go_on(person: &mut Person, answer: &Answer) {
    assert_eq!(answer.status, 200, "{}", answer.text);
    person.last = answer.body();
    person.nonce = person.last["nonce"].as_str().unwrap_or_default().into();
}

/// A person with a session that is open at a page.
async fn person_at(house: &House, page: &str, token: &str) -> Person {
    let opened = open_at(house, page, token, None).await;
    let mut person = Person {
        session: opened.text("/session_id"),
        token: token.into(),
        nonce: String::new(),
        last: Value::Null,
    };
    go_on(&mut person, &opened);
    person
}

/// Starts a session in which a person changes how they log in.
async fn start_update(house: &House, tenant: &Tenant, fp_id: &str, limit: Option<&[&str]>) -> String {
    let mut body = json!({"kind": "update_login_methods", "fp_id": fp_id});
    if let Some(limit) = limit {
        body["limit_auth_methods"] = json!(limit);
    }
    let started = tenant.call(house, "POST", "/onboarding/session", Some(&body)).await;
    started.text("/token")
}

/// Starts an onboarding of a known person, or of nobody in particular, on [`MEMBER`].
async fn start_member(house: &House, tenant: &Tenant, further: Value) -> String {
    let mut body = json!({"key": tenant.playbook("member_#1.0")});
    body.as_object_mut().unwrap().extend(further.as_object().unwrap().clone());
    let started = tenant.start(house, &body).await;
    assert_eq!(started.status, 200, "{}", started.text);
    started.text("/token")
}

/// The problem of the first field that was refused.
fn problem(answer: &Answer) -> (u16, String) {
    (answer.status, answer.text("/fields/0/problem"))
}
