//! Files that come after the result token.

use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::actors::{Answer, Person, Tenant, bearer, jpeg, open, upload};
use crate::house::House;

/// An application whose proof of income is still to come.
async fn apply(house: &House, tenant: &Tenant) -> (Person, Answer) {
    let mut person = Person::start(house, tenant, "xyz_sbx_#3.1").await;
    person.submit(house, "product_form", json!({"value": "100000", "currency": "EUR", "period": "12"})).await;
    let done = person.submit(house, "income", json!({"income": "4000", "correct": true})).await;
    (person, done)
}

/// What the tenant is told of it.
struct Told {
    path: String,
    access: String,
}

impl Told {
    async fn by(house: &House, tenant: &Tenant, token: &str) -> Self {
        let redeemed = tenant.redeem(house, token).await;
        assert_eq!(redeemed.status, 200, "{}", redeemed.text);
        let path = format!("/credentials/{}", redeemed.text("/credentials_id"));
        Self { path, access: redeemed.text("/access_token") }
    }

    async fn credentials(&self, house: &House) -> Value {
        bearer(house, "GET", &self.path, &self.access).await.body()
    }
}

async fn status(house: &House, tenant: &Tenant, user: &Value) -> Value {
    let path = format!("/users/{}", user.as_str().unwrap());
    tenant.call(house, "GET", &path, None).await.body()["status"].clone()
}

#[tokio::test]
async fn the_token_comes_first_and_the_outcome_with_the_file() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let (person, done) = apply(&house, &tenant).await;
    let mut seen = done.body();
    seen["uploads"]["step"] = json!("the step");
    let seen = Answer { text: seen.to_string(), ..done.clone() };
    insta::assert_snapshot!(seen.seen(), @r#"
    200
    {
      "status": "SESSION_COMPLETED",
      "step_id": "step_…",
      "temp_token": "temptok_…",
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
        "step": "the step",
        "step_id": "step_…"
      }
    }
    "#);

    let told = Told::by(&house, &tenant, &done.text("/temp_token")).await;
    let before = told.credentials(&house).await;
    assert_eq!(
        before["outcome"],
        json!({"status": "pending", "requires_manual_review": false, "checks": []})
    );
    assert_eq!(status(&house, &tenant, &before["fp_id"]).await, "pending");

    let cut = person.upload(&house, "file", jpeg()[..900].to_vec()).await;
    assert_eq!(cut.text("/status"), "UPLOAD_REJECTED");
    assert_eq!(told.credentials(&house).await["outcome"]["status"], "pending");
    assert_eq!(person.upload(&house, "file", jpeg()).await.text("/status"), "UPLOAD_ACCEPTED");
    let after = told.credentials(&house).await;
    assert_eq!(
        (&after["outcome"]["status"], &after["completed_at"]),
        (&json!("pass"), &before["completed_at"])
    );
    assert_eq!(after["steps"][1]["uploads"][0]["name"], "file");
    assert_eq!(status(&house, &tenant, &before["fp_id"]).await, "pass");
    let vault = format!("/users/{}/vault", before["fp_id"].as_str().unwrap());
    let vault = tenant.call(&house, "GET", &vault, None).await.body();
    assert_eq!(vault["document.income.file"], true);

    assert_eq!(person.upload(&house, "file", jpeg()).await.code(), "session_completed");
    assert_eq!(house.blobs(), 1);
}

#[tokio::test]
async fn the_file_may_come_with_the_nonce_of_its_step_before_the_token_is_redeemed() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let mut person = Person::start(&house, &tenant, "xyz_sbx_#3.1").await;
    person.submit(&house, "product_form", json!({"value": "1", "currency": "EUR", "period": "1"})).await;
    let nonce = person.nonce.clone();
    let done = person.submit(&house, "income", json!({"income": "4000", "correct": true})).await;
    let form = Form::new().text("nonce", nonce).text("name", "file").part("file", Part::bytes(jpeg()));
    let sent = upload(&house, &done.text("/step_id"), form).await;
    assert_eq!(sent.text("/status"), "UPLOAD_ACCEPTED");
    let told = Told::by(&house, &tenant, &done.text("/temp_token")).await;
    assert_eq!(told.credentials(&house).await["outcome"]["status"], "pass");
}

#[tokio::test]
async fn a_complete_session_that_is_opened_again_asks_for_the_file_with_a_fresh_nonce() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let (mut person, done) = apply(&house, &tenant).await;
    let told = Told::by(&house, &tenant, &done.text("/temp_token")).await;
    let stale = person.clone();
    house.pass(60 * 60);
    assert_eq!(stale.upload(&house, "file", jpeg()).await.code(), "nonce_expired");
    person.reopen(&house).await;
    assert_eq!(
        (&person.last["status"], &person.last["temp_token"]),
        (&json!("SESSION_COMPLETED"), &Value::Null)
    );
    assert_eq!(stale.upload(&house, "file", jpeg()).await.code(), "invalid_nonce");
    assert_eq!(person.upload(&house, "file", jpeg()).await.text("/status"), "UPLOAD_ACCEPTED");
    assert_eq!(told.credentials(&house).await["outcome"]["status"], "pass");
    assert_eq!(open(&house, &person.token).await.body()["uploads"], Value::Null);
}

#[tokio::test]
async fn two_files_at_once_are_decided_upon_once() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let (person, done) = apply(&house, &tenant).await;
    let (one, other) =
        tokio::join!(person.upload(&house, "file", jpeg()), person.upload(&house, "file", jpeg()));
    let mut answers = [one.status, other.status];
    answers.sort_unstable();
    assert_eq!(answers, [200, 409], "whichever came second came too late");
    assert_eq!(house.blobs(), 1);
    let told = Told::by(&house, &tenant, &done.text("/temp_token")).await;
    assert_eq!(told.credentials(&house).await["outcome"]["status"], "pass");
}
