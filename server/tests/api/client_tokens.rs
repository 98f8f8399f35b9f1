//! A web page of the tenant's writes or reads some data of one person, for a while.

use serde_json::{Value, json};

use crate::actors::{Answer, Tenant, request, send};
use crate::house::House;
use crate::people::{NOBODY, refused, walked};

const REASON: &str = "She edits her contact details.";

async fn create(house: &House, tenant: &Tenant, person: &str, body: Value) -> Answer {
    tenant.about(house, "POST", person, "/client_token", Some(&body)).await
}

/// A token for both scopes and two fields.
async fn token(house: &House, tenant: &Tenant, person: &str) -> String {
    let fields = ["id.email", "id.phone_number"];
    let body = json!({"scopes": ["vault", "decrypt"], "fields": fields, "ttl": 600, "reason": REASON});
    create(house, tenant, person, body).await.text("/token")
}

async fn page(house: &House, method: &str, path: &str, token: &str, body: &Value) -> Answer {
    send(request(house, method, path).bearer_auth(token).body(body.to_string())).await
}

async fn write(house: &House, token: &str, body: Value) -> Answer {
    page(house, "PATCH", "/users/vault", token, &body).await
}

async fn read(house: &House, token: &str, fields: &[&str]) -> Answer {
    page(house, "POST", "/users/vault/decrypt", token, &json!({"fields": fields})).await
}

#[tokio::test]
async fn a_page_edits_what_it_was_given_and_that_is_on_record() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let jane = walked(&house, &tenant, json!({})).await.id;
    let body = json!({"scopes": ["vault", "decrypt"], "fields": ["id.email"], "reason": REASON});
    let created = create(&house, &tenant, &jane, body).await;
    insta::assert_snapshot!(created.seen(), @r#"
    200
    {
      "expires_at": "an instant",
      "token": "cttok_…"
    }
    "#);
    let token = created.text("/token");
    assert_eq!(read(&house, &token, &["id.email"]).await.body(), json!({"id.email": "jane@example.com"}));
    let written = write(&house, &token, json!({"id.email": " jane.doe@example.com "})).await;
    assert_eq!((written.status, written.text.as_str()), (204, ""));
    assert_eq!(read(&house, &token, &["id.email"]).await.body(), json!({"id.email": "jane.doe@example.com"}));

    let recorded = tenant.recorded(&house, &jane).await;
    let name = recorded[3]["client_token"].as_str().unwrap();
    assert_eq!((recorded[3]["action"].as_str(), name.len()), (Some("client_token.created"), 12));
    for (nth, action, reason) in [
        (1, "vault.decrypted", json!(REASON)),
        (2, "vault.updated", json!(null)),
        (3, "vault.decrypted", json!(REASON)),
    ] {
        let event = &recorded[3 - nth];
        assert_eq!(event["actor"], json!({"kind": "client_token", "id": name, "use": nth}));
        assert_eq!((&event["action"], &event["reason"]), (&json!(action), &reason));
        assert_eq!(event["fields"], json!(["id.email"]));
    }
}

#[tokio::test]
async fn uses_are_counted_one_by_one_even_if_they_race() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let jane = walked(&house, &tenant, json!({})).await.id;
    let token = token(&house, &tenant, &jane).await;
    let racing = (0..8).map(|_| read(&house, &token, &["id.email"]));
    let answers = futures_util::future::join_all(racing).await;
    assert!(answers.iter().all(|answer| answer.status == 200), "{answers:?}");
    let recorded = tenant.recorded(&house, &jane).await;
    let uses: Vec<_> = recorded.iter().filter_map(|event| event["actor"]["use"].as_u64()).collect();
    assert_eq!(uses, [8, 7, 6, 5, 4, 3, 2, 1]);
}

#[tokio::test]
async fn a_token_reaches_no_further_than_it_was_made_for() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let jane = walked(&house, &tenant, json!({})).await.id;
    let both = token(&house, &tenant, &jane).await;
    let scoped = async |scope: &str| {
        let body = json!({"scopes": [scope], "fields": ["id.email"], "reason": REASON});
        create(&house, &tenant, &jane, body).await.text("/token")
    };
    let (writes, reads) = (scoped("vault").await, scoped("decrypt").await);
    for (answer, named) in [
        (
            write(&house, &both, json!({"id.email": "a@example.com", "id.dob": "1990-01-01"})).await,
            Some("id.dob"),
        ),
        (write(&house, &both, json!({"id.email": null})).await, None),
        (write(&house, &reads, json!({"id.email": "a@example.com"})).await, Some("id.email")),
        (write(&house, &reads, json!({})).await, None),
        (read(&house, &both, &["id.email", "id.dob"]).await, Some("id.dob")),
        (read(&house, &writes, &["id.email"]).await, Some("id.email")),
    ] {
        assert_eq!(refused(&answer), (403, "out_of_scope".into()), "{}", answer.text);
        assert_eq!(answer.body()["context"]["fields"][0]["field"].as_str(), named);
        assert!(!answer.text.contains("jane@example.com"));
    }
    for (method, path, body) in [
        ("GET", format!("/users/{jane}"), json!({})),
        ("PATCH", format!("/users/{jane}/vault"), json!({"id.email": "a@example.com"})),
        ("POST", format!("/users/{jane}/vault/decrypt"), json!({"fields": ["id.email"], "reason": "x"})),
        ("DELETE", format!("/users/{jane}/vault"), json!({})),
        ("GET", "/audit_events".into(), json!({})),
    ] {
        let answer = page(&house, method, &path, &both, &body).await;
        assert_eq!(refused(&answer), (401, "invalid_secret_key".into()), "{method} {path}");
    }
    let opened = page(&house, "POST", "/sessions/open", &both, &json!({})).await;
    assert_eq!(refused(&opened), (401, "invalid_token".into()));
    assert_eq!(
        tenant.decrypt(&house, &jane, &["id.email", "id.dob"]).await.body(),
        json!({"id.email": "jane@example.com", "id.dob": "1990-05-17"}),
        "nothing was written"
    );
    assert_eq!(tenant.actions(&house, &jane).await[3..], ["vault.decrypted"], "nothing was read");
}

