//! A person walks to the end, and the tenant learns of it.

use serde_json::json;

use crate::actors::{Person, Tenant, bearer, open, post, request, send};
use crate::house::House;

#[tokio::test]
async fn the_tenant_starts_the_person_walks_the_tenant_learns() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let started = tenant
        .start(&house, &json!({
            "user_external_id": "customer-0001",
            "redirect_url": "https://bank.example/done",
            "bootstrap_data": {"id.first_name": "Jane", "id.dob": "1800-01-01", "business.tin": "123456789"},
        }))
        .await;
    insta::assert_snapshot!(started.seen(), @r#"
    200
    {
      "expires_at": "an instant",
      "ignored_bootstrap_fields": [
        "id.dob",
        "business.tin"
      ],
      "link": "https://id.example/verify?type=user#obtok_…",
      "token": "obtok_…"
    }
    "#);
    let opened = open(&house, &started.text("/token")).await;
    insta::assert_snapshot!(opened.seen(), @r#"
    200
    {
      "about": {
        "minutes": 4,
        "redirect_url": "https://bank.example/done",
        "sandbox": true,
        "steps": [
          "form",
          "consent",
          "document",
          "selfie",
          "review"
        ],
        "tenant": "Northwind Bank",
        "title": "Identity check"
      },
      "expires_at": "an instant",
      "next": {
        "name": "personal_data",
        "position": 1,
        "screen": {
          "form": {
            "fields": [
              {
                "format": "name",
                "name": "id.first_name",
                "required": true,
                "value": "Jane"
              },
              {
                "format": "name",
                "name": "id.last_name",
                "required": true
              },
              {
                "format": "birthday",
                "name": "id.dob",
                "required": true
              },
              {
                "format": "email",
                "name": "id.email",
                "required": true
              },
              {
                "format": "phone",
                "name": "id.phone_number",
                "required": false
              },
              {
                "format": {
                  "line": {
                    "max": 100
                  }
                },
                "name": "id.address_line1",
                "required": true
              },
              {
                "format": {
                  "line": {
                    "max": 100
                  }
                },
                "name": "id.city",
                "required": true
              },
              {
                "format": "postal_code",
                "name": "id.zip",
                "required": true
              },
              {
                "format": "country",
                "name": "id.country",
                "required": true
              }
            ]
          }
        },
        "total": 5
      },
      "nonce": "a nonce",
      "session_id": "a UUID",
      "session_token": "obtok_…",
      "status": "SESSION_CREATED"
    }
    "#);

    let mut person = Person::open(&house, &started.text("/token")).await;
    person.walk_to_review(&house).await;
    assert_eq!(
        person.last["next"]["screen"]["review"]["steps"][0]["screen"]["form"]["fields"][0]["value"],
        "Jane-Marple"
    );
    let done = person.submit(&house, "review", json!({})).await;
    insta::assert_snapshot!(done.seen(), @r#"
    200
    {
      "status": "SESSION_COMPLETED",
      "step_id": "step_…",
      "validation_token": "valtok_…"
    }
    "#);

    let validated = tenant.validate(&house, &done.text("/validation_token")).await;
    insta::assert_snapshot!(validated.seen(), @r#"
    200
    {
      "business": null,
      "user": {
        "external_id": "customer-0001",
        "fp_id": "fp_id_…",
        "onboarding_id": "ob_…",
        "playbook_key": "pb_test_…",
        "requires_manual_review": false,
        "status": "pass"
      },
      "user_auth": {
        "auth_events": [],
        "fp_id": "fp_id_…"
      }
    }
    "#);
    let again = tenant.validate(&house, &done.text("/validation_token")).await;
    insta::assert_snapshot!(again.seen(), @r#"
    401
    {
      "code": "invalid_validation_token",
      "message": "The validation token is wrong, expired or already redeemed.",
      "support_id": "err_…"
    }
    "#);

    let path = format!("/users/{}", validated.text("/user/fp_id"));
    let user = tenant.call(&house, "GET", &path, None).await;
    insta::assert_snapshot!(user.seen(), @r#"
    200
    {
      "external_id": "customer-0001",
      "id": "fp_id_…",
      "requires_additional_info": null,
      "requires_manual_review": false,
      "status": "pass"
    }
    "#);
    let asked =
        format!("{path}/vault?fields=id.dob,id.ssn9,document.id_card.front,document.id_card.back,selfie");
    let vault = tenant.call(&house, "GET", &asked, None).await;
    insta::assert_snapshot!(vault.seen(), @r#"
    200
    {
      "document.id_card.back": true,
      "document.id_card.front": true,
      "id.dob": true,
      "id.ssn9": false,
      "selfie": true
    }
    "#);
}

#[tokio::test]
async fn a_page_starts_the_backend_redeems_reads_and_erases() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let mut person = Person::start(&house, &tenant, "kyc_basic_#1.0").await;
    person.submit(&house, "personal_data", crate::actors::personal_data()).await;
    let done = person.submit(&house, "consent", json!({"data_use": "1.0"})).await;
    let redeemed = tenant.redeem(&house, &done.text("/temp_token")).await;
    assert_eq!(redeemed.status, 200);
    assert_eq!(tenant.redeem(&house, &done.text("/temp_token")).await.code(), "invalid_temp_token");

    let path = format!("/credentials/{}", redeemed.text("/credentials_id"));
    let access = redeemed.text("/access_token");
    insta::assert_snapshot!(bearer(&house, "GET", &path, &access).await.seen(), @r#"
    200
    {
      "completed_at": "an instant",
      "credentials_id": "cred_…",
      "fp_id": "fp_id_…",
      "outcome": {
        "checks": [
          {
            "check": "required_data",
            "verdict": "ok"
          },
          {
            "check": "minimum_age",
            "verdict": "ok"
          },
          {
            "check": "consent",
            "verdict": "ok"
          }
        ],
        "requires_manual_review": false,
        "status": "pass"
      },
      "session_id": "a UUID",
      "skill": "kyc_basic_#1.0",
      "steps": [
        {
          "data": {
            "id.address_line1": "1 Extraordinary Street",
            "id.city": "Zenith",
            "id.country": "DE",
            "id.dob": "1990-05-17",
            "id.email": "jane@example.com",
            "id.first_name": "Jane-Marple",
            "id.last_name": "Doeringhausen",
            "id.zip": "12345"
          },
          "step": "personal_data",
          "step_id": "step_…",
          "submitted_at": "an instant",
          "uploads": []
        },
        {
          "data": {
            "data_use": "1.0"
          },
          "step": "consent",
          "step_id": "step_…",
          "submitted_at": "an instant",
          "uploads": []
        }
      ]
    }
    "#);
    assert_eq!(bearer(&house, "DELETE", &path, &access).await.status, 204);
    assert_eq!(bearer(&house, "GET", &path, &access).await.code(), "invalid_token");
    assert_eq!(open(&house, &person.token).await.code(), "invalid_token");
}

#[tokio::test]
async fn a_person_is_found_again_by_the_tenants_name() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let mut request = tenant.page_request("kyc_basic_#1.0");
    request["tenant_user_id"] = "customer-0002".into();
    let page = post(&house, "/sessions", &request).await;
    let mut people = Vec::new();
    let backend = tenant
        .start(
            &house,
            &json!({
                "user_external_id": "customer-0002",
                "key": tenant.playbook("kyc_basic_#1.0"),
            }),
        )
        .await;
    for token in [page.text("/session_token"), backend.text("/token")] {
        let mut person = Person::open(&house, &token).await;
        person.submit(&house, "personal_data", crate::actors::personal_data()).await;
        let done = person.submit(&house, "consent", json!({"data_use": "1.0"})).await.body();
        // Both names carry the same kind of token.
        let result = done["temp_token"].as_str().or(done["validation_token"].as_str()).unwrap();
        people.push(tenant.validate(&house, result).await.text("/user/fp_id"));
    }
    assert_eq!(people[0], people[1]);
    let known = tenant.start(&house, &json!({"fp_id": people[0]})).await;
    assert_eq!(known.status, 200);
    let wrong = tenant.start(&house, &json!({"fp_id": people[0], "user_external_id": "customer-0003"})).await;
    assert_eq!(wrong.code(), "invalid_field");
}

#[tokio::test]
async fn a_sandbox_session_may_fix_its_outcome() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    for (fixed, status, review) in
        [("fail", "fail", false), ("manual_review", "pass", true), ("use_rules_outcome", "pass", false)]
    {
        let started = tenant.start(&house, &json!({"sandbox_outcome": fixed})).await;
        let mut person = Person::open(&house, &started.text("/token")).await;
        let result = person.walk(&house).await;
        let user = tenant.validate(&house, &result).await.body()["user"].clone();
        assert_eq!(
            (user["status"].as_str(), user["requires_manual_review"].as_bool()),
            (Some(status), Some(review))
        );
    }
}

#[tokio::test]
async fn the_catalogue_is_public() {
    let house = House::open();
    let all = send(request(&house, "GET", "/skills")).await.body();
    let names: Vec<_> = all.as_array().unwrap().iter().map(|skill| skill["name"].as_str().unwrap()).collect();
    assert!(names.is_sorted() && names.contains(&"kyc_document_#1.0"), "{names:?}");
    let one = send(request(&house, "GET", "/skills/kyc_basic_%231.0")).await;
    insta::assert_snapshot!(one.seen(), @r#"
    200
    {
      "minutes": 2,
      "name": "kyc_basic_#1.0",
      "steps": [
        {
          "fields": [
            {
              "format": "name",
              "name": "id.first_name",
              "required": true
            },
            {
              "format": "name",
              "name": "id.last_name",
              "required": true
            },
            {
              "format": "birthday",
              "name": "id.dob",
              "required": true
            },
            {
              "format": "email",
              "name": "id.email",
              "required": true
            },
            {
              "format": "phone",
              "name": "id.phone_number",
              "required": false
            },
            {
              "format": {
                "line": {
                  "max": 100
                }
              },
              "name": "id.address_line1",
              "required": true
            },
            {
              "format": {
                "line": {
                  "max": 100
                }
              },
              "name": "id.city",
              "required": true
            },
            {
              "format": "postal_code",
              "name": "id.zip",
              "required": true
            },
            {
              "format": "country",
              "name": "id.country",
              "required": true
            }
          ],
          "kind": "form",
          "name": "personal_data"
        },
        {
          "consents": [
            {
              "name": "data_use",
              "required": true,
              "text": "I agree that my data are used to check who I am.",
              "version": "1.0"
            }
          ],
          "kind": "consent",
          "name": "consent"
        }
      ],
      "title": "Your details"
    }
    "#);
    assert_eq!(send(request(&house, "GET", "/skills/kyc_basic_%239.9")).await.code(), "invalid_skill_name");
}
