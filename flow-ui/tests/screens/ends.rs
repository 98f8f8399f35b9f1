//! The two ends, and what the host page hears of them.

use wasm_bindgen_test::wasm_bindgen_test;

use super::form::filled_form;
use super::network::Network;
use super::stage::Stage;

#[wasm_bindgen_test]
async fn the_good_end_hands_the_token_over_once() {
    let stage = Stage::closable(answer!("complete/token")).await;
    assert_eq!(stage.heading(), "Thank you, that is all");
    assert_eq!(stage.heard(), ["onComplete valtok_0000000000000000000000000000000004"]);
    stage.press("Close").await;
    assert_eq!(stage.heard()[1..], ["onClose"]);
}

#[wasm_bindgen_test]
async fn a_result_that_was_redeemed_is_not_handed_over() {
    let stage = Stage::with(answer!("complete/redeemed")).await;
    assert_eq!(stage.heading(), "Thank you, that is all");
    assert_eq!(stage.heard(), [""; 0]);
    // On a page of its own there is nothing to close.
    assert_eq!(stage.buttons(), [""; 0]);
    assert!(stage.says("You can close this page."));
}

#[wasm_bindgen_test]
async fn an_expired_session_says_where_to_go_and_what_to_quote() {
    let network = Network::new();
    let stage = filled_form().await;
    stage.press("Continue").await;
    network.answers(410, answer!("errors/session_expired")).await;
    assert_eq!(stage.heading(), "We cannot go on");
    assert!(stage.says("This session has expired. Go back to where you came from and start again."));
    assert!(stage.says("Reference: err_0000000000000000000001"));
    assert_eq!(stage.heard(), ["onError session_expired"]);
}
