//! Making a passkey, or none.

use wasm_bindgen_test::wasm_bindgen_test;

use super::login::{OPTIONS, Page, refusal, session};
use super::network::Network;
use super::stage::Stage;

fn asked() -> String {
    session(&format!(r#"{{"passkey":{{"passkey":"{OPTIONS}"}}}}"#))
}

#[wasm_bindgen_test]
async fn a_passkey_is_made_and_submitted() {
    let network = Network::new();
    let page = Page::answering("{ passkey: '{}' }");
    let stage = page.before(&asked()).await;
    assert_eq!(stage.heading(), "Log in without a code next time");
    assert_eq!(stage.buttons(), ["Create a passkey", "Not now"]);
    stage.press("Create a passkey").await;
    assert_eq!(page.asked(), ["prepare", r#"create {"challenge":"AAAA"}"#]);
    assert!(network.sent()[0].1.contains(r#""data":{"passkey":"{}"}"#));
    network.answers(422, &refusal("passkey", "passkey_refused")).await;
    assert_eq!(stage.buttons(), ["Create a passkey", "Not now"]);
}

#[wasm_bindgen_test]
async fn who_wants_none_goes_on_without_one() {
    let network = Network::new();
    let stage = Page::answering("null").before(&asked()).await;
    stage.press("Not now").await;
    assert!(network.sent()[0].1.contains(r#""data":{"skip":"declined"}"#));
}

#[wasm_bindgen_test]
async fn what_did_not_work_is_tried_again_or_left() {
    for (declined, told, reason) in [(true, "", "declined"), (false, "was not created", "failed")] {
        let network = Network::new();
        let page = Page::answering(&format!("{{ declined: {declined} }}"));
        let stage = page.before(&asked()).await;
        stage.press("Create a passkey").await;
        assert!(stage.announced("alert").concat().contains(told));
        assert_eq!(stage.announced("alert").is_empty(), told.is_empty());
        stage.press("Create a passkey").await;
        assert_eq!(page.asked().iter().filter(|asked| asked.starts_with("create")).count(), 2);
        stage.press("Not now").await;
        assert!(network.sent()[0].1.contains(&format!(r#""data":{{"skip":"{reason}"}}"#)));
    }
}

#[wasm_bindgen_test]
async fn who_comes_back_from_another_window_goes_on_from_there() {
    let network = Network::new();
    let page = Page::answering("{ back: true }").framed();
    let stage = page.before(&asked()).await;
    stage.press("Create a passkey (opens in a new tab)").await;
    assert!(network.sent()[0].0.ends_with("/sessions/open"));
    network.answers(200, &session(r#"{"review":{"steps":[]}}"#)).await;
    assert_eq!(stage.heading(), "Check your answers");
}

#[wasm_bindgen_test]
async fn where_none_can_be_made_that_is_said_and_one_button_leads_on() {
    let network = Network::new();
    let stage = Stage::with(&session(r#"{"passkey":{}}"#)).await;
    assert!(stage.says("cannot create a passkey here"));
    assert_eq!(stage.buttons(), ["Continue"]);
    stage.press("Continue").await;
    assert!(network.sent()[0].1.contains(r#""data":{"skip":"unsupported"}"#));
}
