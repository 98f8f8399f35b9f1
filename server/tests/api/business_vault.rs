//! What is kept of a business: made known, written, read with a reason, and erased from everywhere.

use serde_json::{Value, json};

use crate::actors::{Answer, Person, Tenant, bearer, request, send};
use crate::house::House;
use crate::kyb::{business_steps, owner};
use crate::people::refused;

const NO_BUSINESS: &str = "fp_bid_0000000000000000000000";

/// A call about a business: `rest` follows its name in the path.
async fn about(
    house: &House,
    tenant: &Tenant,
    method: &str,
    business: &str,
    rest: &str,
    body: Option<&Value>,
) -> Answer {
    tenant.call(house, method, &format!("/businesses/{business}{rest}"), body).await
}

async fn create(house: &House, tenant: &Tenant, body: Value) -> Answer {
    tenant.call(house, "POST", "/businesses", Some(&body)).await
}

async fn decrypt(house: &House, tenant: &Tenant, business: &str, fields: &[&str]) -> Answer {
    let body = json!({"fields": fields, "reason": "The test reads them."});
    about(house, tenant, "POST", business, "/vault/decrypt", Some(&body)).await
}

async fn presence(house: &House, tenant: &Tenant, business: &str) -> Value {
    let answer = about(house, tenant, "GET", business, "/vault", None).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.body()
}

/// What was done with the data of a business, the oldest first.
async fn actions(house: &House, tenant: &Tenant, business: &str) -> Vec<String> {
    let answer = tenant.call(house, "GET", &format!("/audit_events?fp_bid={business}"), None).await;
    let body = answer.body();
    let events = body["data"].as_array().unwrap_or_else(|| panic!("{}", answer.text));
    events.iter().rev().map(|event| event["action"].as_str().unwrap().into()).collect()
}

/// Starts a session of a customer about the harbour's business.
async fn start(house: &House, tenant: &Tenant, onboarding: &str) -> Person {
    let body = json!({
        "key": tenant.playbook("kyb_business_#1.0"),
        "user_external_id": "customer-0001",
        "business_external_id": "business-0001",
        "onboarding_external_id": onboarding,
    });
    Person::open(house, &tenant.start(house, &body).await.text("/token")).await
}

/// Somebody describes it with these owners, and gives the result token.
async fn describe(house: &House, tenant: &Tenant, onboarding: &str, owners: &Value) -> String {
    let mut person = start(house, tenant, onboarding).await;
    for (step, data) in business_steps(owners) {
        person.submit(house, step, data).await;
    }
    person.submit(house, "consent", json!({"business_check": "1.0"})).await;
    person.submit(house, "review", json!({})).await.text("/validation_token")
}

/// The harbour's business by the server's name.
async fn found(house: &House, tenant: &Tenant) -> String {
    tenant.call(house, "GET", "/businesses?external_id=business-0001", None).await.text("/data/0/id")
}

fn ids(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.status, 200, "{}", answer.text);
    let body = answer.body();
    body["data"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().into()).collect()
}

