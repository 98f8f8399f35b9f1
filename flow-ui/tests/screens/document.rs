//! The choice of a document, and the way back to it.

use wasm_bindgen_test::wasm_bindgen_test;

use super::network::Network;
use super::stage::Stage;

#[wasm_bindgen_test]
async fn a_document_is_chosen_and_submitted() {
    let network = Network::new();
    let stage = Stage::with(answer!("document/empty")).await;
    assert_eq!(stage.heading(), "Choose your document");
    assert_eq!(stage.labels(), ["Passport", "Identity card", "Driving licence"]);
    stage.press("Continue").await;
    assert_eq!(stage.announced("alert"), ["Choose a document to go on."]);
    assert_eq!(stage.focus(), "Passport");
    assert_eq!(network.sent(), []);

    stage.tick("Identity card").await;
    assert_eq!(stage.announced("alert"), [""; 0]);
    stage.press("Continue").await;
    assert!(network.sent()[0].1.contains(r#""data":{"kind":"id_card"}"#));
    network.answers(200, answer!("answers/files")).await;
    assert_eq!(stage.heading(), "Photograph the front");
}

#[wasm_bindgen_test]
async fn a_choice_of_one_is_made_already() {
    let network = Network::new();
    let stage = Stage::with(answer!("document/single")).await;
    assert!(stage.is_checked("Residence permit"));
    stage.press("Continue").await;
    assert!(network.sent()[0].1.contains(r#""kind":"residence_permit""#));
}

#[wasm_bindgen_test]
async fn from_the_camera_one_goes_back_to_the_choice_and_again_to_the_camera() {
    let stage = Stage::with(answer!("capture/front")).await;
    stage.press("Use another document").await;
    assert_eq!(stage.heading(), "Choose your document");
    assert!(stage.is_checked("Identity card"));
    assert_eq!(stage.buttons(), ["Continue", "Back"]);
    stage.press("Back").await;
    assert_eq!(stage.heading(), "Photograph the front");
}
