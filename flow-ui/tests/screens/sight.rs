//! The camera that sees, with a sight that stands in for the worker: what the flow asks of it, and does with
//! what it says.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

use super::network::Network;
use super::stage::{Stage, pause};

/// A sight whose eyes are a test. `asked` notes what the flow asks of it.
struct Eyes(JsValue);

impl Eyes {
    /// Eyes that are there, with what `recall` and `question` do.
    fn new(recall: &str, question: &str) -> Self {
        Self::of(&format!(
            "const eyes = {{ asked: [] }};
             const sight = {{
               watch(stage, wanted, take) {{
                 eyes.asked.push(['watch', stage.classList[0], wanted.subject, wanted.kind].join(' '));
                 eyes.take = take;
                 eyes.video = stage.querySelector('video');
                 return () => eyes.asked.push('stop');
               }},
             }};
             eyes.sight = {{
               open: () => (eyes.asked.push('open'), Promise.resolve(sight)),
               recall: (name, known) => {{ {recall} }},
               question: (place, given, correct) => {{ {question} }},
             }};
             return eyes;"
        ))
    }

    fn of(script: &str) -> Self {
        Self(Function::new_no_args(script).call0(&JsValue::UNDEFINED).expect("a script of our own"))
    }

    async fn before(&self, answer: &str) -> Stage {
        Stage::seeing(answer, &Reflect::get(&self.0, &"sight".into()).expect("they have one")).await
    }

    fn asked(&self) -> Vec<String> {
        let asked = Reflect::get(&self.0, &"asked".into()).expect("it is noted");
        js_sys::Array::from(&asked).iter().filter_map(|word| word.as_string()).collect()
    }

    async fn until_asked(&self, what: &str) {
        while !self.asked().iter().any(|asked| asked == what) {
            pause(20).await;
        }
    }

    /// Has read this, and takes no picture.
    fn read(&self, reading: &str) {
        let script = Function::new_with_args("eyes", &format!("eyes.video.reading = {reading};"));
        script.call1(&JsValue::UNDEFINED, &self.0).expect("they look");
    }

    /// Takes a picture, in which `reading` was read.
    async fn take(&self, reading: &str) {
        let script = format!(
            "const canvas = document.createElement('canvas'); canvas.width = 30; canvas.height = 20;
             return new Promise((done, fail) => canvas.toBlob((blob) => {{ try {{
               eyes.take({{ blob, width: 30, height: 20, reading: {reading} }}); done(); }} catch (error) {{ fail(error); }}
             }}, 'image/jpeg'));"
        );
        let taken = Function::new_with_args("eyes", &script).call1(&JsValue::UNDEFINED, &self.0);
        let taken: Promise = taken.expect("a canvas").unchecked_into();
        wasm_bindgen_futures::JsFuture::from(taken).await.expect("a picture");
        pause(50).await;
    }
}

#[wasm_bindgen_test]
async fn the_sight_is_opened_before_the_camera_and_looks_while_it_is_on() {
    let eyes = Eyes::new("", "");
    let stage = eyes.before(answer!("capture/passport")).await;
    assert_eq!(eyes.asked(), ["open"], "while the person reads what to do");
    stage.press("Open camera").await;
    eyes.until_asked("watch live passport passport").await;
    stage.press("Back").await;
    eyes.until_asked("stop").await;
    assert_eq!(stage.heading(), "Photograph your passport");
}

#[wasm_bindgen_test]
async fn what_is_looked_for_is_said_of_each_side() {
    for (answer, wanted) in [
        (answer!("capture/front"), "watch live front id_card"),
        (answer!("capture/back"), "watch live back id_card"),
        (answer!("selfie/outstanding"), "watch live face "),
    ] {
        let eyes = Eyes::new("", "");
        let mut stage = eyes.before(answer).await;
        stage.press("Open camera").await;
        eyes.until_asked(wanted).await;
        stage.destroy().await;
        assert_eq!(eyes.asked().last().map(String::as_str), Some("stop"), "destroyed in the middle");
    }
}

#[wasm_bindgen_test]
async fn a_picture_that_was_taken_is_looked_at_and_sent() {
    let network = Network::new();
    let eyes = Eyes::new("", "");
    let stage = eyes.before(answer!("capture/passport")).await;
    stage.press("Open camera").await;
    eyes.until_asked("watch live passport passport").await;
    eyes.take("undefined").await;
    assert_eq!(stage.heading(), "Is it sharp and complete?");
    assert_eq!(stage.buttons(), ["Use this photo", "Take it again"]);
    assert_eq!(eyes.asked().last().map(String::as_str), Some("stop"));
    stage.press("Use this photo").await;
    assert!(network.sent()[0].0.ends_with("/upload"));
}

