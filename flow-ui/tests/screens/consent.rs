//! Consents: each with its own tick.

use wasm_bindgen_test::wasm_bindgen_test;

use super::network::Network;
use super::stage::Stage;

const SENTENCE: &str = "I agree that my data, my document and my picture are used to check who I am.";

#[wasm_bindgen_test]
async fn nothing_is_agreed_to_in_advance() {
    let stage = Stage::with(answer!("consent/one")).await;
    assert_eq!(stage.heading(), "Your agreement");
    assert_eq!(stage.labels(), [SENTENCE]);
    assert!(!stage.is_checked(SENTENCE));
}

#[wasm_bindgen_test]
async fn without_the_tick_it_does_not_go_on() {
    let network = Network::new();
    let stage = Stage::with(answer!("consent/one")).await;
    stage.press("Continue").await;
    assert!(stage.is_wrong(SENTENCE));
    assert_eq!(stage.description(SENTENCE), "You need to agree to go on.");
    assert_eq!(stage.focus(), SENTENCE);
    assert_eq!(network.sent(), []);
    stage.tick(SENTENCE).await;
    assert!(!stage.is_wrong(SENTENCE));
    assert_eq!(stage.description(SENTENCE), "");
}

#[wasm_bindgen_test]
async fn a_tick_is_submitted_as_the_version_of_its_text() {
    let network = Network::new();
    let stage = Stage::with(answer!("consent/one")).await;
    stage.tick(SENTENCE).await;
    stage.press("Continue").await;
    assert!(network.sent()[0].1.contains(r#""data":{"identity_check":"1.0"}"#));
}

#[wasm_bindgen_test]
async fn what_is_optional_may_be_declined_and_the_whole_text_can_be_read() {
    let network = Network::new();
    let stage = Stage::with(answer!("consent/several")).await;
    assert_eq!(stage.heading(), "Your word");
    let links = stage.all("a");
    assert_eq!(links.len(), 1);
    assert_eq!(links[0].text_content().as_deref(), Some("Read the full text (opens in a new tab)"));
    assert_eq!(links[0].get_attribute("href").as_deref(), Some("https://bank.example/terms"));
    assert_eq!(links[0].get_attribute("rel").as_deref(), Some("noopener noreferrer"));
    stage.tick("I agree to the terms.").await;
    stage.press("Continue").await;
    assert!(network.sent()[0].1.contains(r#""data":{"terms":"2.1","news":false}"#));
}
