//! Somebody else's engine: it answers as a test tells it to, and keeps what it was asked.

use std::collections::VecDeque;
use std::future::pending;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, Response, Uri};
use serde_json::{Value, json};
use standardwebhooks::Webhook;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::mailbox::Letter;

/// What signs on both sides.
pub const SECRET: &str = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

/// What an engine does with what it is asked.
#[derive(Clone, Debug)]
pub enum Says {
    /// This verdict, with this number.
    Verdict(&'static str, Option<f64>),
    /// An answer of which these members are others.
    But(Value),
    /// This text in the place of an answer, signed all the same.
    Text(String),
    /// A good answer that somebody else has signed.
    SignedWith(&'static str),
    /// A good answer that nobody has signed.
    Unsigned,
    /// This status.
    Status(u16),
    /// This status with a header.
    Header(u16, &'static str, String),
    /// Nothing.
    Hangs,
    /// A good answer after a while.
    After(Duration),
}

#[derive(Default)]
struct Desk {
    says: VecDeque<Says>,
    otherwise: Option<Says>,
    asked: Vec<Letter>,
}

/// An engine, on this machine.
pub struct Engine {
    address: SocketAddr,
    desk: Arc<Mutex<Desk>>,
    serving: JoinHandle<()>,
}

impl Engine {
    /// One that says these in turn, and then that all is well.
    pub async fn that(says: &[Says]) -> Self {
        let desk: Arc<Mutex<Desk>> = Arc::default();
        desk.lock().unwrap().says = says.iter().cloned().collect();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let app =
            Router::new().fallback(receive).layer(DefaultBodyLimit::disable()).with_state(Arc::clone(&desk));
        let serving = tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self { address, desk, serving }
    }

    /// One that says always the same.
    pub async fn that_always(says: Says) -> Self {
        let engine = Self::that(&[]).await;
        engine.turns_to(Some(says));
        engine
    }

    /// What it says henceforth; `None`: that all is well.
    pub fn turns_to(&self, says: Option<Says>) {
        self.desk.lock().unwrap().otherwise = says;
    }

    /// Where it is.
    pub fn url(&self) -> String {
        format!("http://{}/judge?for=bank", self.address)
    }

    /// The port.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// All that it was asked.
    pub fn asked(&self) -> Vec<Letter> {
        self.desk.lock().unwrap().asked.clone()
    }

    /// Waits until it was asked so often.
    pub async fn wait_for(&self, count: usize) -> Vec<Letter> {
        for _ in 0..800 {
            let asked = self.asked();
            if asked.len() >= count {
                return asked;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("{count} questions were expected, {} came", self.asked().len());
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn receive(
    State(desk): State<Arc<Mutex<Desk>>>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let letter = Letter { headers, path: uri.to_string(), body };
    let says = {
        let mut desk = desk.lock().unwrap();
        desk.asked.push(letter.clone());
        desk.says.pop_front().or_else(|| desk.otherwise.clone()).unwrap_or(Says::Verdict("ok", Some(97.3)))
    };
    let asked = letter.says();
    let answer = |verdict: &str, score: Option<f64>| {
        let mut answer =
            json!({"request_id": asked["request_id"], "check": asked["check"], "verdict": verdict});
        if let Some(score) = score {
            answer["score"] = json!(score);
        }
        answer
    };
    let good = answer("ok", Some(97.3));
    match says {
        Says::Verdict(verdict, score) => signed(&letter, Some(SECRET), answer(verdict, score).to_string()),
        Says::But(members) => {
            let mut answer = good;
            for (name, value) in members.as_object().unwrap() {
                answer[name] = value.clone();
            }
            signed(&letter, Some(SECRET), answer.to_string())
        }
        Says::Text(text) => signed(&letter, Some(SECRET), text),
        Says::SignedWith(secret) => signed(&letter, Some(secret), good.to_string()),
        Says::Unsigned => signed(&letter, None, good.to_string()),
        Says::Status(status) => Response::builder().status(status).body(Body::from("No.")).unwrap(),
        Says::Header(status, name, value) => {
            Response::builder().status(status).header(name, value).body(Body::empty()).unwrap()
        }
        Says::Hangs => pending().await,
        Says::After(time) => {
            tokio::time::sleep(time).await;
            signed(&letter, Some(SECRET), good.to_string())
        }
    }
}

/// An answer with the headers of Standard Webhooks, under the name and time of the question.
fn signed(letter: &Letter, secret: Option<&str>, body: String) -> Response<Body> {
    let mut response = Response::builder();
    if let Some(secret) = secret {
        let timestamp = letter.header("webhook-timestamp");
        let signature = Webhook::new(secret)
            .unwrap()
            .sign(letter.id(), timestamp.parse().unwrap(), body.as_bytes())
            .unwrap();
        response = response
            .header("webhook-id", letter.id())
            .header("webhook-timestamp", timestamp)
            .header("webhook-signature", signature);
    }
    response.body(Body::from(body)).unwrap()
}
