//! A tenant's receiver of webhooks: it does what a test tells it to, and keeps what came.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::future::pending;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Response, Uri};
use futures_util::stream;
use serde_json::Value;
use standardwebhooks::{Webhook, WebhookError};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// What a receiver does with what comes next.
#[derive(Clone, Debug)]
pub enum Deed {
    /// It answers with this status.
    Answer(u16),
    /// It answers with this status and a header.
    AnswerWith(u16, &'static str, String),
    /// It says that it takes it, and talks on for ever.
    Ramble,
    /// It says nothing.
    Hang,
}

/// Something that came.
#[derive(Clone, Debug)]
pub struct Letter {
    /// The headers.
    pub headers: HeaderMap,
    /// Path and query.
    pub path: String,
    /// The body, byte for byte.
    pub body: Bytes,
}

impl Letter {
    /// A header.
    pub fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }

    /// The name by which the same is known again.
    pub fn id(&self) -> &str {
        self.header("webhook-id")
    }

    /// What it says.
    pub fn says(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// What has happened.
    pub fn event(&self) -> String {
        let says = self.says();
        let names = ["event", "event_kind", "onboardingStatus"];
        names.iter().find_map(|name| says[name].as_str()).unwrap().into()
    }

    /// Has the library of Standard Webhooks look at it, at this instant.
    pub fn verify(&self, secret: &str) -> Result<(), WebhookError> {
        Webhook::new(secret).unwrap().verify(&self.body, &self.headers)
    }

    /// Whether one of its signatures is the one that the library would make, at whatever time.
    pub fn is_signed_with(&self, secret: &str) -> bool {
        let timestamp = self.header("webhook-timestamp").parse().unwrap();
        let signed = Webhook::new(secret).unwrap().sign(self.id(), timestamp, &self.body).unwrap();
        self.header("webhook-signature").split(' ').any(|signature| signature == signed)
    }
}

#[derive(Default)]
struct Desk {
    deeds: VecDeque<Deed>,
    otherwise: Option<Deed>,
    letters: Vec<Letter>,
}

/// A receiver, on this machine.
pub struct Mailbox {
    address: SocketAddr,
    desk: Arc<Mutex<Desk>>,
    serving: JoinHandle<()>,
}

impl Mailbox {
    /// One that takes everything.
    pub async fn open() -> Self {
        let desk = Arc::default();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let app = Router::new().fallback(receive).with_state(Arc::clone(&desk));
        let serving = tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self { address, desk, serving }
    }

    /// One that does these in turn, and then takes everything.
    pub async fn that(deeds: &[Deed]) -> Self {
        let mailbox = Self::open().await;
        mailbox.desk.lock().unwrap().deeds = deeds.iter().cloned().collect();
        mailbox
    }

    /// One that does always the same.
    pub async fn that_always(deed: Deed) -> Self {
        let mailbox = Self::open().await;
        mailbox.turns_to(Some(deed));
        mailbox
    }

    /// What it does henceforth; `None`: it takes everything.
    pub fn turns_to(&self, deed: Option<Deed>) {
        self.desk.lock().unwrap().otherwise = deed;
    }

    /// Where it is.
    pub fn url(&self) -> String {
        format!("http://{}/hooks?of=bank", self.address)
    }

    /// The port.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// All that came.
    pub fn letters(&self) -> Vec<Letter> {
        self.desk.lock().unwrap().letters.clone()
    }

    /// What has happened, in the order in which it came.
    pub fn events(&self) -> Vec<String> {
        self.letters().iter().map(Letter::event).collect()
    }

    /// Waits until so much has come.
    pub async fn wait_for(&self, count: usize) -> Vec<Letter> {
        for _ in 0..400 {
            let letters = self.letters();
            if letters.len() >= count {
                return letters;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("{count} were expected, {:?} came", self.events());
    }

    /// Waits long enough for what may come to have come, and says how much that is.
    pub async fn settle(&self) -> usize {
        tokio::time::sleep(Duration::from_millis(1_200)).await;
        self.letters().len()
    }
}

impl Drop for Mailbox {
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
    let deed = {
        let mut desk = desk.lock().unwrap();
        desk.letters.push(Letter { headers, path: uri.to_string(), body });
        desk.deeds.pop_front().or_else(|| desk.otherwise.clone()).unwrap_or(Deed::Answer(204))
    };
    let answer = Response::builder();
    match deed {
        Deed::Answer(status) => answer.status(status).body(Body::from("As you say.")).unwrap(),
        Deed::AnswerWith(status, name, value) => {
            answer.status(status).header(name, value).body(Body::empty()).unwrap()
        }
        Deed::Ramble => {
            let words = stream::repeat_with(|| Ok::<_, Infallible>(Bytes::from_static(&[b'x'; 1_000])));
            answer.status(200).body(Body::from_stream(words)).unwrap()
        }
        Deed::Hang => pending().await,
    }
}
