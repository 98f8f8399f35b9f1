//! Logging in: an address, a code, a passkey, and what may go wrong with each.

use wasm_bindgen_test::wasm_bindgen_test;

use super::login::{OPTIONS, Page, refusal, session, turn};
use super::network::Network;
use super::stage::{SERVER, Stage, pause};

const EITHER: &str = r#"{"identify":{"methods":[{"method":"email"},{"method":"phone"}],"known":false}}"#;
const KNOWN: &str = r#"{"identify":{"methods":[{"method":"email","masked":"a•••@mail.example"},
    {"method":"phone","masked":"••••12"}],"known":true}}"#;

fn code(method: &str, to: &str, wait: u32, tries: u8) -> String {
    format!(
        r#"{{"identify":{{"methods":[{{"method":"email"}},{{"method":"phone"}}],"known":false,
        "code":{{"method":"{method}","to":"{to}","resend_seconds":{wait},"tries_left":{tries}}}}}}}"#
    )
}

fn with_passkey() -> String {
    format!(r#"{{"identify":{{"methods":[{{"method":"email"}}],"known":false,"passkey":"{OPTIONS}"}}}}"#)
}

#[wasm_bindgen_test]
async fn an_address_is_asked_for_and_the_browser_knows_which() {
    let network = Network::new();
    let stage = Stage::with(&session(EITHER)).await;
    assert_eq!(stage.heading(), "What is your email address?");
    assert_eq!(stage.focus(), stage.heading());
    assert_eq!(stage.field("Email address").get_attribute("autocomplete").as_deref(), Some("email webauthn"));
    assert_eq!(stage.buttons(), ["Continue", "Use your phone number instead"]);
    stage.press("Continue").await;
    assert!(stage.is_wrong("Email address"));
    assert!(network.sent().is_empty());
    stage.type_in("Email address", "anna@mail.example").await;
    stage.press("Continue").await;
    assert_eq!(
        network.sent()[0].0,
        format!("POST {SERVER}/sessions/00000000-0000-4000-8000-000000000001/steps")
    );
    assert!(network.sent()[0].1.contains(r#""step":"login","data":{"email":"anna@mail.example"}"#));
}

#[wasm_bindgen_test]
async fn who_has_a_phone_at_hand_uses_that() {
    let network = Network::new();
    let stage = Stage::with(&session(EITHER)).await;
    stage.press("Use your phone number instead").await;
    assert_eq!(stage.heading(), "What is your phone number?");
    assert_eq!(stage.focus(), stage.heading());
    let attribute = |name| stage.field("Phone number").get_attribute(name);
    assert_eq!(attribute("type").as_deref(), Some("tel"));
    assert_eq!(attribute("autocomplete").as_deref(), Some("tel webauthn"));
    assert_eq!(stage.buttons(), ["Continue", "Use your email address instead"]);
    stage.type_in("Phone number", "+46 70 123 45 67").await;
    stage.press("Continue").await;
    assert!(network.sent()[0].1.contains(r#""data":{"phone":"+46701234567"}"#));
}

#[wasm_bindgen_test]
async fn a_refused_address_is_said_at_its_field() {
    let network = Network::new();
    let stage = Stage::with(&session(EITHER)).await;
    stage.type_in("Email address", "anna@mail.example").await;
    stage.press("Continue").await;
    network.answers(422, &refusal("email", "too_many_codes")).await;
    assert!(stage.description("Email address").contains("Wait a little"));
    assert_eq!(stage.focus(), "Email address");
    assert_eq!(stage.value("Email address"), "anna@mail.example");
}

#[wasm_bindgen_test]
async fn a_code_is_sent_by_itself_once_it_is_whole() {
    let network = Network::new();
    let stage = Stage::with(&session(&code("email", "anna@mail.example", 0, 5))).await;
    assert_eq!(stage.heading(), "Check your email");
    assert!(stage.says("anna@mail.example"));
    let attribute = |name| stage.field("Code").get_attribute(name);
    assert_eq!(attribute("autocomplete").as_deref(), Some("one-time-code"));
    assert_eq!(attribute("inputmode").as_deref(), Some("numeric"));
    stage.type_in("Code", "123 4").await;
    assert!(network.sent().is_empty());
    stage.type_in("Code", "Your code is 123 456. It is good for 10 minutes.").await;
    assert_eq!(stage.value("Code"), "123456");
    assert_eq!(network.sent().len(), 1);
    assert!(network.sent()[0].1.contains(r#""data":{"code":"123456"}"#));
}

#[wasm_bindgen_test]
async fn an_unfinished_code_is_not_sent() {
    let network = Network::new();
    let stage = Stage::with(&session(&code("email", "anna@mail.example", 0, 5))).await;
    stage.type_in("Code", "123").await;
    stage.press("Continue").await;
    assert_eq!(stage.description("Code"), "Enter the six digits that we sent you.");
    assert!(network.sent().is_empty());
}

#[wasm_bindgen_test]
async fn a_wrong_code_is_said_and_typed_anew_while_there_are_tries() {
    let network = Network::new();
    let stage = Stage::with(&session(&code("email", "anna@mail.example", 0, 3))).await;
    assert!(!stage.says("Tries left"));
    stage.type_in("Code", "111111").await;
    network.answers(422, &refusal("code", "wrong_code")).await;
    assert!(stage.description("Code").contains("not the code"));
    assert_eq!(stage.value("Code"), "");
    assert_eq!(stage.focus(), "Code");
    assert!(stage.says("Tries left: 2."));
    stage.type_in("Code", "222222").await;
    network.answers(422, &refusal("code", "wrong_code")).await;
    stage.type_in("Code", "333333").await;
    network.answers(422, &refusal("code", "wrong_code")).await;
    assert!(stage.description("Code").contains("Ask for a new one"));
    assert!(!stage.says("Tries left"));
    assert_eq!(network.sent().len(), 3);
}

#[wasm_bindgen_test]
async fn a_new_code_can_be_asked_for_after_a_while() {
    let network = Network::new();
    let stage = Stage::with(&session(&code("email", "anna@mail.example", 2, 5))).await;
    assert!(stage.says("You can ask for a new code in 0:0"));
    assert!(!stage.buttons().contains(&"Send a new code".into()));
    pause(2_700).await;
    assert!(!stage.says("You can ask for a new code"));
    assert!(stage.announced("status").contains(&"Send a new code".into()));
    stage.press("Send a new code").await;
    assert!(network.sent()[0].1.contains(r#""data":{"email":"anna@mail.example"}"#));
    network.answers(200, &turn(&code("email", "anna@mail.example", 60, 5))).await;
    assert!(stage.says("You can ask for a new code in 1:00"));
    assert_eq!(stage.focus(), "Check your email");
}

#[wasm_bindgen_test]
async fn another_address_is_typed_without_asking_the_server() {
    let network = Network::new();
    let stage = Stage::with(&session(&code("email", "ana@mail.example", 0, 5))).await;
    stage.type_in("Code", "111111").await;
    network.answers(422, &refusal("code", "wrong_code")).await;
    stage.press("Use another email address").await;
    assert_eq!(stage.heading(), "What is your email address?");
    assert_eq!(stage.value("Email address"), "ana@mail.example");
    assert!(!stage.says("another look"));
    assert_eq!(network.sent().len(), 1);
}

#[wasm_bindgen_test]
async fn in_the_sandbox_one_is_told_where_the_code_is() {
    let stage = Stage::with(&session(&code("email", "anna@mail.example", 0, 5))).await;
    let link = &stage.all("a")[0];
    assert_eq!(link.get_attribute("href").as_deref(), Some("https://server.example/dev/outbox"));
    assert_eq!(link.get_attribute("target").as_deref(), Some("_blank"));
    let live =
        session(&code("email", "anna@mail.example", 0, 5)).replace("\"sandbox\":true", "\"sandbox\":false");
    assert!(Stage::with(&live).await.all("a").is_empty());
}

#[wasm_bindgen_test]
async fn who_is_known_chooses_where_the_code_goes() {
    let network = Network::new();
    let stage = Stage::with(&session(KNOWN)).await;
    assert_eq!(stage.heading(), "Log in");
    assert_eq!(stage.buttons(), ["Send a code to a•••@mail.example", "Send a code to ••••12"]);
    assert!(stage.labels().is_empty());
    stage.press("Send a code to ••••12").await;
    assert!(network.sent()[0].1.contains(r#""data":{"send":"phone"}"#));
    network.answers(422, &refusal("send", "too_many_codes")).await;
    assert!(stage.announced("status")[0].contains("Wait a little"));
    let sent = r#","code":{"method":"phone","to":"••••12","resend_seconds":0,"tries_left":5}}}"#;
    stage.press("Send a code to ••••12").await;
    network.answers(200, &turn(&KNOWN.replace("}}", sent))).await;
    assert_eq!(stage.heading(), "Check your text messages");
    stage.press("Send a new code").await;
    assert!(network.sent()[2].1.contains(r#""data":{"send":"phone"}"#));
    network.answers(200, &turn(&KNOWN.replace("}}", sent))).await;
    stage.press("Use another way").await;
    assert_eq!(stage.heading(), "Log in");
}

#[wasm_bindgen_test]
async fn who_has_nothing_but_a_passkey_uses_it_or_is_told_where() {
    let only = r#"{"identify":{"methods":[{"method":"passkey"}],"known":true,"passkey":"{}"}}"#;
    let stage = Page::answering("null").before(&session(only)).await;
    assert_eq!(stage.buttons(), ["Use a passkey"]);
    let stage = Stage::with(&session(&only.replace(r#","passkey":"{}""#, ""))).await;
    assert!(stage.buttons().is_empty());
    assert!(stage.says("Open this page on the device that has it."));
}

#[wasm_bindgen_test]
async fn a_passkey_logs_in() {
    let network = Network::new();
    let page = Page::answering("{ passkey: '{}' }");
    let stage = page.before(&session(&with_passkey())).await;
    assert_eq!(stage.buttons(), ["Continue", "Use a passkey"]);
    assert!(page.asked().contains(&"prepare".into()));
    stage.press("Use a passkey").await;
    assert!(page.asked().contains(&r#"get {"challenge":"AAAA"}"#.into()));
    assert!(network.sent()[0].1.contains(r#""data":{"passkey":"{}"}"#));
    network.answers(422, &refusal("passkey", "passkey_refused")).await;
    assert!(stage.announced("status")[0].contains("This passkey did not work"));
    assert_eq!(stage.buttons(), ["Continue", "Use a passkey"]);
}

#[wasm_bindgen_test]
async fn who_wants_no_passkey_after_all_is_told_nothing_and_one_that_fails_is_not_the_end() {
    for (declined, told) in [(true, false), (false, true)] {
        let network = Network::new();
        let page = Page::answering(&format!("{{ declined: {declined} }}"));
        let stage = page.before(&session(&with_passkey())).await;
        stage.press("Use a passkey").await;
        assert_eq!(!stage.announced("alert").is_empty(), told);
        assert_eq!(stage.buttons(), ["Continue", "Use a passkey"]);
        assert!(network.sent().is_empty());
        stage.type_in("Email address", "anna@mail.example").await;
        stage.press("Continue").await;
        assert_eq!(network.sent().len(), 1);
    }
}

#[wasm_bindgen_test]
async fn the_browser_offers_passkeys_where_the_address_is_typed_until_that_goes() {
    let network = Network::new();
    let page = Page::answering("null");
    let stage = page.before(&session(&with_passkey())).await;
    assert!(page.asked().contains(&r#"offer {"challenge":"AAAA"}"#.into()));
    assert!(!page.asked().contains(&"stop".into()));
    page.gives("{}").await;
    assert!(network.sent()[0].1.contains(r#""data":{"passkey":"{}"}"#));
    network.answers(200, &turn(&code("email", "anna@mail.example", 0, 5))).await;
    assert!(page.asked().contains(&"stop".into()));
    drop(stage);
}

#[wasm_bindgen_test]
async fn a_browser_that_hears_text_messages_types_the_code() {
    let network = Network::new();
    let page = Page::answering("null");
    let stage = page.before(&session(&code("phone", "+46701234567", 0, 5))).await;
    assert_eq!(stage.heading(), "Check your text messages");
    assert!(page.asked().contains(&"hear".into()));
    page.gives("123456").await;
    assert!(network.sent()[0].1.contains(r#""data":{"code":"123456"}"#));
    let by_mail = Page::answering("null");
    let _stage = by_mail.before(&session(&code("email", "anna@mail.example", 0, 5))).await;
    assert!(!by_mail.asked().contains(&"hear".into()));
}

#[wasm_bindgen_test]
async fn what_logging_in_gave_is_kept_and_opens_the_session_again() {
    let network = Network::new();
    let page = Page::answering("null");
    let stage = page.before(&session(&code("email", "anna@mail.example", 0, 5))).await;
    stage.type_in("Code", "123456").await;
    let logged_in =
        turn(r#"{"passkey":{}}"#).replace("\"step_id\"", "\"login_token\":\"logtok_1\",\"step_id\"");
    network.answers(200, &logged_in).await;
    assert!(page.asked().contains(&"keep logtok_1".into()));
    stage.press("Continue").await;
    let lost = refusal("skip", "other").replace("invalid_field", "invalid_nonce");
    network.answers(404, &lost).await;
    let (what, body) = network.sent()[2].clone();
    assert_eq!(what, format!("POST {SERVER}/sessions/open"));
    assert_eq!(body, r#"{"login_token":"logtok_1"}"#);
}

#[wasm_bindgen_test]
async fn a_browser_that_has_logged_in_before_says_so_when_it_opens_the_session_again() {
    let network = Network::new();
    let page = Page::answering("null");
    let stage = page.before(&session(r#"{"passkey":{}}"#)).await;
    stage.press("Continue").await;
    network.answers(404, &refusal("skip", "other").replace("invalid_field", "invalid_nonce")).await;
    assert_eq!(network.sent()[1].1, r#"{"login_token":"logtok_before"}"#);
}
