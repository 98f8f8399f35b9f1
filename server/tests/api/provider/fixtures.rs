//! The sandbox, where the answers are fixtures.

use serde_json::{Value, json};

use super::{Branch, FACES, found};
use crate::actors::{Person, Tenant, jpeg};

#[tokio::test]
async fn a_given_name_says_what_is_found_of_people_who_are_made_up() {
    let branch = Branch::open(FACES, "");
    let sandbox = Tenant::of(&branch.house);
    for (name, verdict, score, status, review) in [
        ("Jane", "ok", json!(99.0), "pass", false),
        ("Warn", "warn", json!(60.0), "pass", true),
        ("Fail", "fail", json!(5.0), "fail", true),
        ("unknown", "unknown", Value::Null, "pass", true),
    ] {
        let walked = branch.walk(&sandbox, name).await;
        let outcome = walked.decided(&branch).await;
        for check in ["face_match", "liveness", "document_authenticity"] {
            assert_eq!(found(&outcome, check), (verdict.into(), score.clone()), "{name}");
        }
        assert_eq!(
            (&outcome["status"], &outcome["requires_manual_review"]),
            (&json!(status), &json!(review))
        );
    }
}

#[tokio::test]
async fn the_outcome_that_is_fixed_says_what_is_found() {
    let branch = Branch::open(FACES, "");
    let sandbox = Tenant::of(&branch.house);
    for (fixed, verdict, status) in [("pass", "ok", "pass"), ("fail", "fail", "fail")] {
        let mut request = sandbox.page_request("faces_#1.0");
        request["sandbox_outcome"] = json!(fixed);
        let mut person = Person::begin(&branch.house, &request).await;
        let done = branch.give(&mut person, "Jane").await;
        let walked = branch.redeem(&sandbox, person, &done).await;
        let outcome = walked.decided(&branch).await;
        assert_eq!((found(&outcome, "face_match").0.as_str(), &outcome["status"]), (verdict, &json!(status)));
    }
}

/// What a reviewer asks for is judged with what was given before, whichever session has it.
#[tokio::test]
async fn a_selfie_that_a_reviewer_asks_for_is_set_beside_the_document_of_before() {
    let branch = Branch::open(FACES, "");
    let (house, sandbox) = (&branch.house, Tenant::of(&branch.house));
    let started = sandbox.start(house, &json!({"key": sandbox.playbook("faces_#1.0")})).await;
    let mut person = Person::open(house, &started.text("/token")).await;
    let done = branch.give(&mut person, "Jane").await;
    let user = sandbox.validate(house, &done.text("/validation_token")).await.text("/user/fp_id");
    let read = async || {
        let path = format!("/users/{user}");
        sandbox.call(house, "GET", &path, None).await.body()["status"].as_str().unwrap().to_owned()
    };
    while read().await == "pending" {
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    assert_eq!(read().await, "pass");
    let ask = json!({"note": "Your photo was blurred.", "steps": ["portrait"]});
    let asked = sandbox.call(house, "POST", &format!("/users/{user}/request_info"), Some(&ask)).await;
    assert_eq!(asked.status, 200, "{}", asked.text);
    let inherit = json!({"kind": "inherit", "fp_id": user});
    let started = sandbox.call(house, "POST", "/onboarding/session", Some(&inherit)).await;
    let mut person = Person::open(house, &started.text("/token")).await;
    person.submit(house, "portrait", json!({})).await;
    assert_eq!(person.upload(house, "selfie", jpeg()).await.status, 200);
    let done = person.submit(house, "look_again", json!({})).await;
    assert_eq!(read().await, "pending");
    while read().await == "pending" {
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    assert_eq!(read().await, "pass");
    let validated = sandbox.validate(house, &done.text("/validation_token")).await;
    assert_eq!(validated.text("/user/status"), "pass", "{}", validated.text);
}
