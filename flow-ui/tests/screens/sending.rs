//! What a person sees while something is on its way, and when it does not arrive.

use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Event;

use super::form::filled_form;
use super::network::Network;
use super::stage::{SERVER, Stage, settle, window};

/// The connection is back: whoever waits for it goes on at once.
async fn connection_returns() {
    window().dispatch_event(&Event::new("online").expect("an event")).expect("a window hears events");
    settle().await;
}

fn is_busy(stage: &Stage) -> bool {
    stage.all("button[type=submit]")[0].get_attribute("aria-disabled").as_deref() == Some("true")
}

#[wasm_bindgen_test]
async fn the_button_shows_that_something_is_on_its_way() {
    let network = Network::new();
    let stage = filled_form().await;
    assert!(!is_busy(&stage));
    stage.press("Continue").await;
    assert!(is_busy(&stage));
    network.answers(422, answer!("errors/invalid_field")).await;
    assert!(!is_busy(&stage));
}

#[wasm_bindgen_test]
async fn a_lost_answer_is_asked_for_again_with_the_same_nonce_and_body() {
    let network = Network::new();
    let stage = filled_form().await;
    stage.press("Continue").await;
    network.loses().await;
    assert_eq!(stage.announced("status"), ["This takes longer than usual. Please keep this page open."]);
    connection_returns().await;
    let sent = network.sent();
    assert_eq!(sent.len(), 2);
    assert_eq!(sent[0], sent[1]);
    network.answers(200, answer!("answers/next")).await;
    assert_eq!(stage.heading(), "Your agreement");
}

#[wasm_bindgen_test]
async fn when_no_answer_comes_the_person_may_try_again_and_nothing_is_lost() {
    let network = Network::new();
    let stage = filled_form().await;
    stage.press("Continue").await;
    for _ in 0..6 {
        network.loses().await;
        connection_returns().await;
    }
    network.loses().await;
    assert_eq!(network.sent().len(), 7);
    let said = stage.announced("status").join(" ");
    assert!(said.starts_with("We could not reach the server. What you gave is kept."), "{said}");
    assert_eq!(stage.value("Last name"), "Eriksson");
    assert_eq!(stage.heard(), [""; 0]);

    stage.press("Try again").await;
    let sent = network.sent();
    assert_eq!(sent[7], sent[0]);
    network.answers(200, answer!("answers/next")).await;
    assert_eq!(stage.heading(), "Your agreement");
}

#[wasm_bindgen_test]
async fn the_page_of_a_proxy_is_a_failure_and_no_riddle() {
    let network = Network::new();
    let stage = filled_form().await;
    stage.press("Continue").await;
    network.answers(200, "<html>Sign in to the airport's network</html>").await;
    let said = stage.announced("status").join(" ");
    assert!(said.starts_with("Something went wrong on our side. What you gave is kept."), "{said}");
    assert!(stage.buttons().contains(&"Try again".into()));
}

#[wasm_bindgen_test]
async fn a_fault_of_the_server_is_tried_again_and_then_said_with_its_reference() {
    let network = Network::new();
    let stage = filled_form().await;
    stage.press("Continue").await;
    for _ in 0..6 {
        network.answers(500, answer!("errors/internal")).await;
        connection_returns().await;
    }
    network.answers(500, answer!("errors/internal")).await;
    let said = stage.announced("status").join(" ");
    assert!(said.contains("Reference: err_0000000000000000000001"), "{said}");
}

#[wasm_bindgen_test]
async fn an_expired_nonce_is_renewed_unseen() {
    let network = Network::new();
    let stage = filled_form().await;
    stage.press("Continue").await;
    network.answers(410, answer!("errors/nonce_expired")).await;
    assert!(is_busy(&stage));
    assert_eq!(network.sent()[1].0, format!("POST {SERVER}/sessions/open"));
    assert_eq!(
        network.header("authorization").as_deref(),
        Some("Bearer obtok_0000000000000000000000000000000002")
    );
    network.answers(200, answer!("form/empty")).await;
    let sent = network.sent();
    assert!(sent[2].0.ends_with("/steps") && sent[2].1.contains(r#""id.last_name":"Eriksson""#));
    network.answers(200, answer!("answers/next")).await;
    assert_eq!(stage.heading(), "Your agreement");
}
