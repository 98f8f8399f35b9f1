//! People as a backend knows them: made known, looked for, listed, and asked for more.

use serde_json::{Value, json};

use crate::actors::{Answer, Person, Tenant};
use crate::house::House;
use crate::people::{NOBODY, detailed, refused, walked};

async fn create(house: &House, tenant: &Tenant, body: Value) -> Answer {
    tenant.call(house, "POST", "/users", Some(&body)).await
}

async fn list(house: &House, tenant: &Tenant, query: &str) -> Answer {
    tenant.call(house, "GET", &format!("/users?{query}"), None).await
}

fn ids(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.status, 200, "{}", answer.text);
    let body = answer.body();
    body["data"].as_array().unwrap().iter().map(|user| user["id"].as_str().unwrap().into()).collect()
}

#[tokio::test]
async fn a_person_is_made_known_and_found_again() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let data = json!({"id.first_name": " Jane ", "id.phone_number": "+1 (555) 555-0100", "custom.branch": 7});
    let created = create(&house, &tenant, json!({"external_id": "customer-0001", "data": data})).await;
    insta::assert_snapshot!(created.seen(), @r#"
    200
    {
      "external_id": "customer-0001",
      "id": "fp_id_…",
      "requires_additional_info": null,
      "requires_manual_review": false,
      "status": "none"
    }
    "#);
    let jane = created.text("/id");
    let found = list(&house, &tenant, "external_id=customer-0001").await;
    assert_eq!(found.body(), json!({"data": [created.body()], "next": null}));
    assert_eq!(ids(&list(&house, &tenant, "external_id=customer-0002").await), [] as [String; 0]);
    assert_eq!(tenant.about(&house, "GET", &jane, "", None).await.body(), created.body());
    let kept = tenant.decrypt(&house, &jane, &["id.first_name", "id.phone_number", "custom.branch"]).await;
    assert_eq!(
        kept.body(),
        json!({"id.first_name": "Jane", "id.phone_number": "+15555550100", "custom.branch": 7})
    );

    let started = tenant.start(&house, &json!({"user_external_id": "customer-0001"})).await;
    let mut person = Person::open(&house, &started.text("/token")).await;
    let result = person.walk(&house).await;
    assert_eq!(tenant.validate(&house, &result).await.text("/user/fp_id"), jane);
    let now = tenant.about(&house, "GET", &jane, "", None).await;
    assert_eq!(now.text("/status"), "pass");
}

#[tokio::test]
async fn a_name_is_given_to_one_person() {
    let house = House::open();
    let tenant = Tenant::register(&house, &[]);
    let first = create(&house, &tenant, json!({"external_id": "customer-0001"})).await;
    let second = create(&house, &tenant, json!({"external_id": "customer-0001"})).await;
    assert_eq!(refused(&second), (409, "external_id_taken".into()));
    assert_eq!(second.text("/context/fields/0/field"), "external_id");
    assert_eq!(ids(&list(&house, &tenant, "").await), [first.text("/id")]);

    let racing = (0..8).map(|_| create(&house, &tenant, json!({"external_id": "customer-0002"})));
    let answers = futures_util::future::join_all(racing).await;
    let created = answers.iter().filter(|answer| answer.status == 200).count();
    assert_eq!(created, 1, "of those who race, one is first");
    assert!(answers.iter().all(|answer| answer.status == 200 || answer.code() == "external_id_taken"));
    let other = Tenant::register(&house, &[]);
    assert_eq!(create(&house, &other, json!({"external_id": "customer-0001"})).await.status, 200);
}

