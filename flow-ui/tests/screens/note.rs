//! A reviewer's note: read first, at hand later, and never more than text.

use wasm_bindgen_test::wasm_bindgen_test;

use super::form::filled_form;
use super::network::Network;
use super::stage::Stage;

/// The note of the recorded answer, as JSON has it.
const RECORDED: &str = r#""The address is not the one on your statement.\nPlease check it.""#;

/// The step that a reviewer asks for, with another note above it.
async fn asked(note: &str) -> Stage {
    let note = js_sys::JSON::stringify(&note.into()).expect("a text").as_string().expect("a text");
    Stage::with(&answer!("form/note").replace(RECORDED, &note)).await
}

fn is_open(stage: &Stage) -> bool {
    stage.all("details")[0].has_attribute("open")
}

#[wasm_bindgen_test]
async fn a_note_is_read_above_the_first_step_and_its_heading_leads_to_it() {
    let stage = Stage::with(answer!("form/note")).await;
    assert!(is_open(&stage));
    assert!(stage.says("A note from Northwind Bank"));
    let heading = &stage.all("h1")[0];
    assert_eq!(heading.get_attribute("aria-describedby").as_deref(), Some("note"));
    let words = stage.all("#note p")[0].text_content();
    assert_eq!(words.as_deref(), Some("The address is not the one on your statement.\nPlease check it."));
}

#[wasm_bindgen_test]
async fn it_is_folded_on_the_next_step_and_still_there() {
    let network = Network::new();
    let stage = Stage::with(answer!("form/note")).await;
    stage.press("Continue").await;
    network.answers(200, answer!("answers/next")).await;
    assert_eq!(stage.heading(), "Your agreement");
    assert!(!is_open(&stage));
    assert!(stage.says("Please check it."));
    assert_eq!(stage.all("h1")[0].get_attribute("aria-describedby"), None);
}

#[wasm_bindgen_test]
async fn a_long_note_shows_its_beginning() {
    let stage = asked(&"Please send this again. ".repeat(20)).await;
    assert!(!is_open(&stage));
    let beginning = stage.all(".beginning")[0].text_content().unwrap_or_default();
    assert!(beginning.starts_with("Please send this again. Please"), "{beginning}");
    assert!(beginning.ends_with('…') && beginning.len() < 160, "{beginning}");
    let stage = asked("One\nTwo\nThree\nFour\nFive\nSix\nSeven").await;
    assert!(!is_open(&stage));
}

#[wasm_bindgen_test]
async fn a_note_is_text_and_nothing_else() {
    let stage = asked("<img src=x onerror=alert(1)> & <b>now</b>").await;
    assert!(stage.says("<img src=x onerror=alert(1)> & <b>now</b>"));
    assert!(stage.all("img, b").is_empty());
}

#[wasm_bindgen_test]
async fn without_a_note_there_is_no_place_for_one() {
    assert!(filled_form().await.all("details").is_empty());
}
