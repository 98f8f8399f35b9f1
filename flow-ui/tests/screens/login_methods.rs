//! Changing how one logs in.

use wasm_bindgen_test::wasm_bindgen_test;

use super::login::{OPTIONS, Page, refusal, session, turn};
use super::network::Network;
use super::stage::Stage;

fn methods(passkeys: u16, more: &str) -> String {
    format!(
        r#"{{"login_methods":{{"methods":[{{"method":"phone"}},{{"method":"email","masked":"a•••@mail.example"}},
        {{"method":"passkey"}}],"passkeys":{passkeys},"passkey":"{OPTIONS}"{more}}}}}"#
    )
}

#[wasm_bindgen_test]
async fn everything_that_there_is_can_be_changed_and_what_is_not_there_added() {
    let network = Network::new();
    let stage = Page::answering("null").before(&session(&methods(2, r#","changed":[]"#))).await;
    assert_eq!(stage.heading(), "How you log in");
    assert!(stage.says("a•••@mail.example") && stage.says("None yet") && stage.says("You have 2"));
    assert_eq!(stage.buttons(), ["Add: Phone number", "Change: Email address", "Add: Passkeys", "Done"]);
    assert!(!stage.says("Changed"));
    stage.press("Done").await;
    assert!(network.sent()[0].1.contains(r#""data":{"done":true}"#));
}

#[wasm_bindgen_test]
async fn a_new_address_is_typed_and_its_code_leads_back_to_the_list() {
    let network = Network::new();
    let stage = Stage::with(&session(&methods(0, r#","changed":[]"#))).await;
    stage.press("Change: Email address").await;
    assert_eq!(stage.heading(), "What is your email address?");
    stage.type_in("Email address", "doe@mail.example").await;
    stage.press("Continue").await;
    network.answers(422, &refusal("email", "address_taken")).await;
    assert!(stage.description("Email address").contains("another account"));
    stage.press("Continue").await;
    let sent = r#","changed":[],"code":{"method":"email","to":"doe@mail.example","resend_seconds":0,"tries_left":5}"#;
    network.answers(200, &turn(&methods(0, sent))).await;
    assert_eq!(stage.heading(), "Check your email");
    stage.press("Send a new code").await;
    assert!(network.sent()[2].1.contains(r#""data":{"email":"doe@mail.example"}"#));
    network.answers(200, &turn(&methods(0, &sent.replace(":0,", ":30,")))).await;
    stage.type_in("Code", "123456").await;
    network.answers(200, &turn(&methods(0, r#","changed":["email"]"#))).await;
    assert_eq!(stage.heading(), "How you log in");
    assert!(stage.says("a•••@mail.exampleChanged"));
}

#[wasm_bindgen_test]
async fn who_changes_their_mind_is_back_at_the_list() {
    let network = Network::new();
    let stage = Stage::with(&session(&methods(0, r#","changed":[]"#))).await;
    stage.press("Add: Phone number").await;
    assert_eq!(stage.heading(), "What is your phone number?");
    stage.press("Keep it as it is").await;
    assert_eq!(stage.heading(), "How you log in");
    assert!(network.sent().is_empty());
}

#[wasm_bindgen_test]
async fn a_passkey_is_added() {
    let network = Network::new();
    let page = Page::answering("{ passkey: '{}' }");
    let stage = page.before(&session(&methods(0, r#","changed":[]"#))).await;
    stage.press("Add: Passkeys").await;
    assert!(network.sent()[0].1.contains(r#""data":{"passkey":"{}"}"#));
    network.answers(200, &turn(&methods(1, r#","changed":["passkey"]"#))).await;
    assert!(stage.says("You have 1Changed"));
}

#[wasm_bindgen_test]
async fn a_passkey_that_fails_leaves_the_list() {
    let page = Page::answering("{ declined: false }");
    let stage = page.before(&session(&methods(0, r#","changed":[]"#))).await;
    stage.press("Add: Passkeys").await;
    assert!(stage.announced("alert")[0].contains("was not created"));
    assert!(stage.buttons().contains(&"Done".into()));
}

#[wasm_bindgen_test]
async fn where_no_passkey_can_be_made_none_is_offered() {
    let without = methods(0, r#","changed":[]"#).replace(&format!(r#","passkey":"{OPTIONS}""#), "");
    let stage = Stage::with(&session(&without)).await;
    assert_eq!(stage.buttons(), ["Add: Phone number", "Change: Email address", "Done"]);
}
