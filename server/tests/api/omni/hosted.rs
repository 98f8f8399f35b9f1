//! The static link: whoever follows it gets a session of their own.

use serde_json::json;

use super::status;
use crate::actors::{Person, Tenant, post};
use crate::house::House;

#[tokio::test]
async fn a_static_link_starts_a_session_for_whoever_follows_it() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let link = json!({"configuration_id": tenant.key("configuration_id")});
    let first = post(&house, "/sessions/hosted", &link).await;
    let second = post(&house, "/sessions/hosted", &link).await;
    assert_ne!(first.text("/session_id"), second.text("/session_id"));
    assert_eq!(first.text("/status"), "SESSION_CREATED");
    assert_eq!(first.text("/next/name"), "personal_data");

    let mut person = Person::open(&house, &first.text("/session_token")).await;
    let result = person.walk(&house).await;
    assert_eq!(tenant.validate(&house, &result).await.text("/user/status"), "pass");
    let again = post(&house, "/omni/start", &json!({})).await;
    assert_eq!(again.code(), "invalid_api_version", "the link is no way into the backend's calls");

    let unknown = json!({"configuration_id": "000000000000000000000000"});
    let refused = post(&house, "/sessions/hosted", &unknown).await;
    assert_eq!((refused.status, refused.code().as_str()), (404, "invalid_configuration_id"));
}

#[tokio::test]
async fn a_crowd_behind_one_address_is_let_in_a_few_at_a_time() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let link = json!({"configuration_id": tenant.key("configuration_id")});
    let mut last = post(&house, "/sessions/hosted", &link).await;
    for _ in 0..70 {
        if last.status == 429 {
            break;
        }
        last = post(&house, "/sessions/hosted", &link).await;
    }
    assert_eq!((last.status, last.code().as_str()), (429, "rate_limited"));
    assert!(last.headers["retry-after"].to_str().unwrap().parse::<u32>().unwrap() >= 1);

    let backend = tenant.start_omni(&house, &json!({})).await;
    assert_eq!(backend.status, 200, "who has a key is not held up");
    assert_eq!(status(&house, &tenant, &backend.text("/interviewId")).await, "UNKNOWN");
    house.pass(60);
    assert_eq!(post(&house, "/sessions/hosted", &link).await.status, 200);
}
