//! Forms: what is asked, what is known, what is wrong.

use wasm_bindgen_test::wasm_bindgen_test;

use super::network::Network;
use super::stage::{SERVER, Stage};

#[wasm_bindgen_test]
async fn an_empty_form_asks_for_everything_with_its_label() {
    let stage = Stage::with(answer!("form/empty")).await;
    assert_eq!(stage.heading(), "Your details");
    assert_eq!(stage.focus(), "Your details");
    assert!(stage.says("Step 1 of 5"));
    assert_eq!(
        stage.labels(),
        [
            "First names",
            "Last name",
            "Day",
            "Month",
            "Year",
            "Email address",
            "Phone number (optional)",
            "Address",
            "Town or city",
            "Postcode",
            "Country",
        ]
    );
    assert!(stage.labels().iter().all(|label| stage.value(label).is_empty()));
    assert!(stage.labels().iter().all(|label| !stage.is_wrong(label)));
    assert_eq!(stage.buttons(), ["Continue"]);
}

#[wasm_bindgen_test]
async fn who_is_asked_for_a_name_is_told_how_to_write_it_and_nobody_else() {
    let sentence = "Enter your name as it appears on your identity document.";
    for with_name in [answer!("form/empty"), answer!("form/masked")] {
        assert!(Stage::with(with_name).await.says(sentence));
    }
    let number_alone = answer!("form/masked").replace("id.last_name", "id.city");
    for without in [&number_alone, answer!("form/owners")] {
        let stage = Stage::with(without).await;
        assert!(!stage.labels().is_empty());
        assert!(!stage.says("identity document"));
    }
}

#[wasm_bindgen_test]
async fn the_browser_knows_what_to_fill_in_and_which_keyboard_to_show() {
    let stage = Stage::with(answer!("form/empty")).await;
    let attribute = |label: &str, name| stage.field(label).get_attribute(name).unwrap_or_default();
    for (label, token) in [
        ("First names", "given-name"),
        ("Last name", "family-name"),
        ("Day", "bday-day"),
        ("Email address", "email"),
        ("Phone number (optional)", "tel"),
        ("Postcode", "postal-code"),
        ("Country", "country"),
    ] {
        assert_eq!(attribute(label, "autocomplete"), token, "{label}");
    }
    assert_eq!(attribute("Year", "inputmode"), "numeric");
    assert_eq!(attribute("Email address", "inputmode"), "email");
    assert_eq!(attribute("Phone number (optional)", "type"), "tel");
}

#[wasm_bindgen_test]
async fn what_is_known_stands_in_the_form() {
    let stage = Stage::with(answer!("form/prefilled")).await;
    assert_eq!(stage.value("First names"), "Anna Maria");
    assert_eq!(["Day", "Month", "Year"].map(|part| stage.value(part)), ["12", "08", "1974"]);
    assert_eq!(stage.value("Country"), "SE");
    assert_eq!(stage.value("Last name"), "");
}