#[tokio::test]
async fn a_business_is_made_known_and_found_again() {
    let house = House::open();
    let tenant = Tenant::register(&house, &[]);
    let data = json!({"business.name": " Harbour Chandlers ", "business.tin": "12-3456789"});
    let created = create(&house, &tenant, json!({"external_id": "business-0001", "data": data})).await;
    insta::assert_snapshot!(created.seen(), @r#"
    200
    {
      "external_id": "business-0001",
      "id": "fp_bid_…",
      "requires_manual_review": false,
      "status": "none"
    }
    "#);
    let harbour = created.text("/id");
    assert_eq!(about(&house, &tenant, "GET", &harbour, "", None).await.body(), created.body());
    let read = decrypt(&house, &tenant, &harbour, &["business.name", "business.tin", "business.dba"]).await;
    let kept = json!({
        "business.name": "Harbour Chandlers", "business.tin": "123456789", "business.dba": null,
    });
    assert_eq!(read.body(), kept);
    assert_eq!(actions(&house, &tenant, &harbour).await, ["business.created", "vault.decrypted"]);

    let again = create(&house, &tenant, json!({"external_id": "business-0001"})).await;
    assert_eq!(refused(&again), (409, "external_id_taken".into()));
    for (wrong, code) in [
        (json!({"external_id": "short-one"}), "invalid_external_id"),
        (json!({"data": {"business.tin": "12"}}), "invalid_field"),
        (json!({"data": {"id.first_name": "Jane"}}), "unknown_fields"),
        (json!({"fp_bid": NO_BUSINESS}), "unknown_fields"),
    ] {
        assert_eq!(create(&house, &tenant, wrong.clone()).await.code(), code, "{wrong}");
    }
    let second = create(&house, &tenant, json!({})).await.text("/id");
    let list = async |query: &str| tenant.call(&house, "GET", &format!("/businesses?{query}"), None).await;
    assert_eq!(ids(&list("").await), [second.clone(), harbour.clone()], "what was refused is not there");
    let first = list("limit=1").await;
    assert_eq!((ids(&first), first.text("/next")), (vec![second.clone()], second.clone()));
    assert_eq!(ids(&list(&format!("limit=1&cursor={second}")).await), std::slice::from_ref(&harbour));
    assert_eq!(ids(&list("external_id=business-0001").await), [harbour]);
    assert_eq!(ids(&list("external_id=business-0001&status=pass").await), [] as [String; 0]);
    assert_eq!(ids(&list("requires_manual_review=true").await), [] as [String; 0]);
    let unknown = list(&format!("cursor={NO_BUSINESS}")).await;
    assert_eq!(refused(&unknown), (422, "invalid_field".into()));
}

#[tokio::test]
async fn what_was_said_of_a_business_is_read_with_a_reason() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    describe(&house, &tenant, "onboarding-0001", &json!([owner("Bob", 60)])).await;
    let harbour = found(&house, &tenant).await;
    let fields = "business.name,business.website,id.first_name";
    let asked = about(&house, &tenant, "GET", &harbour, &format!("/vault?fields={fields}"), None).await;
    let there = json!({"business.name": true, "business.website": false, "id.first_name": false});
    assert_eq!(asked.body(), there, "what the person said of herself is hers");
    assert_eq!(presence(&house, &tenant, &harbour).await["business.secondary_owners"], true);
    let read = decrypt(&house, &tenant, &harbour, &["business.name", "business.secondary_owners"]).await;
    assert_eq!(
        read.body(),
        json!({
            "business.name": "Harbour Chandlers Ltd.", "business.secondary_owners": [owner("Bob", 60)],
        })
    );

    let name = json!(["business.name"]);
    for (body, code) in [
        (json!({"fields": name}), "missing_fields"),
        (json!({"fields": name, "reason": " "}), "invalid_field"),
        (json!({"fields": [], "reason": "Because."}), "missing_fields"),
        (json!({"fields": ["business.shoe_size"], "reason": "Because."}), "invalid_field"),
        (json!({"fields": ["selfie"], "reason": "Because."}), "invalid_field"),
    ] {
        let answer = about(&house, &tenant, "POST", &harbour, "/vault/decrypt", Some(&body)).await;
        assert_eq!(answer.code(), code, "{body}");
        assert!(!answer.text.contains("Harbour"), "{}", answer.text);
    }
    let recorded = tenant.call(&house, "GET", &format!("/audit_events?fp_bid={harbour}"), None).await;
    assert_eq!(recorded.body()["data"].as_array().unwrap().len(), 1, "what was refused was not done");
    assert_eq!(recorded.body()["data"][0]["fp_bid"], json!(harbour));
    assert_eq!(recorded.text("/data/0/action"), "vault.decrypted");
    assert_eq!(recorded.text("/data/0/reason"), "The test reads them.");
}

#[tokio::test]
async fn that_a_businesss_data_were_read_is_on_record_whatever_becomes_of_the_reader() {
    let mut house = House::open();
    let tenant = Tenant::of(&house);
    let harbour = create(&house, &tenant, json!({"data": {"business.name": "Harbour"}})).await.text("/id");
    decrypt(&house, &tenant, &harbour, &["business.name"]).await;
    house.crash();
    assert_eq!(actions(&house, &tenant, &harbour).await, ["business.created", "vault.decrypted"]);
}

