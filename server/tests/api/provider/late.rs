//! Files that come after the result token, and then a provider that looks at them.

use serde_json::{Value, json};

use super::{Branch, FACES, Walked, found};
use crate::actors::{Person, Tenant, jpeg};

/// The skill that asks, with files that keep nobody waiting.
fn patient() -> String {
    FACES
        .replace("kind = \"document\"", "kind = \"document\"\nafter_token = true")
        .replace("kind = \"selfie\"", "kind = \"selfie\"\nafter_token = true")
}

/// Somebody who has given all but the selfie.
async fn faceless(branch: &Branch, tenant: &Tenant) -> Walked {
    let house = &branch.house;
    let mut person = Person::start(house, tenant, "faces_#1.0").await;
    person.submit(house, "who", json!({"id.first_name": "Jane", "id.last_name": "Doe"})).await;
    person.submit(house, "paper", json!({"kind": "id_card"})).await;
    for side in ["front", "back"] {
        assert_eq!(person.upload(house, side, jpeg()).await.status, 200);
    }
    person.submit(house, "portrait", json!({})).await;
    let done = person.submit(house, "look_again", json!({})).await;
    branch.redeem(tenant, person, &done).await
}

#[tokio::test]
async fn the_last_file_is_looked_at_when_it_comes() {
    let branch = Branch::open(&patient(), "");
    let walked = faceless(&branch, &Tenant::of(&branch.house)).await;
    tokio::time::sleep(std::time::Duration::from_millis(1_000)).await;
    assert!(walked.is_pending(&branch).await, "nobody is asked before all is there");
    assert_eq!(walked.person.upload(&branch.house, "selfie", jpeg()).await.status, 200);
    let outcome = walked.decided(&branch).await;
    assert_eq!((&outcome["status"], &outcome["requires_manual_review"]), (&json!("pass"), &json!(false)));
    assert_eq!(found(&outcome, "face_match"), ("ok".into(), json!(99.0)));
}

#[tokio::test]
async fn what_there_is_is_looked_at_when_the_rest_never_comes() {
    let branch = Branch::open(&patient(), "");
    let walked = faceless(&branch, &Tenant::of(&branch.house)).await;
    branch.house.pass(25 * 3_600);
    let outcome = walked.decided(&branch).await;
    assert_eq!(found(&outcome, "uploads").0, "fail");
    assert_eq!(found(&outcome, "document_authenticity"), ("ok".into(), json!(99.0)));
    for check in ["face_match", "liveness"] {
        assert_eq!(found(&outcome, check), ("unknown".into(), Value::Null));
    }
}
