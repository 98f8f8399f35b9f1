//! Bad input for every public call: each gets its coded answer, and none changes anything.

mod calls;

use serde_json::json;

use self::calls::calls;
use crate::actors::{Answer, Person, Tenant, open, personal_data, post, request, send};
use crate::house::House;

const REFUSED_VALUES: [&str; 12] = [
    "invalid_field",
    "invalid_client_id",
    "invalid_skill_name",
    "invalid_playbook_key",
    "invalid_external_id",
    "invalid_configuration_id",
    "invalid_interview_id",
    "invalid_customer_id",
    "invalid_client_app_key",
    "invalid_client_secret",
    "invalid_nonce",
    "invalid_step",
];

#[tokio::test]
async fn bodies_that_are_no_json_of_the_call_are_refused() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    for call in calls(&house, &tenant).await {
        for malformed in ["{", "nonsense", "[]", "\"text\"", "5", "null", "{\"a\":}", "\u{0}", "a=b&c=d"] {
            call.refuses(&call.send(&house, malformed).await, &["invalid_body"], malformed);
        }
        let deep = "[".repeat(100_000);
        call.refuses(&call.send(&house, deep).await, &["invalid_body"], "deep nesting");
        call.refuses(&call.send(&house, vec![0xff, 0xfe, 0x00]).await, &["invalid_body"], "no UTF-8");
        let huge = format!("{{\"x\": \"{}\"}}", "x".repeat(10_000_000));
        call.refuses(&call.send(&house, huge).await, &["body_too_large"], "10 MB");
    }
}

#[tokio::test]
async fn every_member_is_checked() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    for call in calls(&house, &tenant).await {
        let mut more = call.body.clone();
        more["surprise"] = 1.into();
        let answer = call.send(&house, more.to_string()).await;
        call.refuses(&answer, &["unknown_fields", "out_of_scope"], "a member too many");
        for name in call.body.as_object().unwrap().keys() {
            let mut less = call.body.clone();
            less.as_object_mut().unwrap().remove(name);
            if !call.optional.contains(&name.as_str()) {
                let answer = call.send(&house, less.to_string()).await;
                call.refuses(&answer, &["missing_fields"], &format!("no {name}"));
                assert_eq!(missing(&answer), [name.as_str()], "{}", answer.text);
            }
            let free = call.free.contains(&name.as_str());
            for wrong in [json!(5), json!(true), json!(1.5), json!(["x"])] {
                if free && wrong.is_array() {
                    continue;
                }
                let mut other = call.body.clone();
                other[name] = wrong.clone();
                let answer = call.send(&house, other.to_string()).await;
                call.refuses(&answer, &["invalid_field"], &format!("{name} = {wrong}"));
            }
            for wrong in ["", "\u{0}", &"x".repeat(100_000), "' OR 1=1 --", "../../etc/passwd", "\u{202e}x"] {
                if free && (1..100_000).contains(&wrong.len()) {
                    continue;
                }
                let mut other = call.body.clone();
                other[name] = wrong.into();
                let answer = call.send(&house, other.to_string()).await;
                let mut allowed = REFUSED_VALUES.to_vec();
                allowed.extend(["invalid_temp_token", "invalid_validation_token", "missing_fields"]);
                call.refuses(&answer, &allowed, &format!("{name} = {:.20}", wrong));
                assert!(answer.text.len() < 1_000, "an answer does not repeat what was sent");
            }
        }
    }
}

/// The members that an answer says are missing, in the words of its family.
fn missing(answer: &Answer) -> Vec<String> {
    let body = answer.body();
    let Some(fields) = body.pointer("/fields").or(body.pointer("/context/fields")) else {
        let sentence = body["message"].as_str().unwrap();
        let (_, named) = sentence.split_once('(').unwrap();
        let named = named.split_once(')').unwrap().0.split(", ");
        return named.map(|field| field.strip_suffix(": required").unwrap().to_owned()).collect();
    };
    let fields = fields.as_array().unwrap().iter();
    fields
        .map(|refused| {
            assert_eq!(refused["problem"], "required");
            refused["field"].as_str().unwrap().to_owned()
        })
        .collect()
}