/// A reading, which notes that it was confirmed.
const READING: &str = "{
    lines: () => Object.assign(document.createElement('dl'), { textContent: 'ERIKSSON' }),
    confirm: () => eyes.asked.push('confirmed'),
}";

#[wasm_bindgen_test]
async fn what_was_read_before_the_button_was_pressed_is_confirmed_too() {
    let _network = Network::new();
    let eyes = Eyes::new("", "");
    let stage = eyes.before(answer!("capture/passport")).await;
    stage.press("Open camera").await;
    eyes.until_asked("watch live passport passport").await;
    eyes.read(READING);
    stage.press("Take photo").await;
    stage.until_headed("Is this right?").await;
    assert!(stage.says("ERIKSSON"));
    stage.press("Yes, this is right").await;
    assert!(eyes.asked().iter().any(|asked| asked == "confirmed"));
}

#[wasm_bindgen_test]
async fn what_was_read_is_confirmed_or_left() {
    for (button, confirmed) in [("Yes, this is right", true), ("No, but the photo is good", false)] {
        let network = Network::new();
        let eyes = Eyes::new("", "");
        let stage = eyes.before(answer!("capture/passport")).await;
        stage.press("Open camera").await;
        eyes.until_asked("watch live passport passport").await;
        eyes.take(READING).await;
        assert_eq!(stage.heading(), "Is this right?");
        assert!(stage.says("ERIKSSON"));
        assert_eq!(stage.buttons(), ["Yes, this is right", "Take it again", "No, but the photo is good"]);
        stage.press(button).await;
        assert_eq!(eyes.asked().iter().any(|asked| asked == "confirmed"), confirmed, "{button}");
        let (address, body) = network.sent().remove(0);
        assert!(address.ends_with("/upload") && !body.contains("ERIKSSON"), "it stays in the page");
    }
}

#[wasm_bindgen_test]
async fn a_form_begins_with_what_was_read() {
    let eyes = Eyes::new(
        "return known ? undefined : { 'id.last_name': 'ERIKSSON', 'id.dob': '1974-08-12' }[name]",
        "",
    );
    let stage = eyes.before(answer!("form/empty")).await;
    assert!(stage.says("We filled in what your document says. Check each answer."));
    assert_eq!(stage.value("Last name"), "ERIKSSON");
    assert_eq!(
        (stage.value("Day"), stage.value("Month"), stage.value("Year")),
        ("12".into(), "08".into(), "1974".into())
    );
    assert_eq!(stage.value("First names"), "");

    let eyes = Eyes::new("return known ? undefined : { 'id.first_name': 'EVA' }[name]", "");
    let stage = eyes.before(answer!("form/prefilled")).await;
    assert_eq!(stage.value("First names"), "Anna Maria", "what is known stands");
    assert!(!stage.says("We filled in what your document says."));
}

#[wasm_bindgen_test]
async fn what_differs_is_asked_about_at_the_review_and_leads_to_its_step() {
    let question = "
        const typed = given.find(([, field]) => field === 'id.last_name');
        eyes.asked.push(typed.join(' '));
        const button = document.createElement('button');
        button.textContent = 'What the document says';
        button.onclick = () => correct(typed[0]);
        place.append(button);";
    let eyes = Eyes::new("return name === 'id.last_name' ? 'ERICSSON' : undefined", question);
    let stage = eyes.before(answer!("review/full")).await;
    assert_eq!(eyes.asked(), ["personal_data id.last_name Last name Eriksson"]);
    stage.press("What the document says").await;
    assert_eq!(stage.heading(), "Your details");
    assert_eq!(stage.value("Last name"), "ERICSSON");
    assert_eq!(stage.value("First names"), "Anna Maria", "the rest is as it was");
}

#[wasm_bindgen_test]
async fn without_a_sight_the_button_is_there_as_ever() {
    for nothing in [
        "return { asked: [], sight: { open: () => Promise.resolve(null), recall() {}, question() {} } };",
        "return { asked: [], sight: { open: () => new Promise(() => {}), recall() {}, question() {} } };",
        "return { asked: [], sight: { open: () => Promise.reject(new Error('lost')), recall() {}, question() {} } };",
        "return { asked: [], sight: undefined };",
    ] {
        let stage = Eyes::of(nothing).before(answer!("capture/passport")).await;
        stage.press("Open camera").await;
        stage.until_announced("Fit the picture page into the frame").await;
        stage.press("Take photo").await;
        stage.until_headed("Is it sharp and complete?").await;
    }
}
