//! What was acknowledged survives `kill -9`.

use std::time::Duration;

use serde_json::{Value, json};

use crate::actors::{Person, Tenant, bearer, jpeg, open, personal_data};
use crate::house::House;

#[tokio::test]
async fn nothing_acknowledged_is_lost_when_the_process_is_killed() {
    let mut house = House::open();
    let tenant = Tenant::of(&house);
    let started = tenant.start(&house, &json!({"user_external_id": "customer-0001"})).await;
    house.crash();
    assert_eq!(Tenant::of(&house).key("secret_key"), tenant.key("secret_key"));
    let mut person = Person::open(&house, &started.text("/token")).await;
    house.crash();
    let before = person.clone();
    let answer = person.submit(&house, "personal_data", personal_data()).await;
    house.crash();
    let again = before.try_submit(&house, "personal_data", &personal_data()).await;
    assert_eq!(answer.text, again.text, "the answer was lost on the way, and is given again");
    person.submit(&house, "consent", json!({"identity_check": "1.0"})).await;
    person.submit(&house, "document", json!({"kind": "id_card"})).await;
    house.crash();
    assert_eq!(person.upload(&house, "front", jpeg()).await.status, 200);
    house.crash();
    person.reopen(&house).await;
    assert_eq!(person.last["uploads"]["step"]["uploaded"], json!(["front"]));
    assert_eq!(person.upload(&house, "back", jpeg()).await.body()["remaining"], json!([]));
    person.submit(&house, "selfie", json!({})).await;
    person.upload(&house, "selfie", jpeg()).await;
    let token = person.submit(&house, "review", json!({})).await.text("/validation_token");
    house.crash();
    let validated = tenant.validate(&house, &token).await;
    assert_eq!(validated.text("/user/status"), "pass");
    house.crash();
    assert_eq!(tenant.validate(&house, &token).await.code(), "invalid_validation_token");
    let user = format!("/users/{}", validated.text("/user/fp_id"));
    assert_eq!(tenant.call(&house, "GET", &user, None).await.text("/external_id"), "customer-0001");
}

#[tokio::test]
async fn what_was_answered_before_the_process_was_killed_in_the_middle_of_work_is_there() {
    let mut house = House::open();
    let tenant = Tenant::of(&house);
    let url = house.url("/onboarding/session");
    let body = json!({"kind": "onboard", "key": tenant.key("playbook_key")}).to_string();
    let calls = (0..8).map(|_| {
        let (url, body, key) = (url.clone(), body.clone(), tenant.key("secret_key"));
        tokio::spawn(async move {
            let client = reqwest::Client::new();
            let mut acknowledged = Vec::new();
            // Until the process is gone.
            while let Ok(answer) =
                client.post(&url).basic_auth(&key, Some("")).body(body.clone()).send().await
            {
                let Ok(text) = answer.text().await else { break };
                let started: Value = serde_json::from_str(&text).unwrap();
                acknowledged.push(started["token"].as_str().unwrap().to_owned());
            }
            acknowledged
        })
    });
    let calls: Vec<_> = calls.collect();
    tokio::time::sleep(Duration::from_millis(700)).await;
    house.crash();
    let mut acknowledged = Vec::new();
    for call in calls {
        acknowledged.extend(call.await.unwrap());
    }
    assert!(acknowledged.len() > 20, "{} sessions", acknowledged.len());
    for token in &acknowledged {
        assert_eq!(open(&house, token).await.status, 200);
    }
}

#[tokio::test]
async fn an_erasure_survives_as_well() {
    let mut house = House::open();
    let tenant = Tenant::of(&house);
    let started = tenant.start(&house, &json!({})).await;
    let mut person = Person::open(&house, &started.text("/token")).await;
    let token = person.walk(&house).await;
    let redeemed = tenant.redeem(&house, &token).await;
    let path = format!("/credentials/{}", redeemed.text("/credentials_id"));
    assert_eq!(std::fs::read_dir(house.data().join("blobs")).unwrap().count(), 3);
    assert_eq!(bearer(&house, "DELETE", &path, &redeemed.text("/access_token")).await.status, 204);
    house.crash();
    assert_eq!(std::fs::read_dir(house.data().join("blobs")).unwrap().count(), 0);
    assert_eq!(open(&house, &person.token).await.code(), "invalid_token");
}

#[tokio::test]
async fn the_server_ends_in_peace() {
    let mut house = House::open();
    let tenant = Tenant::of(&house);
    let started = tenant.start(&house, &json!({})).await;
    assert!(house.end());
    house.crash();
    assert_eq!(open(&house, &started.text("/token")).await.status, 200);
}
