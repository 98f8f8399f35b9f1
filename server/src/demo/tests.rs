//! What the bank's page gets, and what the API hears from the bank: with an API that says what the
//! real one would, and writes down what it was asked.

use std::sync::{Arc, Mutex};

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{Method, StatusCode, header};
use axum::{Json, Router};
use serde_json::{Value, json};
use tower::ServiceExt;

use super::*;

const USER: &str = "fp_id_K0q6Eh6Rr3WOOfFBLPiHsr";

type Heard = Arc<Mutex<Vec<String>>>;

struct Town {
    heard: Heard,
    bank: Router,
    folder: tempfile::TempDir,
}

impl Town {
    async fn new() -> Self {
        let heard = Heard::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let api = format!("http://{}/", listener.local_addr().unwrap());
        let ears = heard.clone();
        let answers = Router::new().fallback(async move |request: Request| {
            let line = tell(request).await;
            let answer = answer(&line);
            ears.lock().unwrap().push(line);
            answer
        });
        tokio::spawn(async move { axum::serve(listener, answers).await });

        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("sandbox.json");
        let keys = json!({
            "secret_key": "sk_test_1", "client_id": "client", "client_app_key": "cak_1", "client_secret": "cs_1",
            "api_key": "ak_1", "playbook_key": "pb_test_1", "skill": "kyc_document_#1.0",
            "public_url": "http://localhost:4400",
            "playbooks": { "kyc_document_#1.0": "pb_test_1", "kyc_basic_#1.0": "pb_test_2" },
        });
        std::fs::write(&file, keys.to_string()).unwrap();
        let bank = routes(Bank::open(&file, &api).unwrap());
        Self { heard, bank, folder }
    }

    async fn ask(&self, path: &str, body: Value) -> (StatusCode, Value) {
        let request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header(header::CONTENT_TYPE, "application/json")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body.to_string()));
        let response = self.bank.clone().oneshot(request.unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        (parts.status, serde_json::from_slice(&to_bytes(body, usize::MAX).await.unwrap()).unwrap_or_default())
    }

    fn heard(&self) -> Vec<String> {
        std::mem::take(&mut self.heard.lock().unwrap())
    }
}

/// A request in one line: method, path, credentials, body.
async fn tell(request: Request) -> String {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    let credentials = parts.headers.get(header::AUTHORIZATION).map_or("-", |value| value.to_str().unwrap());
    format!("{} {} {credentials} {}", parts.method, parts.uri, String::from_utf8_lossy(&body))
}

fn answer(line: &str) -> (StatusCode, Json<Value>) {
    let mut words = line.split(' ').skip(1);
    let answer = match words.next().unwrap() {
        "/onboarding/session" if line.contains("nonsense") => {
            return (StatusCode::BAD_REQUEST, Json(json!({ "code": "invalid_body", "message": "…" })));
        }
        "/onboarding/session" => {
            json!({ "token": "obtok_1", "link": "http://x/verify?type=user#obtok_1", "expires_at": "…" })
        }
        "/onboarding/session/validate" if line.contains("valtok_used") => {
            return (StatusCode::UNAUTHORIZED, Json(json!({ "code": "invalid_validation_token" })));
        }
        "/onboarding/session/validate" => json!({
            "user": { "fp_id": USER, "status": "pending", "requires_manual_review": false, "onboarding_id": "ob_1" },
        }),
        "/users/fp_id_K0q6Eh6Rr3WOOfFBLPiHsr" => json!({ "status": "pass", "requires_manual_review": true }),
        "/users/fp_id_K0q6Eh6Rr3WOOfFBLPiHsr/vault" => {
            json!({ "id.first_name": true, "id.middle_name": false, "id.dob": true })
        }
        "/token" => json!({ "access_token": "acctok_1", "credentials_id": "cred_1" }),
        "/credentials/cred_1" => json!({
            "fp_id": USER,
            "outcome": { "status": "fail", "requires_manual_review": false, "checks": [] },
            "steps": [{ "step": "selfie", "data": { "id.first_name": "Jane", "data_use": "1" }, "uploads": [{ "name": "selfie" }] }],
        }),
        _ => return (StatusCode::NOT_FOUND, Json(json!({ "code": "not_found" }))),
    };
    (StatusCode::OK, Json(answer))
}

/// `sk_test_1` and an empty password.
const BASIC: &str = "Basic c2tfdGVzdF8xOg==";

