//! A bank's backend in Rust: it starts sessions, redeems what the flow gives, receives webhooks, and
//! knows how each customer stands.
//!
//! Settings by environment: `VESTIBULE_URL`, `VESTIBULE_SECRET_KEY`, `VESTIBULE_PLAYBOOK_KEY`,
//! `VESTIBULE_WEBHOOK_SECRET`, `PORT`.

use std::collections::{HashMap, HashSet};
use std::env;
use std::error::Error;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use axum::{Json, Router};
use reqwest::Method;
use serde_json::{Value, json};
use standardwebhooks::Webhook;

/// A real backend has a database: the customers by our own name for them, and the events that came.
#[derive(Default)]
struct Known {
    customers: HashMap<String, Value>,
    seen: HashSet<String>,
}

struct Bank {
    http: reqwest::Client,
    webhook: Webhook,
    known: Mutex<Known>,
}

type Failed = (StatusCode, &'static str);

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let bank = Bank {
        http: reqwest::Client::new(),
        webhook: Webhook::new(&env::var("VESTIBULE_WEBHOOK_SECRET")?)?,
        known: Mutex::default(),
    };
    let routes = Router::new()
        .route("/sessions", post(start))
        .route("/results", post(redeem))
        .route("/webhooks", post(hear))
        .route("/customers", get(customer))
        .with_state(Arc::new(bank));
    let listener = tokio::net::TcpListener::bind(format!("127.0.0.1:{}", env::var("PORT")?)).await?;
    Ok(axum::serve(listener, routes).await?)
}

/// Our page asks for a session of the customer who is logged in there.
async fn start(State(bank): State<Arc<Bank>>, Json(wish): Json<Value>) -> Result<Json<Value>, Failed> {
    let key = env::var("VESTIBULE_PLAYBOOK_KEY").unwrap_or_default();
    let wish = json!({"kind": "onboard", "key": key, "user_external_id": wish["customer"]});
    let started = bank.vestibule(Method::POST, "/onboarding/session", &wish).await?;
    Ok(Json(json!({"token": started["token"], "link": started["link"]})))
}

/// Our page hands over what `onComplete` was given. The answer of the server counts, not the page.
async fn redeem(State(bank): State<Arc<Bank>>, Json(wish): Json<Value>) -> Result<Json<Value>, Failed> {
    let validated = bank.vestibule(Method::POST, "/onboarding/session/validate", &wish).await?;
    Ok(Json(bank.learn(&validated["user"])))
}

/// Vestibule tells that something has happened. It may tell twice.
async fn hear(State(bank): State<Arc<Bank>>, headers: HeaderMap, body: String) -> Result<StatusCode, Failed> {
    let refused = (StatusCode::UNAUTHORIZED, "not signed by our Vestibule");
    bank.webhook.verify(body.as_bytes(), &headers).map_err(|_| refused)?;
    let event: Value = serde_json::from_str(&body).map_err(|_| (StatusCode::BAD_REQUEST, "no JSON"))?;
    let id = headers["webhook-id"].to_str().unwrap_or_default().to_owned();
    let seen = bank.known().seen.contains(&id);
    if !seen && event["event_kind"] == "onboarding.completed" {
        let path = format!("/users/{}", event["fp_id"].as_str().unwrap_or_default());
        let user = bank.vestibule(Method::GET, &path, &Value::Null).await?;
        bank.learn(&user);
    }
    // Remembered only now: had the call above failed, the event would be sent again.
    bank.known().seen.insert(id);
    Ok(StatusCode::NO_CONTENT)
}

async fn customer(
    State(bank): State<Arc<Bank>>,
    Query(wish): Query<HashMap<String, String>>,
) -> Result<Json<Value>, Failed> {
    let known = wish.get("name").and_then(|name| bank.known().customers.get(name).cloned());
    known.map(Json).ok_or((StatusCode::NOT_FOUND, "no such customer"))
}

impl Bank {
    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn learn(&self, user: &Value) -> Value {
        let customer = json!({"status": user["status"], "review": user["requires_manual_review"]});
        let name = user["external_id"].as_str().unwrap_or_default();
        self.known().customers.insert(name.into(), customer.clone());
        customer
    }

    /// Calls Vestibule with our secret key.
    async fn vestibule(&self, method: Method, path: &str, body: &Value) -> Result<Value, Failed> {
        let url = env::var("VESTIBULE_URL").unwrap_or_default() + path;
        let call = self.http.request(method, url);
        let call = call.basic_auth(env::var("VESTIBULE_SECRET_KEY").unwrap_or_default(), Some(""));
        let failed = |_| (StatusCode::BAD_GATEWAY, "that did not work");
        let call = if body.is_null() { call } else { call.json(body) };
        let answer = call.send().await.and_then(|answer| answer.error_for_status());
        answer.map_err(failed)?.json().await.map_err(failed)
    }
}
