//! What a name stands for is judged at every connection, whatever it stood for before.

use std::sync::Mutex;

use rustls::ClientConfig;
use rustls::RootCertStore;
use tokio::net::TcpListener;

use super::*;

/// Names that stand for these in turn, and in the end for the last of them for ever.
struct Directory(Mutex<Vec<Vec<IpAddr>>>);

#[async_trait]
impl Lookup for Directory {
    async fn addresses(&self, _: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
        let mut answers = self.0.lock().unwrap();
        let answer = if answers.len() > 1 { answers.remove(0) } else { answers[0].clone() };
        Ok(answer.into_iter().map(|address| SocketAddr::new(address, port)).collect())
    }
}

fn post(reach: Reach, answers: &[&[&str]]) -> Post {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(RootCertStore::empty())
        .with_no_client_auth();
    let parsed = |answer: &&[&str]| answer.iter().map(|address| address.parse().unwrap()).collect();
    Post {
        lookup: Arc::new(Directory(Mutex::new(answers.iter().map(parsed).collect()))),
        ..Post::new(reach, Duration::from_secs(1), TlsConnector::from(Arc::new(tls)))
    }
}

async fn problem(post: &Post, port: u16) -> Option<DeliveryProblem> {
    post.connect("hooks.bank.example", port).await.err()
}

#[tokio::test]
async fn a_name_that_stands_for_an_address_inside_is_refused() {
    for inside in [
        "169.254.169.254",
        "127.0.0.1",
        "10.0.0.1",
        "0.0.0.0",
        "::1",
        "fd00:ec2::254",
        "fe80::1",
        "::ffff:169.254.169.254",
        "64:ff9b::a9fe:a9fe",
    ] {
        let post = post(Reach::Public, &[&[inside]]);
        assert_eq!(problem(&post, 443).await, Some(DeliveryProblem::RefusedTarget), "{inside}");
    }
    let nothing = post(Reach::Public, &[&[]]);
    assert_eq!(problem(&nothing, 443).await, Some(DeliveryProblem::UnknownHost));
}

#[tokio::test]
async fn no_connection_is_made_to_an_address_inside_that_stands_beside_others() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let several: &[&str] = &["10.0.0.1", "127.0.0.1", "169.254.169.254"];
    assert_eq!(problem(&post(Reach::Public, &[several]), port).await, Some(DeliveryProblem::RefusedTarget));
    let came = timeout(Duration::from_millis(200), listener.accept()).await;
    assert!(came.is_err(), "nobody has connected");
    let near: &[&str] = &["127.0.0.1"];
    assert_eq!(problem(&post(Reach::Nearby, &[near]), port).await, None, "it could be reached");
}

#[tokio::test]
async fn a_name_is_asked_for_anew_at_every_attempt() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let moving = post(Reach::Nearby, &[&["127.0.0.1"], &[], &["127.0.0.1"]]);
    assert_eq!(problem(&moving, port).await, None);
    assert_eq!(problem(&moving, port).await, Some(DeliveryProblem::UnknownHost));
    assert_eq!(problem(&moving, port).await, None);
}
