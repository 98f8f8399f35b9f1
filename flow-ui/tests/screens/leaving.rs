//! A flow that is taken out of the page leaves nothing: no node, no request, no listener, no timer.

use js_sys::{Function, JSON, Object, Reflect};
use vestibule_flow_ui::mount;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

use super::form::filled_form;
use super::network::Network;
use super::stage::{Stage, pause, settle, window};

/// Counts the listeners and timers of the window that stand.
const WATCH: &str = r#"
    const { addEventListener, removeEventListener, setTimeout, clearTimeout } = window;
    const standing = new Set();
    const timers = new Map();
    window.addEventListener = (name, act, ...more) => { standing.add(act); addEventListener.call(window, name, act, ...more); };
    window.removeEventListener = (name, act, ...more) => { standing.delete(act); removeEventListener.call(window, name, act, ...more); };
    window.setTimeout = (act, millis) => {
        const timer = setTimeout.call(window, () => { timers.delete(timer); act(); }, millis);
        timers.set(timer, act);
        return timer;
    };
    window.clearTimeout = (timer) => { timers.delete(timer); clearTimeout.call(window, timer); };
    return {
        count: () => standing.size + timers.size,
        end: () => Object.assign(window, { addEventListener, removeEventListener, setTimeout, clearTimeout }),
    };
"#;

struct Watch(JsValue);

impl Watch {
    fn new() -> Self {
        Self(Function::new_no_args(WATCH).call0(&JsValue::UNDEFINED).expect("a watch"))
    }

    fn call(&self, name: &str) -> JsValue {
        let function: Function = Reflect::get(&self.0, &name.into()).expect("our own").unchecked_into();
        function.call0(&self.0).expect("our own")
    }

    fn count(&self) -> f64 {
        self.call("count").as_f64().expect("a number")
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.call("end");
    }
}

#[wasm_bindgen_test]
async fn no_node_stays_whatever_was_shown() {
    for answer in [
        answer!("form/every_format"),
        answer!("form/owners"),
        answer!("consent/several"),
        answer!("document/empty"),
        answer!("capture/back"),
        answer!("file/outstanding"),
        answer!("review/full"),
        answer!("complete/token"),
    ] {
        let mut stage = Stage::with(answer).await;
        assert!(stage.nodes() > 0);
        stage.destroy().await;
        assert_eq!(stage.nodes(), 0);
    }
}

#[wasm_bindgen_test]
async fn a_request_that_is_under_way_is_called_off() {
    let network = Network::new();
    let mut stage = filled_form().await;
    stage.press("Continue").await;
    stage.destroy().await;
    assert!(network.was_called_off());
    assert_eq!(stage.nodes(), 0);
}

#[wasm_bindgen_test]
async fn no_pause_between_two_tries_outlives_the_flow() {
    let network = Network::new();
    let watch = Watch::new();
    let mut stage = filled_form().await;
    let before = watch.count();
    stage.press("Continue").await;
    network.loses().await;
    assert_eq!(watch.count() - before, 2.0, "the pause is a timer and an ear for the connection");
    stage.destroy().await;
    assert_eq!(watch.count(), before);
    pause(1_000).await;
    assert_eq!(network.sent().len(), 1);
    assert_eq!(stage.heard(), [""; 0]);
}

#[wasm_bindgen_test]
async fn two_flows_on_one_page_do_not_disturb_each_other() {
    let one = Stage::with(answer!("form/empty")).await;
    let mut other = Stage::with(answer!("consent/one")).await;
    one.type_in("First names", "Anna").await;
    other.destroy().await;
    assert_eq!(one.value("First names"), "Anna");
    one.type_in("Email address", "anna").await;
    assert!(one.is_wrong("Email address"));
}

#[wasm_bindgen_test]
async fn what_a_flow_needs_is_said_in_a_sentence() {
    let stage: web_sys::HtmlElement = {
        let document = window().document().expect("a page");
        document.create_element("div").expect("a div").unchecked_into()
    };
    let options = Object::new();
    let refused = || mount(stage.clone(), &options).err();
    let set = |name: &str, value: JsValue| Reflect::set(&options, &name.into(), &value).expect("our own");
    assert_eq!(refused(), Some("mount needs the server's origin"));
    set("server", "https://server.example".into());
    assert_eq!(refused(), Some("mount needs the answer that opened the session"));
    set("answer", JSON::parse(r#"{"status": "SESSION_CREATED"}"#).expect("JSON"));
    assert_eq!(refused(), Some("mount needs the answer that opened the session"));
    settle().await;
    assert!(!stage.has_child_nodes());
}