#[tokio::test]
async fn what_cannot_be_kept_of_a_business_is_refused_by_name_and_nothing_is_written() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let harbour = create(&house, &tenant, json!({"data": {"business.name": "Harbour"}})).await.text("/id");
    let wrong = json!({
        "business.name": "Lighthouse",
        "business.tin": "12",
        "business.corporation_type": "pirates",
        "business.secondary_owners": "Bob",
        "id.first_name": "Jane",
        "custom.branch": 7,
        "selfie": null,
    });
    let answer = about(&house, &tenant, "PATCH", &harbour, "/vault", Some(&wrong)).await;
    assert_eq!(refused(&answer), (400, "unknown_fields".into()));
    let body = answer.body();
    let named = body["context"]["fields"].as_array().unwrap().iter();
    let named: Vec<_> =
        named.map(|one| format!("{} {}", one["field"], one["problem"]).replace('"', "")).collect();
    assert_eq!(
        named,
        [
            "business.tin invalid_tax_id",
            "business.corporation_type not_an_option",
            "business.secondary_owners wrong_type",
            "id.first_name unknown",
            "custom.branch unknown",
            "selfie unknown",
        ]
    );
    for (body, code) in [("{", "invalid_body"), ("[]", "invalid_body")] {
        let call = request(&house, "PATCH", &format!("/businesses/{harbour}/vault"));
        let answer = send(call.basic_auth(tenant.key("secret_key"), Some("")).body(body)).await;
        assert_eq!(answer.code(), code, "{body}");
    }
    let nothing = about(&house, &tenant, "PATCH", &harbour, "/vault", Some(&json!({}))).await;
    assert_eq!(nothing.status, 204);
    assert_eq!(actions(&house, &tenant, &harbour).await, ["business.created"]);
    let kept = decrypt(&house, &tenant, &harbour, &["business.name"]).await.body();
    assert_eq!(kept, json!({"business.name": "Harbour"}));
}

#[tokio::test]
async fn what_is_removed_of_a_business_is_gone_from_where_it_was_collected() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let result = describe(&house, &tenant, "onboarding-0001", &json!([])).await;
    let harbour = found(&house, &tenant).await;
    let redeemed = tenant.redeem(&house, &result).await;
    let credentials = format!("/credentials/{}", redeemed.text("/credentials_id"));
    let read = async || bearer(&house, "GET", &credentials, &redeemed.text("/access_token")).await.body();
    let before = read().await;
    let changes = json!({"business.phone_number": null, "business.city": "Nadir"});
    let written = about(&house, &tenant, "PATCH", &harbour, "/vault", Some(&changes)).await;
    assert_eq!((written.status, written.text.as_str()), (204, ""));
    let erased = json!({"fields": ["business.tin", "id.first_name"], "reason": "They asked for it."});
    let answer = about(&house, &tenant, "DELETE", &harbour, "/vault", Some(&erased)).await;
    assert_eq!((answer.status, answer.text.as_str()), (204, ""));

    let after = read().await;
    let given = &after["steps"][0]["data"];
    assert_eq!(given["business.name"], "Harbour Chandlers Ltd.");
    assert_eq!((&given["business.phone_number"], &given["business.tin"]), (&Value::Null, &Value::Null));
    assert_eq!(after["steps"][1]["data"]["business.city"], "Zenith", "what was given stays what was given");
    assert_eq!(after["steps"][3], before["steps"][3], "what the person said of herself stays");
    assert_eq!(after["outcome"], before["outcome"]);
    let fields = ["business.phone_number", "business.tin", "business.city"];
    let kept = decrypt(&house, &tenant, &harbour, &fields).await.body();
    assert_eq!(kept, json!({"business.phone_number": null, "business.tin": null, "business.city": "Nadir"}));
    let jane = before["fp_id"].as_str().unwrap();
    assert_eq!(tenant.presence(&house, jane).await["id.first_name"], true);
    assert_eq!(
        actions(&house, &tenant, &harbour).await,
        ["vault.updated", "vault.deleted", "vault.decrypted"]
    );
    assert_eq!(tenant.actions(&house, jane).await, [] as [String; 0], "nothing was done with hers");
}

