//! The owners of a business: a list that grows and shrinks, and shares that must not exceed the whole.

use wasm_bindgen_test::wasm_bindgen_test;

use super::network::Network;
use super::review::lines;
use super::stage::Stage;

/// The inputs of the first owner's fields; with the next one's their labels stand twice.
const OWNER: [&str; 4] = ["First names", "Last name", "Email address", "Share, in percent"];

const EXCEED: &str = "With this share it is more than 100 percent. Check all shares.";

async fn corrected() -> Stage {
    let stage = Stage::with(answer!("review/owners")).await;
    stage.press("Change: Who owns it").await;
    stage
}

#[wasm_bindgen_test]
async fn nobody_is_named_at_first_and_an_owner_who_is_added_has_the_keyboard() {
    let stage = Stage::with(answer!("form/owners")).await;
    assert_eq!(stage.labels(), ["Your own share, in percent"]);
    assert_eq!(stage.buttons(), ["Add an owner", "Continue"]);
    assert!(!stage.says("All shares together"));

    stage.press("Add an owner").await;
    assert_eq!(stage.labels()[1..], OWNER);
    assert_eq!(stage.focus(), "First names");
    assert_eq!(stage.announced("status"), ["Owner 1 was added."]);
    assert_eq!(stage.buttons(), ["Remove: Owner 1", "Add an owner", "Continue"]);
    let legends: Vec<_> = stage.all("legend").iter().filter_map(|legend| legend.text_content()).collect();
    assert_eq!(legends, ["Other owners", "Owner 1"]);
}

#[wasm_bindgen_test]
async fn what_stands_in_the_list_is_submitted_with_the_own_share() {
    let network = Network::new();
    let stage = Stage::with(answer!("form/owners")).await;
    stage.type_in("Your own share, in percent", "60 %").await;
    stage.press("Add an owner").await;
    for (label, text) in OWNER.iter().zip(["Bo", "Ek", "bo@EK.example", "40"]) {
        stage.type_in(label, text).await;
    }
    assert!(stage.says("All shares together: 100 percent"));
    stage.press("Continue").await;
    assert!(
        network.sent()[0].1.contains(
            r#""data":{"business.primary_owner_stake":60,"business.secondary_owners":[{"first_name":"Bo","last_name":"Ek","email":"bo@ek.example","ownership_stake":40}]}"#
        ),
        "{}",
        network.sent()[0].1
    );
}

#[wasm_bindgen_test]
async fn nobody_else_is_an_answer_too() {
    let network = Network::new();
    let stage = Stage::with(answer!("form/owners")).await;
    stage.type_in("Your own share, in percent", "100").await;
    stage.press("Continue").await;
    assert!(network.sent()[0].1.contains(r#""business.secondary_owners":[]"#));
}

#[wasm_bindgen_test]
async fn an_owner_who_lacks_something_is_not_submitted_and_every_field_says_what() {
    let network = Network::new();
    let stage = Stage::with(answer!("form/owners")).await;
    stage.type_in("Your own share, in percent", "60").await;
    stage.press("Add an owner").await;
    stage.press("Continue").await;
    assert_eq!(network.sent(), []);
    assert_eq!(stage.focus(), "First names");
    assert_eq!(
        OWNER.map(|label| stage.description(label)),
        [
            "Enter the first names of this owner.",
            "Enter the last name of this owner.",
            "Enter the email address of this owner.",
            "Enter the share of this owner.",
        ]
    );
}

#[wasm_bindgen_test]
async fn shares_that_exceed_the_whole_are_said_until_they_do_no_more() {
    let network = Network::new();
    let stage = corrected().await;
    stage.type_in("Your own share, in percent", "75").await;
    assert!(stage.says("All shares together: 125 percent"));
    stage.press("Continue").await;
    assert_eq!(network.sent(), []);
    // 75 and 30 are too much already: the first of the two owners is asked to look.
    assert_eq!(stage.focus(), "Share, in percent");
    assert_eq!(stage.description("Share, in percent"), EXCEED);
    stage.type_in("Your own share, in percent", "50").await;
    assert!(!stage.is_wrong("Share, in percent"));
    stage.press("Continue").await;
    assert_eq!(network.sent().len(), 1);
}

#[wasm_bindgen_test]
async fn what_the_server_refuses_is_said_at_the_owners_own_field() {
    let network = Network::new();
    let stage = corrected().await;
    stage.press("Continue").await;
    network.answers(422, answer!("errors/stakes_exceed")).await;
    let shares = stage.all("input[id$=ownership_stake]");
    assert_eq!(shares.len(), 2);
    let wrong: Vec<_> = shares.iter().map(|share| share.get_attribute("aria-invalid").is_some()).collect();
    assert_eq!(wrong, [false, true], "the second owner takes the sum past the whole");
}

#[wasm_bindgen_test]
async fn an_owner_who_is_removed_leaves_the_others_as_they_were() {
    let stage = corrected().await;
    assert_eq!(stage.value("First names"), "Bo");
    stage.press("Remove: Owner 1").await;
    assert_eq!(stage.value("First names"), "Cy");
    assert_eq!(stage.value("Share, in percent"), "20");
    assert!(stage.says("All shares together: 70 percent"));
    assert_eq!(stage.announced("status"), ["Owner 1 was removed."]);
    assert!(stage.focus().starts_with("Owner 1"), "who took the place: {}", stage.focus());
    stage.press("Remove: Owner 1").await;
    assert_eq!(stage.focus(), "Add an owner", "nobody is left to go to");
    assert_eq!(stage.labels(), ["Your own share, in percent"]);
}

#[wasm_bindgen_test]
async fn there_are_at_most_twenty() {
    let stage = Stage::with(answer!("form/owners")).await;
    for _ in 0..20 {
        stage.press("Add an owner").await;
    }
    let offered = stage.all("button.secondary");
    assert_eq!((offered.len(), offered[0].has_attribute("hidden")), (1, true));
    stage.press("Remove: Owner 20").await;
    assert!(!stage.all("button.secondary")[0].has_attribute("hidden"));
}

#[wasm_bindgen_test]
async fn the_review_says_who_owns_what() {
    let owners = Stage::with(answer!("review/owners")).await;
    let given: Vec<_> = owners.all("dd").iter().filter_map(|line| line.text_content()).collect();
    assert_eq!(given, ["50 percent", "Bo Ek, 30 percent, bo@ek.example", "Cy Li, 20 percent, cy@li.example"]);
    let alone = Stage::with(answer!("review/no_owners")).await;
    assert!(lines(&alone).contains(&("Other owners".into(), "None".into())));
}

#[wasm_bindgen_test]
async fn a_button_that_is_pressed_does_not_move_the_keyboard_first() {
    let stage = Stage::with(answer!("form/owners")).await;
    stage.press("Add an owner").await;
    for button in ["button.secondary", ".owner button"] {
        let press = web_sys::Event::new_with_event_init_dict("mousedown", &{
            let how = web_sys::EventInit::new();
            how.set_cancelable(true);
            how
        })
        .expect("an event");
        stage.all(button)[0].dispatch_event(&press).expect("an element hears events");
        assert!(press.default_prevented(), "{button}");
    }
}
