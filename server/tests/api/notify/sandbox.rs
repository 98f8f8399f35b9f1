//! The sandbox: nothing is sent, and its tenant reads what would have been.

use serde_json::{Value, json};

use super::mail_server::MailServer;
use super::{CODE, JANE, JANES_PHONE, mail, nobody_else_knows, notice, settled, text, write};
use crate::actors::{Answer, Tenant, request, send};
use crate::house::House;
use crate::mailbox::Mailbox;
use crate::operator::printed;
use crate::people::refused;
use vestibule_server::notify::Address;

async fn outbox(house: &House, tenant: &Tenant) -> Value {
    let answer = tenant.call(house, "GET", "/dev/outbox", None).await;
    assert_eq!((answer.status, answer.headers["cache-control"].to_str().unwrap()), (200, "no-store"));
    answer.body()
}

/// What a browser asks for.
async fn page(house: &House, key: Option<&str>) -> Answer {
    let asked =
        request(house, "GET", "/dev/outbox").header("accept", "text/html,application/xml;q=0.9,*/*;q=0.8");
    send(match key {
        Some(key) => asked.basic_auth(key, Some("")),
        None => asked,
    })
    .await
}

#[tokio::test]
async fn what_would_have_been_sent_is_read_by_its_tenant_alone() {
    let (server, gateway) = (MailServer::that(&[]).await, Mailbox::open().await);
    let house = House::open_set(&format!(
        "smtp_url = \"smtp://127.0.0.1:{}?tls=none\"\nmail_from = \"no-reply@harbour.example\"\nsms_url = \"{}\"\n\
         sms_account = \"AC0123\"\nsms_token = \"a-token\"\nsms_from = \"Harbour\"\nsms_private_target = true\n\
         log = \"trace\"\n",
        server.port(),
        gateway.url()
    ));
    let tenant = Tenant::of(&house);
    assert_eq!(outbox(&house, &tenant).await, json!([]));
    write(&house, &tenant, &[text()]).await;
    settled(&house).await;
    write(&house, &tenant, &[mail()]).await;
    settled(&house).await;
    write(&house, &tenant, &[notice(Address::Email(JANE.into()))]).await;
    settled(&house).await;

    let letters = outbox(&house, &tenant).await;
    let [notice, mail, text] = &letters.as_array().unwrap()[..] else { panic!("three") };
    let seen = |letter: &Value| ["to", "kind", "method", "code"].map(|name| letter[name].clone());
    assert_eq!(json!(seen(notice)), json!([JANE, "login_changed", "passkey", null]));
    assert_eq!(json!(seen(mail)), json!([JANE, "code", "email", CODE]));
    assert_eq!(json!(seen(text)), json!([JANES_PHONE, "code", "phone", CODE]));
    assert_eq!(mail["subject"], "Your code for Northwind Bank");
    assert_eq!(notice["subject"], "Ihre Anmeldung bei Northwind Bank wurde geändert");
    assert!(mail["html"].as_str().unwrap().starts_with("<!doctype html>"));
    assert!(text["text"].as_str().unwrap().ends_with("\n\n@id.example #048213"));
    assert_eq!((&text["subject"], &text["html"]), (&Value::Null, &Value::Null));

    let other = Tenant::register(&house, &[]);
    assert_eq!(outbox(&house, &other).await, json!([]));
    let live = Tenant::register(&house, &["--live"]);
    let answer = live.call(&house, "GET", "/dev/outbox", None).await;
    assert_eq!(refused(&answer), (404, "not_found".into()));
    let answer = send(request(&house, "GET", "/dev/outbox")).await;
    assert_eq!(refused(&answer), (401, "invalid_secret_key".into()));
    assert_eq!((server.seen().connections, gateway.letters().len()), (0, 0), "nothing is sent");
    nobody_else_knows(&house);
}

#[tokio::test]
async fn a_browser_gets_a_page_without_a_script() {
    let house = House::open();
    let crooked = Tenant::with(printed(&house, &["add", "--name", "<b onclick=x>Bank</b>"]));
    let nobody = page(&house, None).await;
    assert_eq!(nobody.status, 401);
    assert!(nobody.headers["www-authenticate"].to_str().unwrap().starts_with("Basic "));
    let empty = page(&house, Some(&crooked.key("secret_key"))).await;
    assert!(empty.text.contains("There is nothing yet."), "{}", empty.text);
    write(&house, &crooked, &[mail()]).await;
    settled(&house).await;
    let shown = page(&house, Some(&crooked.key("secret_key"))).await;
    assert_eq!(
        (shown.status, &shown.headers["content-type"]),
        (200, &"text/html; charset=utf-8".parse().unwrap())
    );
    assert_eq!(shown.headers["cache-control"], "no-store");
    let policy = shown.headers["content-security-policy"].to_str().unwrap();
    assert!(
        policy.contains("default-src 'self'; script-src 'none'") && !policy.contains("unsafe"),
        "{policy}"
    );
    assert!(shown.text.contains(CODE) && shown.text.contains(JANE));
    assert!(shown.text.contains("&lt;b onclick=x&gt;Bank&lt;/b&gt;") && !shown.text.contains("<b onclick"));
    assert!(
        !shown.text.contains("<style") && !shown.text.contains("style=") && !shown.text.contains("<script")
    );
    let styles = send(request(&house, "GET", "/dev/outbox.css")).await;
    assert_eq!(
        (styles.status, &styles.headers["content-type"]),
        (200, &"text/css; charset=utf-8".parse().unwrap())
    );
}