#[tokio::test]
async fn a_whole_business_is_erased_from_every_session_about_it() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let result = describe(&house, &tenant, "onboarding-0001", &json!([owner("Bob", 60)])).await;
    let harbour = found(&house, &tenant).await;
    let redeemed = tenant.redeem(&house, &result).await;
    let credentials = format!("/credentials/{}", redeemed.text("/credentials_id"));
    let stood = about(&house, &tenant, "GET", &harbour, "", None).await;
    let owners = about(&house, &tenant, "GET", &harbour, "/owners", None).await;

    let mut walking = start(&house, &tenant, "onboarding-0002").await;
    for (step, data) in business_steps(&json!([])) {
        if walking.last["next"]["name"] == step {
            walking.submit(&house, step, data).await;
        }
    }
    let answer = about(&house, &tenant, "DELETE", &harbour, "/vault", None).await;
    assert_eq!(answer.status, 204, "{}", answer.text);
    assert_eq!(presence(&house, &tenant, &harbour).await, json!({}));
    let read = bearer(&house, "GET", &credentials, &redeemed.text("/access_token")).await;
    assert!(!read.text.contains("Chandler"), "{}", read.text);
    assert!(read.text.contains("Jane-Marple"), "{}", read.text);
    assert_eq!(about(&house, &tenant, "GET", &harbour, "", None).await.body(), stood.body());
    let owners_now = about(&house, &tenant, "GET", &harbour, "/owners", None).await;
    assert_eq!(owners_now.body(), owners.body(), "who owns it stays");

    // Who is on the way is asked again for what was the business's, and for nothing else.
    walking.reopen(&house).await;
    assert_eq!(walking.last["next"]["name"], "business");
    assert!(!walking.last.to_string().contains("Chandler"), "{}", walking.last);
    for (step, data) in &business_steps(&json!([]))[..3] {
        walking.submit(&house, step, data.clone()).await;
    }
    assert_eq!(walking.last["next"]["name"], "consent");
    walking.submit(&house, "consent", json!({"business_check": "1.0"})).await;
    walking.submit(&house, "review", json!({})).await;
    assert_eq!(presence(&house, &tenant, &harbour).await["business.name"], true);
    let owners_now = about(&house, &tenant, "GET", &harbour, "/owners", None).await.body();
    assert_eq!(owners_now[1]["fp_id"], owners.body()[1]["fp_id"], "of whom nothing is said stays an owner");
}

#[tokio::test]
async fn erasing_the_person_who_acts_leaves_the_business() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let result = describe(&house, &tenant, "onboarding-0001", &json!([])).await;
    let jane = tenant.validate(&house, &result).await.text("/user/fp_id");
    let harbour = found(&house, &tenant).await;
    let before = presence(&house, &tenant, &harbour).await;
    assert_eq!(tenant.about(&house, "DELETE", &jane, "/vault", None).await.status, 204);
    assert_eq!(presence(&house, &tenant, &harbour).await, before);
    assert_eq!(tenant.presence(&house, &jane).await, json!({}));
}

#[tokio::test]
async fn the_vault_of_anothers_business_is_not_there() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let named = json!({"external_id": "business-0001", "data": {"business.name": "Harbour"}});
    let harbour = create(&house, &tenant, named).await.text("/id");
    let reading = json!({"fields": ["business.name"], "reason": "Because."});
    let writing = json!({"business.name": "Mine"});
    for stranger in [Tenant::register(&house, &[]), Tenant::register(&house, &["--live"])] {
        for (method, rest, body) in [
            ("GET", "/vault", None),
            ("PATCH", "/vault", Some(&writing)),
            ("POST", "/vault/decrypt", Some(&reading)),
            ("DELETE", "/vault", None),
        ] {
            let answer = about(&house, &stranger, method, &harbour, rest, body).await;
            assert_eq!(refused(&answer), (404, "not_found".into()), "{method} {rest}");
        }
        for query in ["", "external_id=business-0001"] {
            let listed = stranger.call(&house, "GET", &format!("/businesses?{query}"), None).await;
            assert_eq!(ids(&listed), [] as [String; 0], "{query}");
        }
        let cursor = stranger.call(&house, "GET", &format!("/businesses?cursor={harbour}"), None).await;
        assert_eq!(refused(&cursor), (422, "invalid_field".into()));
        assert_eq!(actions(&house, &stranger, &harbour).await, [] as [String; 0]);
        assert_eq!(create(&house, &stranger, json!({"external_id": "business-0001"})).await.status, 200);
    }
    for none in [NO_BUSINESS, "x", "fp_id_0000000000000000000000"] {
        assert_eq!(about(&house, &tenant, "GET", none, "/vault", None).await.status, 404, "{none}");
    }
    assert_eq!(
        decrypt(&house, &tenant, &harbour, &["business.name"]).await.body(),
        json!({"business.name": "Harbour"})
    );
    assert_eq!(actions(&house, &tenant, &harbour).await, ["business.created", "vault.decrypted"]);
}
