//! Who did what with whose data: on record, for the tenant alone, and nobody's to change.

use serde_json::{Value, json};

use crate::actors::Tenant;
use crate::house::House;
use crate::people::{refused, walked};
use crate::rest::{files, holds};

async fn list(house: &House, tenant: &Tenant, query: &str) -> Value {
    let answer = tenant.call(house, "GET", &format!("/audit_events?{query}"), None).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.body()
}

#[tokio::test]
async fn a_record_says_who_when_what_and_why() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let jane = walked(&house, &tenant, json!({})).await.id;
    tenant.decrypt(&house, &jane, &["id.dob", "id.ssn9"]).await;
    let answer = tenant.call(&house, "GET", "/audit_events", None).await;
    let key = answer.text("/data/0/actor/id");
    assert!(key.len() == 12 && key.chars().all(|c| c.is_ascii_hexdigit()), "{key}");
    assert!(!tenant.key("secret_key").contains(&key));
    insta::assert_snapshot!(answer.seen().replace(&key, "a digest"), @r#"
    200
    {
      "data": [
        {
          "action": "vault.decrypted",
          "actor": {
            "id": "a digest",
            "kind": "secret_key"
          },
          "fields": [
            "id.dob",
            "id.ssn9"
          ],
          "fp_id": "fp_id_…",
          "id": "audit_…",
          "reason": "The test reads them.",
          "timestamp": "an instant"
        }
      ],
      "next": null
    }
    "#);
    assert_eq!(answer.headers["cache-control"], "no-store");
}

#[tokio::test]
async fn records_are_read_in_parts_from_the_newest_on() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let jane = walked(&house, &tenant, json!({})).await.id;
    let john = tenant.call(&house, "POST", "/users", Some(&json!({}))).await.text("/id");
    for field in ["id.dob", "id.email", "id.zip"] {
        tenant.decrypt(&house, &jane, &[field]).await;
        tenant.decrypt(&house, &john, &[field]).await;
    }
    let fields = |page: &Value| -> Vec<String> {
        page["data"].as_array().unwrap().iter().map(|event| event["fields"].to_string()).collect()
    };
    let first = list(&house, &tenant, &format!("fp_id={jane}&limit=2")).await;
    assert_eq!(fields(&first), ["[\"id.zip\"]", "[\"id.email\"]"]);
    let next = first["next"].as_str().unwrap();
    let second = list(&house, &tenant, &format!("fp_id={jane}&limit=2&cursor={next}")).await;
    assert_eq!((fields(&second), &second["next"]), (vec!["[\"id.dob\"]".into()], &json!(null)));
    assert_eq!(list(&house, &tenant, "").await["data"].as_array().unwrap().len(), 7);

    let other = Tenant::register(&house, &[]);
    assert_eq!(list(&house, &other, &format!("fp_id={jane}")).await["data"], json!([]));
    let both = format!("fp_id={jane}&fp_bid=fp_bid_0000000000000000000000");
    assert_eq!(list(&house, &tenant, &both).await["data"], json!([]), "a record is about one of them");
    for (caller, query) in [
        (&other, format!("cursor={next}")),
        (&tenant, "cursor=x".into()),
        (&tenant, "limit=0".into()),
        (&tenant, "limit=101".into()),
        (&tenant, "fp_id=jane".into()),
    ] {
        let answer = caller.call(&house, "GET", &format!("/audit_events?{query}"), None).await;
        assert_eq!(refused(&answer), (422, "invalid_field".into()), "{query}");
    }
    let answer = tenant.call(&house, "GET", "/audit_events?actor=me", None).await;
    assert_eq!(refused(&answer), (400, "unknown_fields".into()));
}

#[tokio::test]
async fn no_record_is_changed_or_removed() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let jane = walked(&house, &tenant, json!({})).await.id;
    tenant.decrypt(&house, &jane, &["id.dob"]).await;
    let before = list(&house, &tenant, "").await;
    let path = format!("/audit_events/{}", before["data"][0]["id"].as_str().unwrap());
    for (method, path, status) in [
        ("DELETE", "/audit_events", 405),
        ("PATCH", "/audit_events", 405),
        ("POST", "/audit_events", 405),
        ("DELETE", &path, 404),
        ("GET", &path, 404),
    ] {
        let answer = tenant.call(&house, method, path, Some(&json!({}))).await;
        assert_eq!(answer.status, status, "{method} {path}");
        assert!(answer.text("/support_id").starts_with("err_"), "in the shape of the family");
    }
    tenant.about(&house, "DELETE", &jane, "/vault", None).await;
    let after = list(&house, &tenant, "").await;
    assert_eq!(after["data"][1], before["data"][0], "an erasure erases data, not what was done with them");
}

#[tokio::test]
async fn what_is_recorded_is_sealed_at_rest() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let jane = walked(&house, &tenant, json!({})).await.id;
    let reason = "The lighthouse keeper called.";
    let body = json!({"fields": ["investor_profile.occupation"], "reason": reason});
    tenant.about(&house, "POST", &jane, "/vault/decrypt", Some(&body)).await;
    let note = json!({"note": "A picture of the lighthouse, please.", "steps": ["document"]});
    tenant.about(&house, "POST", &jane, "/request_info", Some(&note)).await;
    let token = json!({"scopes": ["decrypt"], "fields": ["investor_profile.occupation"], "reason": reason});
    tenant.about(&house, "POST", &jane, "/client_token", Some(&token)).await;
    assert_eq!(tenant.actions(&house, &jane).await.len(), 3);
    for file in files(&house.data()) {
        let content = std::fs::read(&file).unwrap();
        for needle in ["lighthouse", "occupation", "vault.decrypted", "VaultDecrypted"] {
            assert!(!holds(&content, needle.as_bytes()), "{needle} in {}", file.display());
        }
    }
}
