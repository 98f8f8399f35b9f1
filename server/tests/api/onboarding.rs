//! `POST /onboarding/session`: what each kind takes, whom it finds, and what it refuses.

use serde_json::{Value, json};

use crate::actors::{Answer, Person, Tenant, open};
use crate::house::House;

const NOBODY: &str = "fp_id_0000000000000000000000";

async fn ask(house: &House, tenant: &Tenant, body: &Value) -> Answer {
    tenant.call(house, "POST", "/onboarding/session", Some(body)).await
}

/// Status, code and the member concerned.
fn refusal(answer: &Answer) -> (u16, String, String) {
    (answer.status, answer.code(), answer.text("/context/fields/0/field"))
}

/// A person of the tenant's who is called so.
async fn somebody(house: &House, tenant: &Tenant, name: &str) -> String {
    let key = tenant.playbook("kyc_basic_#1.0");
    let started = tenant.start(house, &json!({"key": key, "user_external_id": name})).await;
    let mut person = Person::open(house, &started.text("/token")).await;
    let result = person.walk_details(house).await;
    tenant.validate(house, &result).await.text("/user/fp_id")
}

#[tokio::test]
async fn each_kind_takes_its_own_members() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let key = tenant.key("playbook_key");
    for (body, expected) in [
        (json!({"kind": "onboard"}), (400, "missing_fields", "key")),
        (json!({"kind": "inherit", "key": key, "fp_id": NOBODY}), (400, "unknown_fields", "key")),
        (json!({"kind": "inherit"}), (400, "user_required", "fp_id")),
        (json!({"kind": "update_login_methods"}), (400, "user_required", "fp_id")),
        (
            json!({"kind": "onboard", "key": key, "limit_auth_methods": ["phone"]}),
            (400, "unknown_fields", "limit_auth_methods"),
        ),
        (
            json!({"kind": "onboard", "key": key, "onboarding_external_id": "onboarding-2025-01"}),
            (400, "user_required", "onboarding_external_id"),
        ),
        (
            json!({"kind": "update_login_methods", "fp_id": NOBODY, "bootstrap_data": {}}),
            (400, "unknown_fields", "bootstrap_data"),
        ),
        (
            json!({"kind": "update_login_methods", "fp_id": NOBODY, "limit_auth_methods": []}),
            (422, "invalid_field", "limit_auth_methods"),
        ),
        (
            json!({"kind": "update_login_methods", "fp_id": NOBODY, "limit_auth_methods": ["fax"]}),
            (422, "invalid_field", "limit_auth_methods.0"),
        ),
    ] {
        let (status, code, member) = refusal(&ask(&house, &tenant, &body).await);
        assert_eq!((status, code.as_str(), member.as_str()), expected, "{body}");
    }
}

#[tokio::test]
async fn external_ids_have_10_to_256_characters() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    for name in ["user_external_id", "business_external_id", "onboarding_external_id"] {
        for wrong in ["x".repeat(9), "x".repeat(257), "with a space".into(), "name@example".into()] {
            let body = json!({"user_external_id": "customer-0001", name: wrong});
            let (status, code, member) = refusal(&tenant.start(&house, &body).await);
            assert_eq!((status, code.as_str(), member.as_str()), (400, "invalid_external_id", name));
        }
    }
    for right in ["x".repeat(10), "x".repeat(256)] {
        assert_eq!(tenant.start(&house, &json!({"user_external_id": right})).await.status, 200);
    }
}

#[tokio::test]
async fn a_person_who_is_named_twice_is_one_person() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let jane = somebody(&house, &tenant, "customer-0001").await;
    somebody(&house, &tenant, "customer-0002").await;
    let both = |name: &str| json!({"fp_id": jane, "user_external_id": name});
    assert_eq!(tenant.start(&house, &both("customer-0001")).await.status, 200);
    for others in ["customer-0002", "customer-0003"] {
        let (status, code, member) = refusal(&tenant.start(&house, &both(others)).await);
        assert_eq!((status, code.as_str(), member.as_str()), (422, "invalid_field", "user_external_id"));
    }
    let nobody = refusal(&tenant.start(&house, &json!({"fp_id": NOBODY})).await);
    assert_eq!(nobody, (404, "not_found".into(), "fp_id".into()));
    let user = tenant.call(&house, "GET", &format!("/users/{jane}"), None).await;
    assert_eq!(user.text("/external_id"), "customer-0001", "no refusal has renamed her");
}

#[tokio::test]
async fn nothing_is_inherited_where_nothing_is_asked() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let jane = somebody(&house, &tenant, "customer-0001").await;
    let answer = ask(&house, &tenant, &json!({"kind": "inherit", "fp_id": jane})).await;
    assert_eq!((answer.status, answer.code().as_str()), (409, "nothing_requested"));
    let unknown = json!({"kind": "inherit", "user_external_id": "customer-0009"});
    let unknown = refusal(&ask(&house, &tenant, &unknown).await);
    assert_eq!(unknown, (404, "not_found".into(), "user_external_id".into()));
    let again = json!({"kind": "inherit", "user_external_id": "customer-0009"});
    assert_eq!(ask(&house, &tenant, &again).await.status, 404, "nobody was made by asking");
}

#[tokio::test]
async fn log_in_methods_are_changed_in_a_session_of_its_own() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let jane = somebody(&house, &tenant, "customer-0001").await;
    let body = json!({"kind": "update_login_methods", "fp_id": jane, "limit_auth_methods": ["phone"]});
    let started = ask(&house, &tenant, &body).await;
    insta::assert_snapshot!(started.seen(), @r#"
    200
    {
      "expires_at": "an instant",
      "link": "https://id.example/verify?type=user#obtok_…",
      "token": "obtok_…"
    }
    "#);
    let opened = open(&house, &started.text("/token")).await;
    assert_eq!(opened.body()["about"]["steps"], json!(["identify", "login_methods"]));
    let validated = tenant.validate(&house, &started.text("/token")).await;
    assert_eq!(validated.code(), "invalid_validation_token");
    house.pass(24 * 3_600 + 1);
    assert_eq!(open(&house, &started.text("/token")).await.code(), "session_expired");

    let nobody = json!({"kind": "update_login_methods", "fp_id": NOBODY});
    assert_eq!(ask(&house, &tenant, &nobody).await.status, 404);
}

#[tokio::test]
async fn keys_of_the_sandbox_run_no_live_playbook() {
    let house = House::open();
    let sandbox = Tenant::of(&house);
    let live = Tenant::register(&house, &["--live"]);
    let sandbox_playbook = sandbox.playbook("kyc_basic_#1.0");
    let live_playbook = live.playbook("kyc_basic_#1.0");
    for (tenant, key) in [(&sandbox, &live_playbook), (&live, &sandbox_playbook)] {
        let body = json!({"kind": "onboard", "key": key, "user_external_id": "customer-0001"});
        let (status, code, member) = refusal(&ask(&house, tenant, &body).await);
        assert_eq!((status, code.as_str(), member.as_str()), (400, "sandbox_mismatch", "key"));
    }
    let fixed = json!({"kind": "onboard", "key": live_playbook, "sandbox_outcome": "pass"});
    let (status, code, member) = refusal(&ask(&house, &live, &fixed).await);
    assert_eq!((status, code.as_str(), member.as_str()), (400, "sandbox_mismatch", "sandbox_outcome"));
    let found = live.call(&house, "GET", "/users?external_id=customer-0001", None).await;
    assert_eq!(found.body()["data"], json!([]), "no refusal has made a person");
}
