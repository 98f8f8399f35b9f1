//! The review: all that was given, each part with a way to correct it.

use wasm_bindgen_test::wasm_bindgen_test;

use super::network::Network;
use super::stage::Stage;

/// Terms and what was given, in order.
pub fn lines(stage: &Stage) -> Vec<(String, String)> {
    let texts = |selector| -> Vec<String> {
        stage.all(selector).iter().filter_map(|element| element.text_content()).collect()
    };
    texts("dt").into_iter().zip(texts("dd")).collect()
}

#[wasm_bindgen_test]
async fn all_that_was_given_is_shown_in_words() {
    let stage = Stage::with(answer!("review/full")).await;
    assert_eq!(stage.heading(), "Check your answers");
    let lines = lines(&stage);
    for (term, given) in [
        ("First names", "Anna Maria"),
        ("Country", "Sweden"),
        ("Phone number", "Not given"),
        ("I agree that my data, my document and my picture are used to check who I am.", "Agreed"),
        ("Kind", "Passport"),
        ("Front", "Photo taken"),
        ("Your picture", "Photo taken"),
    ] {
        assert!(lines.contains(&(term.into(), given.into())), "{term}: {given} in {lines:?}");
    }
    let born = lines.iter().find(|(term, _)| term == "Date of birth").expect("it was given");
    assert!(born.1.contains("1974") && !born.1.contains("1974-08-12"), "{}", born.1);
    assert_eq!(
        stage.buttons(),
        [
            "Change: Your details",
            "Change: Your agreement",
            "Change: Your document",
            "Change: Your picture",
            "Confirm and send",
        ]
    );
}

#[wasm_bindgen_test]
async fn answers_are_shown_in_words_and_not_in_codes() {
    let stage = Stage::with(answer!("review/every_format")).await;
    let lines = lines(&stage);
    for (term, given) in [
        ("Status in the United States", "Permanent resident"),
        ("Colour", "light blue"),
        ("Send me news", "Yes"),
        ("Your share", "40 percent"),
        ("Income", "1200.50"),
        ("Driving licence number", "••••4567"),
    ] {
        assert!(lines.contains(&(term.into(), given.into())), "{term}: {given} in {lines:?}");
    }
}

#[wasm_bindgen_test]
async fn a_corrected_form_holds_every_format_again() {
    let network = Network::new();
    let stage = Stage::with(answer!("review/every_format")).await;
    stage.press("Change: Everything that can be asked").await;
    assert_eq!(stage.value("Colour"), "light_blue");
    assert_eq!(stage.value("Phone number"), "+46812345678");
    assert!(stage.is_checked("Send me news (optional)"));
    stage.press("Continue").await;
    // Unchanged, it can be submitted as it is; what was masked is left out and stays.
    let body = &network.sent()[0].1;
    assert!(body.contains(r#""moved_in":"2001-05-01""#) && body.contains(r#""newsletter":true"#), "{body}");
    assert!(!body.contains("id.ssn9"), "{body}");
}

#[wasm_bindgen_test]
async fn the_page_hears_of_each_step_that_is_shown() {
    let network = Network::new();
    let stage = Stage::with(answer!("review/every_format")).await;
    stage.press("Change: Everything that can be asked").await;
    stage.press("Continue").await;
    network.answers(422, answer!("errors/invalid_field")).await;
    stage.press("Back").await;
    assert_eq!(stage.steps(), ["review", "everything", "review"]);
}

#[wasm_bindgen_test]
async fn what_may_not_be_shown_is_shown_by_its_last_digits() {
    let stage = Stage::with(answer!("review/masked")).await;
    let lines = lines(&stage);
    assert!(lines.contains(&("Social Security number".into(), "••••6789".into())), "{lines:?}");
    assert!(lines.contains(&("Write to me about new products.".into(), "Not agreed".into())), "{lines:?}");
}

#[wasm_bindgen_test]
async fn a_part_is_corrected_and_the_way_back_is_there() {
    let network = Network::new();
    let stage = Stage::with(answer!("review/full")).await;
    stage.press("Change: Your details").await;
    assert_eq!(stage.heading(), "Your details");
    assert_eq!(stage.value("Last name"), "Eriksson");
    assert_eq!(stage.buttons(), ["Continue", "Back"]);
    stage.press("Back").await;
    assert_eq!(stage.heading(), "Check your answers");

    stage.press("Change: Your details").await;
    stage.type_in("Last name", "Lind").await;
    stage.press("Continue").await;
    let body = &network.sent()[0].1;
    assert!(
        body.contains(r#""step":"personal_data""#) && body.contains(r#""id.last_name":"Lind""#),
        "{body}"
    );
}

#[wasm_bindgen_test]
async fn a_corrected_choice_is_the_one_that_was_made() {
    let stage = Stage::with(answer!("review/full")).await;
    stage.press("Change: Your document").await;
    assert!(stage.is_checked("Passport"));
    stage.press("Back").await;
    stage.press("Change: Your agreement").await;
    assert!(stage.is_checked(&stage.labels()[0]));
}

#[wasm_bindgen_test]
async fn to_confirm_submits_the_review() {
    let network = Network::new();
    let stage = Stage::with(answer!("review/full")).await;
    stage.press("Confirm and send").await;
    assert!(network.sent()[0].1.contains(r#""step":"review","data":{}"#));
}
