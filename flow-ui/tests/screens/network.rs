//! Stands before the browser's `XMLHttpRequest`: requests wait until the test answers them.

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::stage::{settle, window};

/// A request that leaves nowhere. `all` keeps every one.
const CLASS: &str = r#"
    return class {
        status = 0;
        responseText = "";
        upload = {};
        headers = {};
        constructor() { all.push(this); }
        open(method, url) { this.what = `${method} ${url}`; }
        setRequestHeader(name, value) { this.headers[name.toLowerCase()] = value; }
        getResponseHeader(name) { return this.answered?.[name] ?? null; }
        send(body) {
            this.body = body instanceof FormData
                ? [...body].map(([name, value]) => `${name}=${value instanceof Blob ? value.size : value}`).join("&")
                : body;
        }
        abort() { this.aborted = this.status === 0; }
    };
"#;

const NAME: &str = "XMLHttpRequest";

/// In the browser's place until it is dropped.
pub struct Network {
    own: JsValue,
    all: Array,
}

impl Network {
    pub fn new() -> Self {
        let all = Array::new();
        let class = Function::new_with_args("all", CLASS).call1(&JsValue::UNDEFINED, &all).expect("a class");
        let own = Reflect::get(&window(), &NAME.into()).expect("a browser has it");
        Reflect::set(&window(), &NAME.into(), &class).expect("it can be replaced");
        Self { own, all }
    }

    /// Method, address and body of every request so far.
    pub fn sent(&self) -> Vec<(String, String)> {
        let text = |request: &JsValue, name| get(request, name).as_string().unwrap_or_default();
        self.all.iter().map(|request| (text(&request, "what"), text(&request, "body"))).collect()
    }

    /// A header of the last request.
    pub fn header(&self, name: &str) -> Option<String> {
        get(&get(&self.last(), "headers"), name).as_string()
    }

    /// Whether the last request was called off.
    pub fn was_called_off(&self) -> bool {
        get(&self.last(), "aborted").is_truthy()
    }

    /// Answers the last request.
    pub async fn answers(&self, status: u16, text: &str) {
        self.ends(status, text).await;
    }

    /// Loses the last request: it ends, and nobody answered.
    pub async fn loses(&self) {
        self.ends(0, "").await;
    }

    /// So many percent of the last request's file have left.
    pub async fn has_sent(&self, percent: u32) {
        let progress = Object::new();
        Reflect::set(&progress, &"lengthComputable".into(), &true.into()).expect("our own object");
        Reflect::set(&progress, &"loaded".into(), &percent.into()).expect("our own object");
        Reflect::set(&progress, &"total".into(), &100.into()).expect("our own object");
        call(&get(&self.last(), "upload"), "onprogress", &progress);
        settle().await;
    }

    async fn ends(&self, status: u16, text: &str) {
        let request = self.last();
        Reflect::set(&request, &"status".into(), &status.into()).expect("our own object");
        Reflect::set(&request, &"responseText".into(), &text.into()).expect("our own object");
        call(&request, "onloadend", &JsValue::UNDEFINED);
        settle().await;
    }

    fn last(&self) -> JsValue {
        self.all.get(self.all.length().checked_sub(1).expect("something was sent"))
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        Reflect::set(&window(), &NAME.into(), &self.own).expect("it can be put back");
    }
}

fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).expect("an object")
}

fn call(object: &JsValue, name: &str, argument: &JsValue) {
    let callback: Function = get(object, name).dyn_into().expect("somebody listens");
    callback.call1(object, argument).expect("who listens does not throw");
}