#[tokio::test]
async fn who_cannot_be_made_known_is_not() {
    let house = House::open();
    let tenant = Tenant::register(&house, &[]);
    for (body, code) in [
        (json!({"external_id": "short-one"}), "invalid_external_id"),
        (json!({"external_id": "x".repeat(257)}), "invalid_external_id"),
        (json!({"external_id": 5}), "invalid_field"),
        (json!({"data": []}), "invalid_field"),
        (json!({"fp_id": NOBODY}), "unknown_fields"),
        (json!({"data": {"id.first_name": "Jane", "id.shoe_size": "38"}}), "unknown_fields"),
    ] {
        assert_eq!(create(&house, &tenant, body.clone()).await.code(), code, "{body}");
    }
    let wrong = json!({"id.dob": "1990-02-30", "id.ssn9": "000-12-3456", "id.email": "jane", "period": 12});
    let answer = create(&house, &tenant, json!({"data": wrong})).await;
    insta::assert_snapshot!(answer.seen(), @r#"
    400
    {
      "code": "unknown_fields",
      "context": {
        "fields": [
          {
            "field": "id.dob",
            "problem": "invalid_date"
          },
          {
            "field": "id.ssn9",
            "problem": "invalid_ssn"
          },
          {
            "field": "id.email",
            "problem": "invalid_email"
          },
          {
            "field": "period",
            "problem": "unknown"
          }
        ]
      },
      "message": "The body has fields that this call does not take.",
      "support_id": "err_…"
    }
    "#);
    assert_eq!(ids(&list(&house, &tenant, "").await), [] as [String; 0]);
}

#[tokio::test]
async fn people_are_listed_from_the_newest_on() {
    let house = House::open();
    let tenant = Tenant::register(&house, &[]);
    let mut all = Vec::new();
    for _ in 0..5 {
        all.insert(0, create(&house, &tenant, json!({})).await.text("/id"));
    }
    assert_eq!(ids(&list(&house, &tenant, "").await), all);
    let first = list(&house, &tenant, "limit=2").await;
    assert_eq!((ids(&first), first.text("/next")), (all[..2].to_vec(), all[1].clone()));
    let second = list(&house, &tenant, &format!("limit=3&cursor={}", all[1])).await;
    assert_eq!((ids(&second), &second.body()["next"]), (all[2..].to_vec(), &json!(null)));

    let other = Tenant::register(&house, &[]);
    assert_eq!(ids(&list(&house, &other, "").await), [] as [String; 0]);
    let foreign = list(&house, &other, &format!("cursor={}", all[1])).await;
    assert_eq!(refused(&foreign), (422, "invalid_field".into()));
    for (query, code) in [
        ("limit=0", "invalid_field"),
        ("limit=101", "invalid_field"),
        ("limit=all", "invalid_field"),
        ("cursor=x", "invalid_field"),
        ("cursor=fp_id_0000000000000000000000", "invalid_field"),
        ("status=good", "invalid_field"),
        ("requires_manual_review=perhaps", "invalid_field"),
        ("external_id=short-one", "invalid_external_id"),
        ("page=2", "unknown_fields"),
        ("limit=1&limit=2", "invalid_field"),
    ] {
        assert_eq!(list(&house, &tenant, query).await.code(), code, "{query}");
    }
}

#[tokio::test]
async fn a_reviewer_finds_those_who_wait() {
    let mut house = House::open();
    let tenant = Tenant::register(&house, &[]);
    let passed = detailed(&house, &tenant, json!({})).await;
    let waiting = detailed(&house, &tenant, json!({"sandbox_outcome": "manual_review"})).await;
    let failed =
        detailed(&house, &tenant, json!({"sandbox_outcome": "fail", "user_external_id": "customer-0001"}))
            .await;
    let new = create(&house, &tenant, json!({})).await.text("/id");
    for (query, found) in [
        ("requires_manual_review=true", vec![&waiting.id]),
        ("requires_manual_review=false", vec![&new, &failed.id, &passed.id]),
        ("status=pass", vec![&waiting.id, &passed.id]),
        ("status=pass&requires_manual_review=false", vec![&passed.id]),
        ("status=fail", vec![&failed.id]),
        ("status=none", vec![&new]),
        ("status=pending", vec![]),
        ("external_id=customer-0001&status=fail", vec![&failed.id]),
        ("external_id=customer-0001&status=pass", vec![]),
    ] {
        assert_eq!(
            ids(&list(&house, &tenant, query).await),
            Vec::from_iter(found.into_iter().cloned()),
            "{query}"
        );
    }
    house.crash();
    assert_eq!(ids(&list(&house, &tenant, "requires_manual_review=true").await), [waiting.id.as_str()]);
}

#[tokio::test]
async fn a_person_is_asked_for_more_and_the_request_withdrawn() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let jane = walked(&house, &tenant, json!({})).await;
    let ask = async |body: Value| tenant.about(&house, "POST", &jane.id, "/request_info", Some(&body)).await;
    let asked = ask(json!({"note": " The other side,\r\nplease. ", "steps": ["selfie", "document"]})).await;
    assert_eq!(asked.text("/requires_additional_info/note"), "The other side,\nplease.");
    assert_eq!(tenant.about(&house, "GET", &jane.id, "", None).await.body(), asked.body());
    let again = ask(json!({"note": "A passport.", "steps": ["document"], "key": tenant.key("playbook_key")}));
    assert_eq!(again.await.text("/requires_additional_info/note"), "A passport.");

    let inherit = json!({"kind": "inherit", "fp_id": jane.id});
    let started = tenant.call(&house, "POST", "/onboarding/session", Some(&inherit)).await;
    let person = Person::open(&house, &started.text("/token")).await;
    assert_eq!(person.last["next"]["name"], "document", "the second request took the place of the first");

    for _ in 0..2 {
        let withdrawn = tenant.about(&house, "DELETE", &jane.id, "/request_info", None).await;
        assert_eq!((withdrawn.status, withdrawn.text.as_str()), (204, ""));
    }
    let now = tenant.about(&house, "GET", &jane.id, "", None).await;
    assert_eq!(now.body()["requires_additional_info"], json!(null));
    let nothing = tenant.call(&house, "POST", "/onboarding/session", Some(&inherit)).await;
    assert_eq!(nothing.code(), "nothing_requested");

    let recorded = tenant.recorded(&house, &jane.id).await;
    let seen: Vec<_> =
        recorded.iter().map(|event| (&event["action"], &event["reason"], &event["steps"])).collect();
    assert_eq!(
        seen,
        [
            (&json!("user.info_request_withdrawn"), &json!(null), &json!(null)),
            (&json!("user.info_requested"), &json!("A passport."), &json!(["document"])),
            (
                &json!("user.info_requested"),
                &json!("The other side,\nplease."),
                &json!(["document", "selfie"])
            ),
        ]
    );
}

