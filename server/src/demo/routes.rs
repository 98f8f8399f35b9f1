//! What the bank's page may ask of its backend.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::json;

use super::bank::{Bank, BankError, Customer, PublicClient, Started, Wishes};

/// The routes, all under `/demo`.
pub fn routes<S>(bank: Bank) -> Router<S> {
    Router::new()
        .route("/demo/session", post(start))
        .route("/demo/result", post(result))
        .route("/demo/client", post(client))
        .route("/demo/redeem", post(redeem))
        .layer(from_fn(own_page_only))
        .with_state(bank)
}

#[derive(Deserialize)]
struct ValidationToken {
    validation_token: String,
}

#[derive(Deserialize)]
struct TempToken {
    temp_token: String,
}

async fn start(State(bank): State<Bank>, wishes: Option<Json<Wishes>>) -> Result<Json<Started>, BankError> {
    bank.start(wishes.unwrap_or_default().0).await.map(Json)
}

async fn result(
    State(bank): State<Bank>,
    Json(token): Json<ValidationToken>,
) -> Result<Json<Customer>, BankError> {
    bank.result(&token.validation_token).await.map(Json)
}

async fn client(State(bank): State<Bank>) -> Json<PublicClient> {
    Json(bank.public_client())
}

async fn redeem(State(bank): State<Bank>, Json(token): Json<TempToken>) -> Result<Json<Customer>, BankError> {
    bank.redeem(&token.temp_token).await.map(Json)
}

impl IntoResponse for BankError {
    fn into_response(self) -> Response {
        let (status, code) = match &self {
            BankError::UnknownSkill => (StatusCode::BAD_REQUEST, "invalid_skill_name"),
            // What the page sent was wrong; what the bank sent never should be.
            BankError::Refused { status, code } if status.is_client_error() => {
                (StatusCode::BAD_REQUEST, &**code)
            }
            BankError::Refused { .. } | BankError::Unreachable(_) => (StatusCode::BAD_GATEWAY, "unavailable"),
        };
        (status, Json(json!({ "code": code, "message": self.to_string() }))).into_response()
    }
}

/// Every call here spends a secret key, so no other site's page may make a visitor's browser call.
/// Browsers say where a request comes from; programs say nothing, and need no protection from
/// themselves.
async fn own_page_only(request: Request, next: Next) -> Response {
    if from_own_page(request.headers()) {
        return next.run(request).await;
    }
    let message = "This call is for the bank's own page.";
    (StatusCode::FORBIDDEN, Json(json!({ "code": "forbidden", "message": message }))).into_response()
}

fn from_own_page(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    if let Some(site) = text("sec-fetch-site") {
        return site == "same-origin";
    }
    let Some(origin) = text(header::ORIGIN.as_str()) else { return true };
    let host = origin.split_once("://").map(|(_, host)| host);
    host.is_some() && host == text(header::HOST.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_banks_own_page_may_call() {
        for (allowed, headers) in [
            (true, &[][..]),
            (true, &[("sec-fetch-site", "same-origin")]),
            (true, &[("origin", "http://localhost:4400"), ("host", "localhost:4400")]),
            (false, &[("sec-fetch-site", "cross-site")]),
            (false, &[("sec-fetch-site", "same-site"), ("origin", "http://localhost:4400")]),
            (false, &[("sec-fetch-site", "none")]),
            (false, &[("origin", "http://evil.example"), ("host", "localhost:4400")]),
            (false, &[("origin", "http://localhost:4401"), ("host", "localhost:4400")]),
            (false, &[("origin", "null"), ("host", "localhost:4400")]),
            (false, &[("origin", "null")]),
        ] {
            let headers: HeaderMap =
                headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
            assert_eq!(from_own_page(&headers), allowed, "{headers:?}");
        }
    }
}
