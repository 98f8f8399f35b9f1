//! By phone: what the gateway is handed, and what is tried again.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use url::form_urlencoded;

use super::{JANES_PHONE, nobody_else_knows, notice, settled, text, write};
use crate::actors::Tenant;
use crate::house::House;
use crate::mailbox::{Deed, Letter, Mailbox};
use vestibule_server::notify::Address;

/// The settings by which a gateway on this machine is used.
fn nearby(gateway: &Mailbox, from: &str) -> String {
    format!(
        "sms_url = \"{}\"\nsms_account = \"AC0123\"\nsms_token = \"a-token-of-ours\"\nsms_from = \"{from}\"\n\
         sms_private_target = true\nmessage_seconds = 2\nlog = \"trace\"\n",
        gateway.url()
    )
}

fn form(letter: &Letter) -> Vec<(String, String)> {
    form_urlencoded::parse(&letter.body).into_owned().collect()
}

#[tokio::test]
async fn a_code_is_handed_over_with_the_line_that_browsers_read() {
    let gateway = Mailbox::that(&[Deed::Answer(201)]).await;
    let house = House::open_set(&nearby(&gateway, "+14155550100"));
    let bank = Tenant::register(&house, &["--live"]);
    write(&house, &bank, &[text()]).await;
    let letter = gateway.wait_for(1).await.remove(0);
    let said = "048213 is your code for Harbour Bank. It works for 10 minutes. Do not give it to anyone: we never \
                ask for it.\n\n@id.example #048213";
    let expected = [("To", JANES_PHONE), ("From", "+14155550100"), ("Body", said)];
    assert_eq!(form(&letter), expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    assert_eq!(letter.header("content-type"), "application/x-www-form-urlencoded");
    assert_eq!(letter.headers.get_all("content-type").iter().count(), 1);
    let basic = ["Basic ", &STANDARD.encode("AC0123:a-token-of-ours")].concat();
    assert_eq!(letter.header("authorization"), basic);
    settled(&house).await;
    assert_eq!(gateway.settle().await, 1, "once");
    nobody_else_knows(&house);
    let log = std::fs::read_to_string(house.folder().join("log")).unwrap();
    assert!(!log.contains("a-token-of-ours") && !log.contains(&basic), "a secret in the log");
}

#[tokio::test]
async fn a_messaging_service_is_named_as_one_and_a_notice_has_no_code() {
    let gateway = Mailbox::open().await;
    let house = House::open_set(&nearby(&gateway, "MG0123"));
    let bank = Tenant::register(&house, &["--live"]);
    write(&house, &bank, &[notice(Address::Phone(JANES_PHONE.into()))]).await;
    let form = form(&gateway.wait_for(1).await[0]);
    assert_eq!(form[1], ("MessagingServiceSid".into(), "MG0123".into()));
    assert!(form[2].1.starts_with("Ein Passkey") && !form[2].1.contains(['@', '#']), "{}", form[2].1);
}

#[tokio::test]
async fn a_gateway_that_cannot_take_it_yet_is_asked_again_and_one_that_refuses_is_not() {
    let away = format!("http://127.0.0.1:{}/elsewhere", Mailbox::open().await.port());
    for (first, comes_again) in [
        (Deed::Answer(503), true),
        (Deed::Answer(429), true),
        (Deed::Hang, true),
        (Deed::AnswerWith(307, "location", away), true),
        (Deed::Answer(400), false),
        (Deed::Answer(401), false),
    ] {
        let gateway = Mailbox::that(std::slice::from_ref(&first)).await;
        let house = House::open_set(&nearby(&gateway, "Harbour"));
        let bank = Tenant::register(&house, &["--live"]);
        write(&house, &bank, &[text()]).await;
        gateway.wait_for(1).await;
        settled(&house).await;
        let letters = gateway.letters();
        assert_eq!(letters.len(), 1 + usize::from(comes_again), "{first:?}");
        assert!(letters.iter().all(|letter| letter.path == "/hooks?of=bank"), "no redirect is followed");
        nobody_else_knows(&house);
    }
}

#[tokio::test]
async fn a_gateway_that_asks_for_time_gets_it() {
    let gateway = Mailbox::that(&[Deed::AnswerWith(429, "retry-after", "60".into())]).await;
    let house = House::open_set(&nearby(&gateway, "Harbour"));
    let bank = Tenant::register(&house, &["--live"]);
    write(&house, &bank, &[text()]).await;
    gateway.wait_for(1).await;
    tokio::time::sleep(Duration::from_millis(3_500)).await;
    assert_eq!(gateway.letters().len(), 1);
    house.pass(61);
    gateway.wait_for(2).await;
}