#[tokio::test]
async fn what_cannot_be_asked_for_is_not() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let jane = detailed(&house, &tenant, json!({})).await;
    let unknown = create(&house, &tenant, json!({})).await.text("/id");
    let live = ["pb_live_", &"0".repeat(22)].concat();
    let nobodys = ["pb_test_", &"0".repeat(22)].concat();
    let (note, steps) = ("The card, please.", json!(["personal_data"]));
    for (person, body, code, member) in [
        (&jane.id, json!({"note": note, "steps": ["document"]}), "invalid_field", Some("steps")),
        (&jane.id, json!({"note": note, "steps": []}), "missing_fields", Some("steps")),
        (&jane.id, json!({"note": note, "steps": "personal_data"}), "invalid_field", Some("steps")),
        (&jane.id, json!({"note": note, "steps": ["Personal Data"]}), "invalid_field", Some("steps.0")),
        (&jane.id, json!({"note": " \u{200b}\n", "steps": steps}), "invalid_field", Some("note")),
        (&jane.id, json!({"note": "x".repeat(2_001), "steps": steps}), "invalid_field", Some("note")),
        (&jane.id, json!({"note": "bell\u{7}", "steps": steps}), "invalid_field", Some("note")),
        (&jane.id, json!({"steps": steps}), "missing_fields", Some("note")),
        (&jane.id, json!({"note": note, "steps": steps, "key": live}), "sandbox_mismatch", Some("key")),
        (&jane.id, json!({"note": note, "steps": steps, "key": nobodys}), "invalid_playbook_key", None),
        (
            &jane.id,
            json!({"note": note, "steps": steps, "key": tenant.key("playbook_key")}),
            "nothing_decided",
            None,
        ),
        (&unknown, json!({"note": note, "steps": steps}), "nothing_decided", None),
    ] {
        let answer = tenant.about(&house, "POST", person, "/request_info", Some(&body)).await;
        assert_eq!(answer.code(), code, "{body}");
        let named = answer.body()["context"]["fields"][0]["field"].clone();
        assert_eq!(named.as_str(), member, "{body}");
    }
    let now = tenant.about(&house, "GET", &jane.id, "", None).await;
    assert_eq!(now.body()["requires_additional_info"], json!(null));
    assert_eq!(tenant.actions(&house, &jane.id).await, [] as [String; 0]);
    let longest = json!({"note": "é".repeat(2_000), "steps": steps});
    assert_eq!(tenant.about(&house, "POST", &jane.id, "/request_info", Some(&longest)).await.status, 200);
}

