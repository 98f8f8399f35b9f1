//! Skills whose steps depend on what was answered before.

use serde_json::{Value, json};

use crate::actors::{Person, Tenant, bearer, jpeg};
use crate::house::House;

fn living_in(country: &str) -> Value {
    json!({
        "id.first_name": "Jane",
        "id.last_name": "Doe",
        "id.dob": "1990-05-17",
        "id.email": "jane@example.com",
        "id.country": country,
    })
}

#[tokio::test]
async fn a_correction_that_takes_a_branch_away_removes_what_was_given_in_it() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let mut person = Person::start(&house, &tenant, "kyc_by_country_#1.0").await;
    person.submit(&house, "personal_data", living_in("US")).await;
    assert_eq!(
        (&person.last["next"]["name"], &person.last["next"]["total"]),
        (&json!("us_number"), &json!(5))
    );
    person.submit(&house, "us_number", json!({"id.ssn9": "123-45-6789"})).await;
    person.submit(&house, "us_licence", json!({"kind": "drivers_license"})).await;
    for side in ["front", "back"] {
        assert_eq!(person.upload(&house, side, jpeg()).await.status, 200);
    }
    assert_eq!(house.blobs(), 2);
    let elsewhere = person.try_submit(&house, "passport", &json!({"kind": "passport"})).await;
    assert_eq!(elsewhere.code(), "invalid_step");

    person.submit(&house, "personal_data", living_in("DE")).await;
    assert_eq!(house.blobs(), 0, "the licence is no more");
    assert_eq!(person.last["next"]["name"], "nationality");
    person.reopen(&house).await;
    let asked = json!(["form", "form", "document", "form", "consent", "review"]);
    assert_eq!(person.last["about"]["steps"], asked);

    person.submit(&house, "nationality", json!({"id.nationality": "DE"})).await;
    person.submit(&house, "passport", json!({"kind": "passport"})).await;
    person.upload(&house, "front", jpeg()).await;
    let home = json!({"id.address_line1": "1 Long Street", "id.city": "Zenith", "id.zip": "12345"});
    person.submit(&house, "address", home).await;
    person.upload(&house, "file", jpeg()).await;
    person.submit(&house, "consent", json!({"identity_check": "1.0"})).await;
    let done = person.submit(&house, "review", json!({})).await;
    let redeemed = tenant.redeem(&house, &done.text("/temp_token")).await;
    let path = format!("/credentials/{}", redeemed.text("/credentials_id"));
    let credentials = bearer(&house, "GET", &path, &redeemed.text("/access_token")).await.body();
    assert_eq!(credentials["outcome"]["status"], "pass");
    let steps: Vec<_> = credentials["steps"].as_array().unwrap().iter().map(|step| &step["step"]).collect();
    assert_eq!(steps, ["personal_data", "nationality", "passport", "address", "consent", "review"]);

    let user = credentials["fp_id"].as_str().unwrap();
    let vault = tenant.call(&house, "GET", &format!("/users/{user}/vault"), None).await.body();
    assert_eq!(vault["id.ssn9"], Value::Null, "what was taken back is not learned");
    assert_eq!(vault["id.nationality"], true);
}
