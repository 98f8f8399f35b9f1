//! A file that may come when all else is done: it is asked for first, and the end is told once.

use wasm_bindgen_test::wasm_bindgen_test;

use super::network::Network;
use super::photo::choose_file;
use super::stage::{Stage, pause};

/// What the host hears of a session that a backend started: the tokens of the recorded answers are alike.
async fn before_the_late_file() -> Stage {
    let stage = Stage::with(answer!("file/late")).await;
    assert_eq!(stage.heading(), "Proof of income");
    assert_eq!(stage.buttons(), ["Choose a file", "Finish without it"]);
    assert_eq!(stage.heard().len(), 1, "{:?}", stage.heard());
    assert!(stage.heard()[0].starts_with("onHeld valtok_"), "{:?}", stage.heard());
    stage
}

#[wasm_bindgen_test]
async fn the_file_is_sent_and_then_the_host_hears_of_the_end() {
    let network = Network::new();
    let stage = before_the_late_file().await;
    choose_file(&stage, "payslip.pdf", 7);
    pause(0).await;
    stage.press("Send this file").await;
    network.answers(200, &answer!("answers/accepted").replace(r#""back""#, "")).await;
    assert_eq!(stage.heading(), "Thank you, that is all");
    assert_eq!(stage.heard().len(), 1, "the token at hand may have aged");
    assert!(network.sent()[1].0.ends_with("/sessions/open"), "{:?}", network.sent());
    network.answers(200, answer!("complete/token")).await;
    assert!(stage.heard()[1].starts_with("onComplete valtok_"), "{:?}", stage.heard());
    assert_eq!(stage.heard().len(), 2);
}

#[wasm_bindgen_test]
async fn a_person_may_end_without_it() {
    let network = Network::new();
    let stage = before_the_late_file().await;
    stage.press("Finish without it").await;
    assert_eq!(stage.heading(), "Thank you, that is all");
    network.answers(200, answer!("file/late")).await;
    assert_eq!(stage.heading(), "Thank you, that is all", "who ended without it is not asked again");
    assert!(stage.heard()[1].starts_with("onComplete valtok_"), "{:?}", stage.heard());
}

#[wasm_bindgen_test]
async fn the_last_answer_leads_to_the_file() {
    let network = Network::new();
    let stage = Stage::with(answer!("review/full")).await;
    stage.press("Confirm and send").await;
    network.answers(200, answer!("answers/late")).await;
    assert_eq!(stage.heading(), "Proof of income");
    assert!(stage.heard()[0].starts_with("onHeld"), "{:?}", stage.heard());
}
