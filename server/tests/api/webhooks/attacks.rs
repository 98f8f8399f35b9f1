//! Webhooks in bad hands: addresses that only insiders reach, receivers that lead elsewhere, endpoints of
//! others.

use std::sync::Arc;

use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::NEARBY;
use crate::actors::{Answer, Tenant};
use crate::house::House;
use crate::mailbox::{Deed, Mailbox};
use crate::rest::files;

/// What the last attempt at each delivery came to, once all were tried.
async fn problems(house: &House, tenant: &Tenant) -> Vec<Value> {
    loop {
        let deliveries = tenant.deliveries(house, "").await;
        if deliveries.iter().all(|delivery| delivery["attempts"] != 0) {
            return deliveries.iter().map(|delivery| delivery["last_attempt"]["problem"].clone()).collect();
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}

async fn test(house: &House, tenant: &Tenant, registered: &Answer) -> Answer {
    tenant.call(house, "POST", &format!("/webhooks/{}/test", registered.text("/id")), None).await
}

#[tokio::test]
async fn addresses_that_only_insiders_reach_are_refused() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    for url in [
        "https://169.254.169.254/latest/meta-data",
        "https://127.0.0.1:4400/hooks",
        "https://2130706433/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://10.1.2.3/",
        "http://bank.example/hooks",
        "https://user:password@bank.example/hooks",
        "https://bank.example/hooks#part",
        "ftp://bank.example/",
        "hooks",
    ] {
        let refused = tenant.subscribe(&house, "steps", url).await;
        assert_eq!((refused.status, refused.code().as_str()), (422, "invalid_webhook_url"), "{url}");
        assert!(!refused.text.contains("bank.example"), "{}", refused.text);
    }
    let listed = tenant.call(&house, "GET", "/webhooks", None).await;
    assert_eq!(listed.body(), json!({"webhooks": []}), "nothing was kept");
}

#[tokio::test]
async fn a_name_that_leads_inside_is_refused_when_it_is_called() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let mailbox = Mailbox::open().await;
    let registered =
        tenant.subscribe(&house, "steps", &format!("https://localhost:{}/", mailbox.port())).await;
    assert_eq!(registered.status, 200, "what a name stands for is asked when it is called");
    test(&house, &tenant, &registered).await;
    assert_eq!(problems(&house, &tenant).await, ["refused_target"]);
    assert_eq!(mailbox.letters().len(), 0);
}

#[tokio::test]
async fn an_address_that_was_allowed_once_is_refused_when_it_is_allowed_no_more() {
    let mut house = House::open_set(NEARBY);
    let tenant = Tenant::of(&house);
    let mailbox = Mailbox::open().await;
    let near = tenant.subscribe(&house, "steps", &mailbox.url()).await;
    let inside = tenant.subscribe(&house, "steps", "https://10.0.0.1/hooks").await;
    assert_eq!((near.status, inside.status), (200, 200));
    house.crash_set("");
    test(&house, &tenant, &near).await;
    test(&house, &tenant, &inside).await;
    assert_eq!(problems(&house, &tenant).await, ["refused_target", "refused_target"]);
    assert_eq!(mailbox.letters().len(), 0);
}

#[tokio::test]
async fn nobody_reaches_the_secrets_of_a_cloud_whatever_is_allowed() {
    let house = House::open_set(NEARBY);
    let tenant = Tenant::of(&house);
    for address in
        ["http://169.254.169.254/latest/meta-data", "http://[::ffff:a9fe:a9fe]/", "http://2852039166/"]
    {
        let registered = tenant.subscribe(&house, "steps", address).await;
        assert_eq!((registered.status, &*registered.code()), (422, "invalid_webhook_url"), "{address}");
    }
}

#[tokio::test]
async fn a_receiver_that_points_elsewhere_is_not_followed() {
    let house = House::open_set(NEARBY);
    let tenant = Tenant::of(&house);
    let elsewhere = Mailbox::open().await;
    let inside = "http://169.254.169.254/latest/meta-data".to_owned();
    for (status, to) in
        [301, 302, 303, 307, 308].into_iter().zip([elsewhere.url(), inside].into_iter().cycle())
    {
        let mailbox = Mailbox::that(&[Deed::AnswerWith(status, "location", to)]).await;
        let registered = tenant.subscribe(&house, "steps", &mailbox.url()).await;
        test(&house, &tenant, &registered).await;
        mailbox.wait_for(1).await;
        problems(&house, &tenant).await;
        let query = format!("?endpoint={}", registered.text("/id"));
        let tried = tenant.deliveries(&house, &query).await;
        assert_eq!(tried[0]["last_attempt"]["status"], status);
        assert_eq!(tried[0]["state"], "pending");
    }
    assert_eq!(elsewhere.letters().len(), 0);
}