#[wasm_bindgen_test]
async fn a_number_that_may_not_be_shown_can_be_kept() {
    let network = Network::new();
    let stage = Stage::with(answer!("form/masked")).await;
    assert_eq!(stage.value("Social Security number"), "");
    assert_eq!(stage.description("Social Security number"), "We have ••••6789. Leave this empty to keep it.");
    stage.type_in("Last name", "Eriksson").await;
    stage.press("Continue").await;
    assert!(network.sent()[0].1.contains(r#""data":{"id.last_name":"Eriksson"}"#));
}

#[wasm_bindgen_test]
async fn every_format_is_drawn() {
    let stage = Stage::with(answer!("form/every_format")).await;
    assert_eq!(stage.heading(), "Everything that can be asked");
    for list in ["Country", "State of issue", "Status in the United States", "Colour"] {
        assert_eq!(stage.field(list).tag_name(), "SELECT", "{list}");
    }
    let options = |label: &str| -> Vec<String> {
        let field = stage.field(label);
        let found = field.query_selector_all("option").expect("a selector");
        (0..found.length()).filter_map(|at| found.get(at)?.text_content()).collect()
    };
    assert_eq!(options("Colour"), ["Select", "light blue", "green"]);
    assert_eq!(
        options("Status in the United States"),
        ["Select", "Citizen", "Permanent resident", "On a visa"]
    );
    assert!(options("Country").contains(&"Sweden".into()));
    assert!(options("Country").len() > 200);
    assert_eq!(stage.field("Send me news (optional)").get_attribute("type").as_deref(), Some("checkbox"));
    assert_eq!(stage.description("Your share"), "In percent");
    assert_eq!(stage.field("Income").get_attribute("inputmode").as_deref(), Some("decimal"));
    let legends: Vec<_> = stage.all("legend").iter().filter_map(|legend| legend.text_content()).collect();
    assert_eq!(legends, ["Date of birth", "Visa valid until", "Moved in on"]);
}

#[wasm_bindgen_test]
async fn a_problem_is_said_when_a_person_leaves_the_field_and_goes_when_it_is_mended() {
    let stage = Stage::with(answer!("form/empty")).await;
    stage.type_in("Email address", "anna").await;
    assert!(stage.is_wrong("Email address"));
    assert_eq!(stage.description("Email address"), "Enter an email address in the form name@example.com.");
    stage.type_in("Email address", "anna@mail.example").await;
    assert!(!stage.is_wrong("Email address"));
    assert_eq!(stage.description("Email address"), "");
}

#[wasm_bindgen_test]
async fn an_empty_field_is_left_in_peace_until_the_end() {
    let network = Network::new();
    let stage = Stage::with(answer!("form/empty")).await;
    stage.type_in("First names", "").await;
    assert!(!stage.is_wrong("First names"));
    stage.press("Continue").await;
    assert_eq!(stage.description("First names"), "Enter your first names.");
    assert!(stage.is_wrong("Country"));
    assert!(!stage.is_wrong("Phone number (optional)"));
    // The keyboard is at the first problem, and nothing left.
    assert_eq!(stage.focus(), "First names");
    assert_eq!(network.sent(), []);
    stage.choose("Country", "SE").await;
    assert!(!stage.is_wrong("Country"));
}

#[wasm_bindgen_test]
async fn a_date_that_does_not_exist_is_said_so_for_all_three_parts() {
    let stage = Stage::with(answer!("form/prefilled")).await;
    stage.type_in("Day", "30").await;
    stage.type_in("Month", "2").await;
    stage.press("Continue").await;
    for part in ["Day", "Month", "Year"] {
        assert!(stage.is_wrong(part), "{part}");
        assert!(stage.description(part).ends_with("Enter a real date, for example 27 3 1990."), "{part}");
    }
}

#[wasm_bindgen_test]
async fn a_complete_form_is_submitted_once_and_in_canonical_form() {
    let network = Network::new();
    let stage = filled_form().await;
    stage.press("Continue").await;
    stage.press("Continue").await;
    let sent = network.sent();
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0].0, format!("POST {SERVER}/sessions/00000000-0000-4000-8000-000000000001/steps"));
    for part in [
        r#""step":"personal_data""#,
        r#""nonce":"nnnn"#,
        r#""id.first_name":"Anna Maria""#,
        r#""id.dob":"1974-08-12""#,
        r#""id.country":"SE""#,
    ] {
        assert!(sent[0].1.contains(part), "{part} in {}", sent[0].1);
    }
    assert!(!sent[0].1.contains("id.phone_number"), "what was not given is left out");

    network.answers(200, answer!("answers/next")).await;
    assert_eq!(stage.heading(), "Your agreement");
    assert_eq!(stage.focus(), "Your agreement");
}

#[wasm_bindgen_test]
async fn what_the_server_refuses_is_said_at_the_field_and_what_was_typed_stays() {
    let network = Network::new();
    let stage = filled_form().await;
    stage.press("Continue").await;
    network.answers(422, answer!("errors/invalid_field")).await;
    assert_eq!(stage.announced("status"), ["Some answers need another look."]);
    assert!(stage.description("Email address").contains("Enter an email address"));
    assert!(stage.is_wrong("Day"));
    assert_eq!(stage.focus(), "Day");
    assert_eq!(stage.value("Last name"), "Eriksson");
    stage.press("Continue").await;
    assert_eq!(network.sent().len(), 2, "what this browser finds nothing wrong with may be sent again");
}

/// The form with all of it filled.
pub async fn filled_form() -> Stage {
    let stage = Stage::with(answer!("form/prefilled")).await;
    for (label, text) in [
        ("Last name", "Eriksson"),
        ("Email address", "anna.eriksson@mail.example"),
        ("Address", "12 Harbour Street"),
        ("Town or city", "Zenith"),
        ("Postcode", "94107"),
    ] {
        stage.type_in(label, text).await;
    }
    stage
}