#[tokio::test]
async fn a_token_ends_with_its_life() {
    let mut house = House::open();
    let tenant = Tenant::of(&house);
    let jane = walked(&house, &tenant, json!({})).await.id;
    let token = token(&house, &tenant, &jane).await;
    house.pass(599);
    assert_eq!(read(&house, &token, &["id.email"]).await.status, 200);
    house.crash();
    assert_eq!(read(&house, &token, &["id.email"]).await.status, 200, "a token survives the process");
    house.pass(600);
    let late = read(&house, &token, &["id.email"]).await;
    assert_eq!(refused(&late), (401, "invalid_client_token".into()));
    let late = write(&house, &token, json!({"id.email": "a@example.com"})).await;
    assert_eq!(refused(&late), (401, "invalid_client_token".into()));
    let kept = tenant.decrypt(&house, &jane, &["id.email"]).await.body();
    assert_eq!(kept, json!({"id.email": "jane@example.com"}));
}

#[tokio::test]
async fn forged_tokens_open_nothing() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let zeros = ["cttok_", &"0".repeat(34)].concat();
    for token in ["x", &zeros, &tenant.key("secret_key"), &tenant.key("client_app_key"), &"x".repeat(10_000)]
    {
        let answer = read(&house, token, &["id.email"]).await;
        assert_eq!(refused(&answer), (401, "invalid_client_token".into()));
        let answer = write(&house, token, json!({"id.email": "a@example.com"})).await;
        assert_eq!(refused(&answer), (401, "invalid_client_token".into()));
    }
    let without = send(request(&house, "POST", "/users/vault/decrypt").body("{}")).await;
    assert_eq!(refused(&without), (401, "invalid_client_token".into()));
    let basic =
        request(&house, "POST", "/users/vault/decrypt").basic_auth(tenant.key("secret_key"), Some(""));
    assert_eq!(refused(&send(basic.body("{}")).await), (401, "invalid_client_token".into()));
}

#[tokio::test]
async fn what_no_token_can_be_made_of_is_said() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let jane = walked(&house, &tenant, json!({})).await.id;
    let good = json!({"scopes": ["vault", "decrypt"], "fields": ["id.email"], "ttl": 60, "reason": REASON});
    assert_eq!(create(&house, &tenant, &jane, good.clone()).await.status, 200);
    for (member, value, code) in [
        ("scopes", json!([]), "missing_fields"),
        ("scopes", json!(["erase"]), "invalid_field"),
        ("scopes", json!("vault"), "invalid_field"),
        ("fields", json!([]), "missing_fields"),
        ("fields", json!(["id.shoe_size"]), "invalid_field"),
        ("ttl", json!(59), "invalid_field"),
        ("ttl", json!(86_401), "invalid_field"),
        ("ttl", json!(-1), "invalid_field"),
        ("ttl", json!("600"), "invalid_field"),
        ("ttl", json!(1.5), "invalid_field"),
        ("reason", json!(null), "missing_fields"),
        ("reason", json!(" "), "invalid_field"),
        ("fp_id", json!(NOBODY), "unknown_fields"),
    ] {
        let mut body = good.clone();
        body[member] = value.clone();
        let answer = create(&house, &tenant, &jane, body).await;
        assert_eq!(answer.code(), code, "{member} = {value}");
        let named = answer.text("/context/fields/0/field");
        assert!(named.starts_with(member), "{named}");
    }
    assert_eq!(tenant.actions(&house, &jane).await, ["client_token.created"]);
}

#[tokio::test]
async fn pages_of_the_tenant_may_call_and_others_may_not() {
    let house = House::open();
    let preflight = async |path: &str, method: &str, origin: &str| {
        let call = request(&house, "OPTIONS", path)
            .header("origin", origin)
            .header("access-control-request-method", method)
            .header("access-control-request-headers", "authorization,content-type");
        let answer = send(call).await;
        let methods = answer.headers.get("access-control-allow-methods").cloned();
        let allowed = methods.is_some_and(|methods| methods.to_str().unwrap().contains(method));
        allowed && answer.headers.contains_key("access-control-allow-origin")
    };
    let here = "http://localhost:3000";
    assert!(preflight("/users/vault", "PATCH", here).await);
    assert!(preflight("/users/vault/decrypt", "POST", here).await);
    assert!(!preflight("/users/vault", "PATCH", "https://evil.example").await);
    assert!(!preflight(&format!("/users/{NOBODY}/vault"), "PATCH", here).await);
    assert!(!preflight("/users", "POST", here).await);
    assert!(!preflight("/users/vaults", "PATCH", here).await);
    let refused = request(&house, "PATCH", "/users/vault").header("origin", here).body("{}");
    assert_eq!(send(refused).await.headers["access-control-allow-origin"], here, "errors can be read too");
}