#[tokio::test]
async fn nobody_touches_the_endpoints_of_others() {
    let house = House::open_set(NEARBY);
    let ours = Tenant::of(&house);
    let theirs = Tenant::register(&house, &[]);
    let (mailbox, their_mailbox) = (Mailbox::open().await, Mailbox::open().await);
    let registered = ours.subscribe(&house, "steps", &mailbox.url()).await;
    theirs.subscribe(&house, "steps", &their_mailbox.url()).await;
    let id = registered.text("/id");
    let delivery = test(&house, &ours, &registered).await.text("/id");
    mailbox.wait_for(1).await;
    for (method, path) in [
        ("DELETE", format!("/webhooks/{id}")),
        ("POST", format!("/webhooks/{id}/rotate")),
        ("POST", format!("/webhooks/{id}/test")),
        ("POST", format!("/webhooks/deliveries/{delivery}/resend")),
        ("POST", "/webhooks/nothing/test".into()),
        ("POST", "/webhooks/deliveries/nothing/resend".into()),
    ] {
        let answer = theirs.call(&house, method, &path, None).await;
        assert_eq!((answer.status, answer.code().as_str()), (404, "not_found"), "{method} {path}");
    }
    assert!(theirs.deliveries(&house, &format!("?endpoint={id}")).await.is_empty());
    assert!(theirs.deliveries(&house, "").await.is_empty());
    let listed = theirs.call(&house, "GET", "/webhooks", None).await;
    assert!(!listed.text.contains(&id));
    ours.start_quietly(&house).await;
    mailbox.wait_for(2).await;
    assert_eq!((mailbox.settle().await, their_mailbox.letters().len()), (2, 0));
    let keyless = crate::actors::send(crate::actors::request(&house, "GET", "/webhooks")).await;
    assert_eq!((keyless.status, keyless.code().as_str()), (401, "invalid_secret_key"));
}

#[tokio::test]
async fn there_is_an_end_to_endpoints_and_to_what_is_said_of_them() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    for _ in 0..16 {
        assert_eq!(tenant.subscribe(&house, "omni", "https://bank.example").await.status, 200);
    }
    let more = tenant.subscribe(&house, "omni", "https://bank.example").await;
    assert_eq!((more.status, more.code().as_str()), (409, "too_many_webhooks"));
    for (body, code) in [
        (json!({"url": "https://bank.example", "family": "tarot"}), "invalid_field"),
        (json!({"url": "https://bank.example"}), "missing_fields"),
        (json!({"url": "https://bank.example", "family": "omni", "secret": "x"}), "unknown_fields"),
        (
            json!({"url": "https://bank.example", "family": "omni", "description": "x".repeat(201)}),
            "invalid_field",
        ),
        (json!({"url": "https://bank.example", "family": "omni", "description": "a\nb"}), "invalid_field"),
    ] {
        assert_eq!(tenant.call(&house, "POST", "/webhooks", Some(&body)).await.code(), code, "{body}");
    }
}

#[tokio::test]
async fn nothing_at_rest_and_no_log_shows_a_secret_or_an_address() {
    let house = House::open_set(&[NEARBY, "log = \"trace\"\n"].concat());
    let tenant = Tenant::of(&house);
    let mailbox = Mailbox::open().await;
    let url = format!("{}&token=in-the-address", mailbox.url());
    let registered = tenant.subscribe(&house, "steps", &url).await;
    tenant.start_quietly(&house).await;
    let letter = mailbox.wait_for(1).await.remove(0);
    let secret = registered.text("/secret");
    let needles = [&secret["whsec_".len()..], "token=in-the-address", letter.header("webhook-signature")];
    for file in files(&house.data()).into_iter().chain([house.folder().join("log")]) {
        let content = String::from_utf8_lossy(&std::fs::read(&file).unwrap()).into_owned();
        for needle in needles {
            assert!(!content.contains(needle), "{needle} in {}", file.display());
        }
    }
}

/// A receiver whose certificate comes from nobody but itself. It takes one delivery.
async fn encrypted(name: &str) -> (u16, String, tokio::task::JoinHandle<String>) {
    let made = rcgen::generate_simple_self_signed([name.to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let taking = tokio::spawn(async move {
        let acceptor = TlsAcceptor::from(Arc::new(config));
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            let mut came = vec![0; 4_096];
            let length = stream.read(&mut came).await.unwrap();
            stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await.unwrap();
            stream.shutdown().await.unwrap();
            return String::from_utf8_lossy(&came[..length]).into_owned();
        }
    });
    (port, made.cert.pem(), taking)
}

#[tokio::test]
async fn a_receiver_is_believed_by_its_certificate() {
    let mut house = House::open_set(NEARBY);
    let tenant = Tenant::of(&house);
    let (port, pem, taking) = encrypted("localhost").await;
    let registered = tenant.subscribe(&house, "steps", &format!("https://localhost:{port}/hooks")).await;
    let (other_port, _, _other) = encrypted("bank.example").await;
    let other = tenant.subscribe(&house, "steps", &format!("https://localhost:{other_port}/hooks")).await;
    test(&house, &tenant, &registered).await;
    test(&house, &tenant, &other).await;
    assert_eq!(problems(&house, &tenant).await, ["untrusted", "untrusted"]);

    let file = house.folder().join("roots.pem");
    std::fs::write(&file, pem).unwrap();
    house.crash_set(&format!("{NEARBY}webhook_roots = \"{}\"\n", file.display()));
    house.pass(60);
    let request = taking.await.unwrap();
    assert!(request.starts_with("POST /hooks HTTP/1.1\r\n"), "{request}");
    assert!(request.contains(&format!("host: localhost:{port}\r\n")), "{request}");
    let query = format!("?endpoint={}", other.text("/id"));
    loop {
        let tried = tenant.deliveries(&house, &query).await;
        if tried[0]["attempts"] == 2 {
            assert_eq!(tried[0]["last_attempt"]["problem"], "untrusted");
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}