#[tokio::test]
async fn all_that_is_missing_is_named_at_once() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    for call in calls(&house, &tenant).await {
        let is_needed = |name: &&String| ![call.optional, call.implied].concat().contains(&name.as_str());
        let mut needed: Vec<String> =
            call.body.as_object().unwrap().keys().filter(is_needed).cloned().collect();
        if needed.is_empty() {
            continue;
        }
        let answer = call.send(&house, "{}").await;
        call.refuses(&answer, &["missing_fields"], "nothing");
        let mut named = missing(&answer);
        needed.sort_unstable();
        named.sort_unstable();
        assert_eq!(named, needed, "{}", call.path);
    }
    let answer = post(&house, "/token", &json!({"client_secret": tenant.key("client_secret")})).await;
    insta::assert_snapshot!(answer.seen(), @r#"
    400
    {
      "code": "missing_fields",
      "fields": [
        {
          "field": "client_id",
          "problem": "required"
        },
        {
          "field": "temp_token",
          "problem": "required"
        }
      ],
      "http": 400,
      "id": "err_…",
      "message": "Required fields are missing.",
      "type": "invalid_request"
    }
    "#);
    let answer = tenant.call(&house, "POST", "/webhooks", Some(&json!({}))).await;
    insta::assert_snapshot!(answer.seen(), @r#"
    400
    {
      "code": "missing_fields",
      "context": {
        "fields": [
          {
            "field": "url",
            "problem": "required"
          },
          {
            "field": "family",
            "problem": "required"
          }
        ]
      },
      "message": "Required fields are missing.",
      "support_id": "err_…"
    }
    "#);
}

#[tokio::test]
async fn every_field_of_a_step_is_checked() {
    let house = House::open();
    let mut person = Person::start(&house, &Tenant::of(&house), "kyc_basic_#1.0").await;
    let mut all_wrong = personal_data();
    for (name, wrong) in [
        ("id.first_name", json!("<script>")),
        ("id.last_name", json!("x".repeat(101))),
        ("id.dob", json!("2026-02-30")),
        ("id.email", json!("jane")),
        ("id.city", json!(null)),
        ("id.country", json!("XX")),
        ("id.zip", json!("§")),
    ] {
        all_wrong[name] = wrong;
    }
    let refused = person.try_submit(&house, "personal_data", &all_wrong).await;
    insta::assert_snapshot!(refused.seen(), @r#"
    422
    {
      "code": "invalid_field",
      "fields": [
        {
          "field": "id.first_name",
          "problem": "invalid_characters"
        },
        {
          "field": "id.last_name",
          "problem": "too_long"
        },
        {
          "field": "id.dob",
          "problem": "invalid_date"
        },
        {
          "field": "id.email",
          "problem": "invalid_email"
        },
        {
          "field": "id.city",
          "problem": "wrong_type"
        },
        {
          "field": "id.zip",
          "problem": "invalid_postal_code"
        },
        {
          "field": "id.country",
          "problem": "invalid_country"
        }
      ],
      "http": 422,
      "id": "err_…",
      "message": "One or more fields cannot be accepted.",
      "type": "invalid_request"
    }
    "#);
    let missing = person.try_submit(&house, "personal_data", &json!({})).await;
    assert_eq!((missing.status, missing.code().as_str()), (400, "missing_fields"));
    assert_eq!(missing.body()["fields"].as_array().unwrap().len(), 8);
    let unknown = person.try_submit(&house, "personal_data", &json!({"id.ssn9": "x"})).await;
    assert_eq!(unknown.code(), "unknown_fields");
    person.submit(&house, "personal_data", personal_data()).await;
    for (given, problem) in
        [(json!("2.0"), "outdated_version"), (json!(true), "wrong_type"), (json!(false), "not_accepted")]
    {
        let refused = person.try_submit(&house, "consent", &json!({"data_use": given})).await;
        assert_eq!(refused.body()["fields"][0]["problem"], problem);
    }
    person.submit(&house, "consent", json!({"data_use": "1.0"})).await;
}

#[tokio::test]
async fn names_in_paths_that_are_nobodys_are_not_found() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let submission = json!({"nonce": "n", "step": "personal_data", "data": {}});
    for id in ["00000000-0000-0000-0000-000000000000", "x", "%ff", "..%2f..%2fetc", &"x".repeat(5_000)] {
        let answer = post(&house, &format!("/sessions/{id}/steps"), &submission).await;
        assert_eq!((answer.status, answer.code().as_str()), (404, "invalid_session_id"), "{id}");
        for (method, rest, body) in crate::users::calls() {
            let answer = tenant.about(&house, method, id, rest, body.as_ref()).await;
            assert_eq!((answer.status, answer.code().as_str()), (404, "not_found"), "{method} {id}{rest}");
        }
        let answer = send(request(&house, "GET", &format!("/skills/{id}"))).await;
        assert_eq!((answer.status, answer.code().as_str()), (404, "invalid_skill_name"), "{id}");
        let answer = send(request(&house, "GET", &format!("/credentials/{id}")).bearer_auth("x")).await;
        assert!([401, 404].contains(&answer.status), "{id}");
        let answer = send(request(&house, "POST", &format!("/steps/{id}/upload")).body("x")).await;
        assert!([404, 415].contains(&answer.status), "{id}");
    }
    for (method, path, status, code) in [
        ("GET", "/nowhere", 404, "not_found"),
        ("GET", "/onboarding/nowhere", 404, "not_found"),
        ("PUT", "/sessions", 405, "method_not_allowed"),
        ("DELETE", "/onboarding/session", 405, "method_not_allowed"),
        ("DELETE", "/users", 405, "method_not_allowed"),
        ("GET", "/users/vault/decrypt", 405, "method_not_allowed"),
        ("PATCH", "/steps/step_0000000000000000000000/upload", 405, "method_not_allowed"),
    ] {
        let answer = send(request(&house, method, path)).await;
        assert_eq!((answer.status, answer.code().as_str()), (status, code), "{method} {path}");
    }
}

#[tokio::test]
async fn forged_bearers_open_nothing() {
    let house = House::open();
    for token in ["x", "obtok_", "obtok_0000000000000000000000000000000000", &"x".repeat(10_000)] {
        assert_eq!(open(&house, token).await.code(), "invalid_token");
        let read =
            send(request(&house, "GET", "/credentials/cred_0000000000000000000000").bearer_auth(token)).await;
        assert_eq!(read.code(), "invalid_token");
    }
    let without = send(request(&house, "POST", "/sessions/open")).await;
    assert_eq!((without.status, without.code().as_str()), (401, "invalid_token"));
    let twice = request(&house, "POST", "/sessions/open").header("authorization", "Bearer").body("{}");
    assert_eq!(send(twice).await.code(), "invalid_token");
}