#[tokio::test]
async fn a_session_is_started_with_the_secret_key_and_the_page_sees_none_of_it() {
    let town = Town::new().await;
    let (status, answer) = town.ask("/demo/session", json!({})).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(answer, json!({ "token": "obtok_1", "link": "http://x/verify?type=user#obtok_1" }));
    assert_eq!(
        town.heard(),
        [format!(r#"POST /onboarding/session {BASIC} {{"kind":"onboard","key":"pb_test_1"}}"#)]
    );
}

#[tokio::test]
async fn the_page_may_choose_among_what_the_bank_knows() {
    let town = Town::new().await;
    let wishes = json!({ "skill": "kyc_basic_#1.0", "redirect": true, "sandbox_outcome": "fail" });
    assert_eq!(town.ask("/demo/session", wishes).await.0, StatusCode::OK);
    let heard = town.heard();
    for part in
        [r#""key":"pb_test_2""#, r#""redirect_url":"http://localhost:4400/""#, r#""sandbox_outcome":"fail""#]
    {
        assert!(heard[0].contains(part), "{heard:?}");
    }
    let (status, answer) = town.ask("/demo/session", json!({ "skill": "another_#1.0" })).await;
    assert_eq!((status, &answer["code"]), (StatusCode::BAD_REQUEST, &json!("invalid_skill_name")));
    let (status, answer) = town.ask("/demo/session", json!({ "sandbox_outcome": "nonsense" })).await;
    assert_eq!((status, &answer["code"]), (StatusCode::BAD_REQUEST, &json!("invalid_body")));
    assert_eq!(
        town.ask("/demo/session", json!({ "secret_key": "?" })).await.0,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(
        town.ask("/demo/session", json!({ "redirect": "https://evil.example" })).await.0,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(town.heard().len(), 1, "only the nonsense reached the API");
}

#[tokio::test]
async fn the_result_is_how_the_person_stands_and_what_was_collected() {
    let town = Town::new().await;
    let (status, answer) = town.ask("/demo/result", json!({ "validation_token": "valtok_1" })).await;
    assert_eq!(status, StatusCode::OK);
    let user = json!({
        "fp_id": USER, "status": "pass", "requires_manual_review": true, "onboarding_id": "ob_1",
    });
    assert_eq!(answer, json!({ "user": user, "collected": ["id.dob", "id.first_name"] }));
    let heard = town.heard();
    assert_eq!(heard.len(), 3);
    assert!(heard.iter().all(|line| line.contains(BASIC)));

    let (status, answer) = town.ask("/demo/result", json!({ "validation_token": "valtok_used" })).await;
    assert_eq!((status, &answer["code"]), (StatusCode::BAD_REQUEST, &json!("invalid_validation_token")));
}

#[tokio::test]
async fn a_page_that_starts_its_own_session_gets_what_is_public_and_the_same_result() {
    let town = Town::new().await;
    let (_, answer) = town.ask("/demo/client", json!({})).await;
    assert_eq!(
        answer,
        json!({ "client_id": "client", "client_app_key": "cak_1", "skill": "kyc_document_#1.0" })
    );
    let (_, answer) = town.ask("/demo/redeem", json!({ "temp_token": "temptok_1" })).await;
    let user = json!({ "fp_id": USER, "status": "fail", "requires_manual_review": false });
    assert_eq!(answer, json!({ "user": user, "collected": ["id.first_name", "selfie"] }));
    assert_eq!(
        town.heard(),
        [
            r#"POST /token - {"client_id":"client","client_secret":"cs_1","temp_token":"temptok_1"}"#,
            "GET /credentials/cred_1 Bearer acctok_1 ",
        ]
    );
}

#[tokio::test]
async fn an_api_that_is_away_is_a_bad_gateway() {
    let folder = tempfile::tempdir().unwrap();
    assert!(Bank::open(&folder.path().join("sandbox.json"), "http://127.0.0.1:1").is_err());
    let mut town = Town::new().await;
    let bank = Bank::open(&town.folder.path().join("sandbox.json"), "http://127.0.0.1:1").unwrap();
    assert!(!format!("{bank:?}").contains("sk_test_1"));
    town.bank = routes(bank);
    assert_eq!(town.ask("/demo/session", json!({})).await.0, StatusCode::BAD_GATEWAY);
}