/// Every call about a person, with a body that would be taken.
pub fn calls() -> Vec<(&'static str, &'static str, Option<Value>)> {
    let reason = "The test does it.";
    vec![
        ("GET", "", None),
        ("POST", "/request_info", Some(json!({"note": reason, "steps": ["personal_data"]}))),
        ("DELETE", "/request_info", None),
        ("POST", "/review", Some(json!({"decision": "reject", "reason": reason}))),
        ("GET", "/vault", None),
        ("PATCH", "/vault", Some(json!({"id.first_name": "Mallory"}))),
        ("POST", "/vault/decrypt", Some(json!({"fields": ["id.first_name"], "reason": reason}))),
        ("POST", "/vault/decrypt/file", Some(json!({"field": "selfie", "reason": reason}))),
        ("DELETE", "/vault", None),
        (
            "POST",
            "/client_token",
            Some(json!({"scopes": ["decrypt"], "fields": ["id.first_name"], "reason": reason})),
        ),
    ]
}

#[tokio::test]
async fn anothers_people_are_nobody() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let jane = walked(&house, &tenant, json!({})).await;
    let before = (
        tenant.about(&house, "GET", &jane.id, "", None).await.body(),
        tenant.presence(&house, &jane.id).await,
    );
    let strangers = [Tenant::register(&house, &[]), Tenant::register(&house, &["--live"])];
    for (method, rest, body) in calls() {
        for (caller, person) in [(&strangers[0], &*jane.id), (&strangers[1], &*jane.id), (&tenant, NOBODY)] {
            let answer = caller.about(&house, method, person, rest, body.as_ref()).await;
            assert_eq!(refused(&answer), (404, "not_found".into()), "{method} {rest}");
        }
        let nobody = crate::actors::request(&house, method, &format!("/users/{}{rest}", jane.id));
        let nobody = crate::actors::send(nobody.body(body.unwrap_or_default().to_string())).await;
        assert_eq!(refused(&nobody), (401, "invalid_secret_key".into()), "{method} {rest}");
    }
    let after = (
        tenant.about(&house, "GET", &jane.id, "", None).await.body(),
        tenant.presence(&house, &jane.id).await,
    );
    assert_eq!(before, after);
    assert_eq!(tenant.actions(&house, &jane.id).await, [] as [String; 0], "nothing was done");
    for stranger in &strangers {
        let path = format!("/audit_events?fp_id={}", jane.id);
        assert_eq!(stranger.call(&house, "GET", &path, None).await.body(), json!({"data": [], "next": null}));
    }
}
