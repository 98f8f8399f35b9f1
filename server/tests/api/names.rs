//! What a session is called into being with: a skill by any of its names and versions, a person by the
//! tenant's own.

use serde_json::{Value, json};

use crate::actors::{Person, Tenant, bearer, personal_data, post};
use crate::house::House;

const APPLICATION: &str = "xyz_sbx_#3.0";

fn application() -> Value {
    json!({"value": "100000", "currency": "EUR", "period": "12"})
}

#[tokio::test]
async fn versions_of_a_skill_stand_side_by_side() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let mut third = Person::start(&house, &tenant, APPLICATION).await;
    let mut next = Person::start(&house, &tenant, "xyz_sbx_#3.1").await;
    for person in [&mut third, &mut next] {
        person.submit(&house, "product_form", application()).await;
    }
    assert_eq!(third.last["next"]["name"], "confirmation");
    assert_eq!(next.last["next"]["name"], "income");
    for unpublished in ["xyz_sbx_#3.2", "xyz_sbx_#4.0", "xyz_sbx"] {
        let refused = post(&house, "/sessions", &tenant.page_request(unpublished)).await;
        assert_eq!(refused.code(), "invalid_skill_name", "{unpublished}");
    }
}

#[tokio::test]
async fn a_submission_names_the_skill_with_which_its_session_began() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let person = Person::start(&house, &tenant, APPLICATION).await;
    let path = format!("/sessions/{}/steps", person.session);
    let submission = |skill: &str| {
        let mut submission = person.submission("product_form", &application());
        submission["skill"] = skill.into();
        submission
    };
    for other in
        ["xyz_sbx_#3.1", &tenant.playbook("xyz_sbx_#3.1"), &tenant.key("configuration_id"), "pb_test_x"]
    {
        let refused = post(&house, &path, &submission(other)).await;
        assert_eq!(refused.code(), "invalid_skill_name", "{other}");
    }
    let live = post(&house, &path, &submission("pb_live_0123456789abcdefABCDEF")).await;
    assert_eq!(live.code(), "sandbox_mismatch");
    let taken = post(&house, &path, &submission(&tenant.playbook(APPLICATION))).await;
    assert_eq!(taken.status, 200, "the refusals spent nothing: {}", taken.text);
}

#[tokio::test]
async fn a_skill_has_three_names() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    for name in [tenant.key("skill"), tenant.key("playbook_key"), tenant.key("configuration_id")] {
        let person = Person::start(&house, &tenant, &name).await;
        assert_eq!(person.last["about"]["title"], "Identity check", "{name}");
    }
    for (name, code) in [
        ("pb_test_0123456789abcdefABCDEF", "invalid_skill_name"),
        ("pb_live_0123456789abcdefABCDEF", "sandbox_mismatch"),
        ("0123456789abcdef01234567", "invalid_skill_name"),
    ] {
        let refused = post(&house, "/sessions", &tenant.page_request(name)).await;
        assert_eq!(refused.code(), code, "{name}");
    }
}

#[tokio::test]
async fn a_page_names_the_person_over_several_sessions() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let mut people = Vec::new();
    for (skill, name) in [
        ("kyc_basic_#1.0", "customer-0001"),
        (APPLICATION, "customer-0001"),
        ("kyc_basic_#1.0", "customer-0002"),
    ] {
        let mut request = tenant.page_request(skill);
        request["tenant_user_id"] = name.into();
        let started = post(&house, "/sessions", &request).await;
        let mut person = Person::open(&house, &started.text("/session_token")).await;
        let done = if skill == APPLICATION {
            person.submit(&house, "product_form", application()).await;
            person.upload(&house, "file", crate::actors::jpeg()).await;
            person.submit(&house, "confirmation", json!({"terms": "1.0"})).await
        } else {
            person.submit(&house, "personal_data", personal_data()).await;
            person.submit(&house, "consent", json!({"data_use": "1.0"})).await
        };
        let redeemed = tenant.redeem(&house, &done.text("/temp_token")).await;
        let path = format!("/credentials/{}", redeemed.text("/credentials_id"));
        let credentials = bearer(&house, "GET", &path, &redeemed.text("/access_token")).await.body();
        assert_eq!((&credentials["tenant_user_id"], &credentials["skill"]), (&json!(name), &json!(skill)));
        people.push(credentials["fp_id"].clone());
    }
    assert!(people[0] == people[1] && people[1] != people[2]);
    for misshapen in ["nine-char", &"x".repeat(257), "with space in it"] {
        let mut request = tenant.page_request(APPLICATION);
        request["tenant_user_id"] = misshapen.into();
        let refused = post(&house, "/sessions", &request).await;
        assert_eq!((refused.status, refused.code().as_str()), (400, "invalid_external_id"));
    }
}
