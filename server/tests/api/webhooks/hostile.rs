//! Receivers that never stop talking, or talk as slowly as they can: each is given up in time, and harms
//! nobody but itself.

use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::{NEARBY, until};
use crate::actors::Tenant;
use crate::house::House;
use crate::mailbox::Mailbox;

/// What a receiver says, and then says for ever.
#[derive(Clone, Copy)]
struct Talk {
    first: &'static str,
    ever: &'static str,
    pause: Duration,
}

/// As fast as it is taken.
const AT_ONCE: Duration = Duration::ZERO;
/// Slower than anybody has patience for, and faster than that a silence would be noticed.
const SLOWLY: Duration = Duration::from_millis(200);

impl Talk {
    const fn new(first: &'static str, ever: &'static str, pause: Duration) -> Self {
        Self { first, ever, pause }
    }

    /// Talks so to whoever connects. Gives the address.
    async fn begin(self) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(async move { self.to(stream).await.ok() });
            }
        });
        format!("http://{address}/")
    }

    async fn to(self, mut stream: TcpStream) -> std::io::Result<()> {
        let mut came = [0; 4_096];
        if stream.read(&mut came).await? == 0 {
            return Ok(());
        }
        stream.write_all(self.first.as_bytes()).await?;
        loop {
            stream.write_all(self.ever.as_bytes()).await?;
            tokio::time::sleep(self.pause).await;
        }
    }
}

/// What is said, and what comes of it: a problem, or `None` where the status was heard in time.
const TALKS: [(Talk, Option<&str>); 9] = [
    (Talk::new("HTTP/1.1 200 OK\r\n", "x-more: and more\r\n", AT_ONCE), Some("broken_off")),
    (Talk::new("HTTP/1.1 200 OK\r\nx-more: ", "and more, and more, and more", AT_ONCE), Some("broken_off")),
    (Talk::new("HTTP/1.1 200 OK\r\n", "x-more: and more\r\n", SLOWLY), Some("timed_out")),
    (Talk::new("HTTP/1.1 200 ", "O", SLOWLY), Some("timed_out")),
    (Talk::new("", "HTTP/1.1 100 Continue\r\n\r\n", AT_ONCE), Some("timed_out")),
    (Talk::new("", "no protocol that anybody knows\r\n", AT_ONCE), Some("broken_off")),
    (Talk::new("HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n", "x", SLOWLY), None),
    (Talk::new("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", "1\r\nx\r\n", AT_ONCE), None),
    (Talk::new("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", "fffffffffff", AT_ONCE), None),
];

#[tokio::test]
async fn a_receiver_that_never_stops_is_given_up_and_keeps_nobody_waiting() {
    let house = House::open_set(NEARBY);
    let (tenant, neighbour) = (Tenant::of(&house), Tenant::register(&house, &[]));
    let (good, next_door) = (Mailbox::open().await, Mailbox::open().await);
    let mut talkers = Vec::new();
    for (talk, outcome) in TALKS {
        let url = talk.begin().await;
        talkers.push((tenant.subscribe(&house, "steps", &url).await.text("/id"), talk, outcome));
    }
    tenant.subscribe(&house, "steps", &good.url()).await;
    neighbour.subscribe(&house, "steps", &next_door.url()).await;
    for _ in 0..10 {
        tenant.start_quietly(&house).await;
        neighbour.start_quietly(&house).await;
    }
    good.wait_for(10).await;
    next_door.wait_for(10).await;
    for (endpoint, talk, outcome) in talkers {
        let was_tried = |delivery: &Value| delivery["attempts"] != 0;
        let query = format!("?endpoint={endpoint}");
        let all = until(&house, &tenant, &query, |found| found.iter().any(was_tried)).await;
        let tried = all.into_iter().find(was_tried).unwrap();
        assert_eq!(tried["last_attempt"]["problem"].as_str(), outcome, "{}{}", talk.first, talk.ever);
        let state = if outcome.is_none() { "delivered" } else { "pending" };
        assert_eq!(tried["state"], state, "{}{}", talk.first, talk.ever);
    }
    tenant.start_quietly(&house).await;
    good.wait_for(11).await;
}
