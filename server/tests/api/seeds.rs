//! The requests that the documents print, as they print them: curl's default content type, keys in place.

use serde_json::{Value, json};

use crate::actors::{Person, Tenant, post, request, send};
use crate::house::House;

#[tokio::test]
async fn sessions_and_steps_as_printed() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let created = post(
        &house,
        "/sessions",
        &json!({
            "client_id": tenant.key("client_id"),
            "client_app_key": tenant.key("client_app_key"),
            "skill": "xyz_sbx_#3.0",
        }),
    )
    .await;
    assert_eq!(created.text("/status"), "SESSION_CREATED");
    let path = format!("/sessions/{}/steps", created.text("/session_id"));
    let submitted = post(
        &house,
        &path,
        &json!({
            "client_id": tenant.key("client_id"),
            "nonce": created.text("/nonce"),
            "skill": "xyz_sbx_#3.0",
            "step": "product_form",
            "data": {"value": "100000", "currency": "EUR", "period": "12"},
        }),
    )
    .await;
    insta::assert_snapshot!(submitted.seen(), @r#"
    200
    {
      "next": {
        "name": "confirmation",
        "position": 2,
        "screen": {
          "consent": {
            "consents": [
              {
                "given": false,
                "name": "terms",
                "required": true,
                "text": "What I have given is correct, and I want to apply for this product.",
                "version": "1.0"
              }
            ]
          }
        },
        "title": "Confirm your application",
        "total": 2
      },
      "nonce": "a nonce",
      "status": "SESSION_IN_PROGRESS",
      "step_id": "step_…",
      "uploads": {
        "nonce": "a nonce",
        "remaining": [
          {
            "accept": [
              "image/jpeg",
              "image/png",
              "image/webp",
              "application/pdf"
            ],
            "attempts_left": 10,
            "label": "Proof of income",
            "max_bytes": 10000000,
            "name": "file"
          }
        ],
        "step": {
          "name": "product_form",
          "position": 1,
          "screen": {
            "form": {
              "fields": [
                {
                  "format": {
                    "amount": {
                      "max": 1000000,
                      "min": 1
                    }
                  },
                  "label": "Amount",
                  "name": "value",
                  "required": true,
                  "value": "100000"
                },
                {
                  "format": "currency",
                  "hint": "Three letters, as in EUR",
                  "label": "Currency",
                  "name": "currency",
                  "required": true,
                  "value": "EUR"
                },
                {
                  "format": {
                    "integer": {
                      "max": 480,
                      "min": 1
                    }
                  },
                  "label": "Period in months",
                  "name": "period",
                  "required": true,
                  "value": "12"
                }
              ]
            }
          },
          "title": "Your application",
          "total": 2
        },
        "step_id": "step_…"
      }
    }
    "#);
    let foreign = post(
        &house,
        &path,
        &json!({
            "client_id": "00000000-0000-0000-0000-000000000000",
            "nonce": submitted.text("/nonce"),
            "step": "confirmation",
            "data": {},
        }),
    )
    .await;
    assert_eq!(foreign.code(), "invalid_client_id");
    let other_skill = post(
        &house,
        &path,
        &json!({
            "nonce": submitted.text("/nonce"), "skill": "kyc_basic_#1.0", "step": "confirmation", "data": {},
        }),
    )
    .await;
    assert_eq!(other_skill.code(), "invalid_skill_name");
}

/// The first three requests of the onboarding document.
#[tokio::test]
async fn onboarding_sessions_as_printed() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let mut known = Person::start(&house, &tenant, "kyc_basic_#1.0").await;
    known.submit(&house, "personal_data", crate::actors::personal_data()).await;
    let result = known.submit(&house, "consent", json!({"data_use": "1.0"})).await.text("/temp_token");
    let fp_id = tenant.validate(&house, &result).await.text("/user/fp_id");
    let further: [Value; 3] = [
        json!({}),
        json!({"user_external_id": "8c992273-987d-4830-84f7-01324ab66899"}),
        json!({"fp_id": fp_id}),
    ];
    for members in further {
        let mut body = json!({"kind": "onboard", "key": tenant.key("playbook_key")});
        body.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
        let curl = request(&house, "POST", "/onboarding/session")
            .basic_auth(tenant.key("secret_key"), Some(""))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body.to_string());
        let started = send(curl).await;
        assert_eq!(started.status, 200, "{}", started.text);
        assert!(started.text("/link").starts_with("https://id.example/verify?type=user#obtok_"));
    }
}
