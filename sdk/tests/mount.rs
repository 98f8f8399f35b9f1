//! The exports as JavaScript meets them: a flow that is mounted and removed, and what is wrong said.

#![cfg(target_arch = "wasm32")]

use js_sys::{Error, JSON, Object, Promise, Reflect};
use vestibule_sdk::{Flow, mount};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::HtmlElement;

wasm_bindgen_test_configure!(run_in_browser);

/// An element of the page, gone with its test.
struct Stage(HtmlElement);

impl Stage {
    fn new() -> Self {
        let document = web_sys::window().and_then(|window| window.document()).expect("tests run in a page");
        let stage: HtmlElement = document.create_element("div").expect("a div").unchecked_into();
        document.body().expect("a body").append_child(&stage).expect("it takes a div");
        Self(stage)
    }

    fn heading(&self) -> Option<String> {
        self.0.query_selector("h1").expect("a selector")?.text_content()
    }

    fn is_empty(&self) -> bool {
        !self.0.has_child_nodes()
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.0.remove();
    }
}

/// Options as the loader gives them, with the recorded answer of an empty form.
fn options() -> Object {
    let answer = include_str!("../../tests/fixtures/steps/form/empty.json");
    let messages = include_str!("../../flow-ui/locales/en.json");
    let options = Object::new();
    for (name, value) in [
        ("server", "https://server.example".into()),
        ("answer", JSON::parse(answer).expect("a recorded answer")),
        ("messages", JSON::parse(messages).expect("a locale")),
        ("closable", true.into()),
    ] {
        Reflect::set(&options, &name.into(), &value).expect("our own object");
    }
    options
}

async fn mounted(stage: &Stage) -> Flow {
    let flow = mount(stage.0.clone(), &options()).map_err(JsValue::from).expect("the options are complete");
    settle().await;
    flow
}

async fn settle() {
    let promise = Promise::new(&mut |resolve, _| {
        let window = web_sys::window().expect("tests run in a page");
        window.set_timeout_with_callback(&resolve).expect("a timer");
    });
    JsFuture::from(promise).await.expect("a timer does not fail");
}

/// The sentence with which `mount` refuses these options.
fn refusal(options: &JsValue) -> String {
    let stage = Stage::new();
    let error = JsValue::from(mount(stage.0.clone(), options).err().expect("it is refused"));
    assert!(stage.is_empty());
    error.dyn_into::<Error>().expect("a real Error").message().into()
}

#[wasm_bindgen_test]
fn missing_options_are_said_in_a_sentence() {
    for nothing in [JsValue::UNDEFINED, JsValue::NULL, Object::new().into()] {
        assert_eq!(refusal(&nothing), "mount needs the server's origin");
    }
    for (missing, sentence) in [
        ("server", "mount needs the server's origin"),
        ("answer", "mount needs the answer that opened the session"),
    ] {
        let options = options();
        Reflect::delete_property(&options, &missing.into()).expect("our own object");
        assert_eq!(refusal(&options), sentence);
    }
}

#[wasm_bindgen_test]
fn an_answer_that_leads_nowhere_is_refused() {
    let options = options();
    let answer = Reflect::get(&options, &"answer".into()).expect("our own object");
    Reflect::set(&answer, &"next".into(), &JsValue::UNDEFINED).expect("our own object");
    assert_eq!(refusal(&options), "the answer does not say what comes next");
}

#[wasm_bindgen_test]
async fn a_flow_appears_in_its_stage_and_goes_with_destroy() {
    let stage = Stage::new();
    let mut flow = mounted(&stage).await;
    assert_eq!(stage.heading().as_deref(), Some("Your details"));
    flow.destroy();
    settle().await;
    assert!(stage.is_empty());
}

#[wasm_bindgen_test]
async fn to_destroy_twice_is_harmless() {
    let stage = Stage::new();
    let mut flow = mounted(&stage).await;
    flow.destroy();
    flow.destroy();
    settle().await;
    assert!(stage.is_empty());
}

#[wasm_bindgen_test]
async fn a_stage_can_be_used_again() {
    let stage = Stage::new();
    mounted(&stage).await.destroy();
    let _flow = mounted(&stage).await;
    assert_eq!(stage.heading().as_deref(), Some("Your details"));
}

#[wasm_bindgen_test]
async fn a_handle_that_nobody_keeps_takes_its_flow_along() {
    let stage = Stage::new();
    drop(mounted(&stage).await);
    settle().await;
    assert!(stage.is_empty());
}
