//! The sample records of the sandbox, which the documents' printed requests name.

use serde_json::json;

use crate::actors::{Person, Tenant, jpeg, open};
use crate::house::House;

const PERSON: &str = "fp_id_K0q6Eh6Rr3WOOfFBLPiHsr";
const BUSINESS: &str = "fp_bid_fr7JHcV3hIzC7KbqTAsD3n";

#[tokio::test]
async fn a_fresh_server_knows_whom_the_documents_name() {
    let mut house = House::open();
    let tenant = Tenant::of(&house);
    let user = tenant.call(&house, "GET", &format!("/users/{PERSON}"), None).await;
    insta::assert_snapshot!(user.seen(), @r#"
    200
    {
      "external_id": null,
      "id": "fp_id_…",
      "requires_additional_info": {
        "note": "Hi Christian, we can't wait for you to get started with your Acme Bank credit card! To finish verifying your identity, can you please submit a photo of your SSN card? Once received, we can approve your application and mail out your credit card.",
        "timestamp": "an instant"
      },
      "requires_manual_review": false,
      "status": "pass"
    }
    "#);
    assert_eq!(user.text("/requires_additional_info/timestamp"), "2023-12-12T21:28:38.771Z");
    let owners = tenant.call(&house, "GET", &format!("/businesses/{BUSINESS}/owners"), None).await;
    assert_eq!(owners.text("/0/fp_id"), PERSON);
    house.crash();
    let again = tenant.call(&house, "GET", &format!("/users/{PERSON}"), None).await;
    assert_eq!(again.text, user.text, "they are made once");
}

#[tokio::test]
async fn what_the_sample_person_is_asked_for_can_be_given() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let inherit = json!({"kind": "inherit", "fp_id": PERSON});
    let started = tenant.call(&house, "POST", "/onboarding/session", Some(&inherit)).await;
    let mut person = Person::open(&house, &started.text("/token")).await;
    assert!(person.last["about"]["note"].as_str().unwrap().starts_with("Hi Christian,"));
    assert_eq!(person.last["next"]["name"], "ssn_card");
    person.submit(&house, "ssn_card", json!({"id.ssn4": "6789"})).await;
    assert_eq!(person.upload(&house, "file", jpeg()).await.status, 200);
    let second = tenant.call(&house, "POST", "/onboarding/session", Some(&inherit)).await;
    let done = person.submit(&house, "review", json!({})).await;
    let told = tenant.validate(&house, &done.text("/validation_token")).await;
    assert_eq!((told.text("/user/fp_id"), told.text("/user/status")), (PERSON.into(), "pass".into()));

    let path = format!("/users/{PERSON}");
    let user = tenant.call(&house, "GET", &path, None).await.body();
    assert!(user["requires_additional_info"].is_null(), "the request is gone");
    let vault = tenant.call(&house, "GET", &format!("{path}/vault"), None).await.body();
    assert_eq!((&vault["document.ssn_card.file"], &vault["id.ssn9"]), (&json!(true), &json!(true)));
    let again = tenant.call(&house, "POST", "/onboarding/session", Some(&inherit)).await;
    assert_eq!(again.code(), "nothing_requested");

    let mut late = Person::open(&house, &second.text("/token")).await;
    let refused = late.try_submit(&house, "ssn_card", &json!({"id.ssn4": "0001"})).await;
    assert_eq!(refused.code(), "session_expired", "what it was to answer is answered");
    late.reopen(&house).await;
}

#[tokio::test]
async fn nobody_else_has_them() {
    let house = House::open();
    for other in [Tenant::register(&house, &["--live"]), Tenant::register(&house, &[])] {
        for path in [format!("/users/{PERSON}"), format!("/businesses/{BUSINESS}")] {
            assert_eq!(other.call(&house, "GET", &path, None).await.status, 404, "{path}");
        }
    }
}

#[tokio::test]
async fn the_sample_person_owns_the_sample_business() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    for skill in ["kyc_document_#1.0", "kyb_business_#1.0"] {
        let body = json!({"key": tenant.playbook(skill), "fp_id": PERSON, "fp_bid": BUSINESS});
        let started = tenant.start(&house, &body).await;
        assert_eq!(started.status, 200, "{}", started.text);
        assert_eq!(open(&house, &started.text("/token")).await.text("/status"), "SESSION_CREATED");
    }
    let stranger = json!({"user_external_id": "customer-0001", "fp_bid": BUSINESS});
    assert_eq!(tenant.start(&house, &stranger).await.code(), "not_an_owner");
}
