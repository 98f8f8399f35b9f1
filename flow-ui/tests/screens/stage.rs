//! A flow in a shadow root of the page, and the eyes and hands of a person before it.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, JSON, Object, Promise, Reflect};
use vestibule_flow_ui::{Mounted, mount};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Document, Element, Event, EventInit, HtmlElement, HtmlInputElement, HtmlSelectElement, ShadowRoot,
    ShadowRootInit, ShadowRootMode, Window,
};

/// Where the flow believes the server to be. Nobody is there.
pub const SERVER: &str = "https://server.example";

pub fn window() -> Window {
    web_sys::window().expect("tests run in a page")
}

fn document() -> Document {
    window().document().expect("a page has a document")
}

/// Lets everything happen that was begun.
pub async fn settle() {
    pause(0).await;
    pause(0).await;
}

pub async fn pause(millis: i32) {
    let promise = Promise::new(&mut |resolve, _| {
        window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, millis).expect("a timer");
    });
    JsFuture::from(promise).await.expect("a timer does not fail");
}

/// A mounted flow. It is gone with its test.
pub struct Stage {
    host: HtmlElement,
    root: ShadowRoot,
    mounted: Option<Mounted>,
    heard: Rc<RefCell<Vec<String>>>,
    _callbacks: Vec<Closure<dyn FnMut(JsValue)>>,
}

impl Stage {
    /// The flow as it stands after this answer, on a page of its own.
    pub async fn with(answer: &str) -> Self {
        Self::mounted(answer, false, "sight", &JsValue::UNDEFINED).await
    }

    /// The same where it can be closed.
    pub async fn closable(answer: &str) -> Self {
        Self::mounted(answer, true, "sight", &JsValue::UNDEFINED).await
    }

    /// The flow with this as its sight.
    pub async fn seeing(answer: &str, sight: &JsValue) -> Self {
        Self::mounted(answer, false, "sight", sight).await
    }

    /// The flow with this to log in by.
    pub async fn logging_in(answer: &str, login: &JsValue) -> Self {
        Self::mounted(answer, false, "login", login).await
    }

    async fn mounted(answer: &str, closable: bool, lent: &str, what: &JsValue) -> Self {
        let host: HtmlElement = document().create_element("div").expect("a div").unchecked_into();
        document().body().expect("a body").append_child(&host).expect("it takes a div");
        let root = host.attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open)).expect("a shadow");
        let stage: HtmlElement = document().create_element("main").expect("a stage").unchecked_into();
        root.append_child(&stage).expect("it takes a stage");

        let heard = Rc::new(RefCell::new(Vec::new()));
        let options = Object::new();
        let set = |name: &str, value: &JsValue| {
            Reflect::set(&options, &name.into(), value).expect("our own object")
        };
        set("server", &SERVER.into());
        set("answer", &JSON::parse(answer).expect("a recorded answer"));
        set("messages", &JSON::parse(include_str!("../../locales/en.json")).expect("a locale"));
        set("closable", &closable.into());
        set(lent, what);
        let callbacks = ["onStep", "onComplete", "onHeld", "onError", "onClose"].map(|name| {
            let heard = heard.clone();
            let callback = Closure::<dyn FnMut(JsValue)>::new(move |what: JsValue| {
                let code = Reflect::get(&what, &"code".into()).ok().and_then(|code| code.as_string());
                let said = what.as_string().or(code).unwrap_or_default();
                heard.borrow_mut().push(format!("{name} {said}").trim_end().to_owned());
            });
            set(name, callback.as_ref());
            callback
        });
        let mounted = mount(stage, &options).expect("the options are complete");
        settle().await;
        Self { host, root, mounted: Some(mounted), heard, _callbacks: callbacks.into() }
    }

    /// What the host page heard, beside the steps.
    pub fn heard(&self) -> Vec<String> {
        self.heard.borrow().iter().filter(|heard| !heard.starts_with("onStep ")).cloned().collect()
    }

    /// The steps of which it heard.
    pub fn steps(&self) -> Vec<String> {
        self.heard
            .borrow()
            .iter()
            .filter_map(|heard| heard.strip_prefix("onStep "))
            .map(str::to_owned)
            .collect()
    }

    /// Takes the flow out of the page, as the host's `destroy` does.
    pub async fn destroy(&mut self) {
        self.mounted = None;
        settle().await;
    }

    /// All that is in the stage.
    pub fn nodes(&self) -> u32 {
        self.root.first_element_child().map_or(0, |stage| stage.child_nodes().length())
    }

    /// The page's heading. There is one, and it has the focus when the screen appears.
    pub fn heading(&self) -> String {
        let headings = self.all("h1");
        assert_eq!(headings.len(), 1, "a screen has one heading");
        text_of(&headings[0])
    }

    /// Where the keyboard is: the label or the text of the element.
    pub fn focus(&self) -> String {
        let active = Reflect::get(&self.root, &"activeElement".into()).expect("a shadow root says");
        let Ok(active) = active.dyn_into::<Element>() else { return "nowhere".into() };
        let label =
            self.all("label").into_iter().find(|label| self.labelled_by(label).as_ref() == Some(&active));
        text_of(&label.unwrap_or(active))
    }

    /// All labels of inputs, in order.
    pub fn labels(&self) -> Vec<String> {
        self.all("label").iter().map(text_of).collect()
    }

    /// The names of the buttons, in order.
    pub fn buttons(&self) -> Vec<String> {
        self.all("button").iter().map(name_of).collect()
    }

    /// The input with this label.
    pub fn field(&self, label: &str) -> HtmlElement {
        let found = self.all("label").into_iter().find(|found| text_of(found) == label);
        let found = found.unwrap_or_else(|| panic!("no label {label:?} among {:?}", self.labels()));
        self.labelled_by(&found).expect("a label has its input").unchecked_into()
    }

    fn labelled_by(&self, label: &Element) -> Option<Element> {
        match label.get_attribute("for") {
            Some(id) => self.root.get_element_by_id(&id),
            None => label.query_selector("input").ok().flatten(),
        }
    }

    /// What stands in the input with this label.
    pub fn value(&self, label: &str) -> String {
        let field = self.field(label);
        match field.dyn_ref::<HtmlSelectElement>() {
            Some(list) => list.value(),
            None => field.unchecked_into::<HtmlInputElement>().value(),
        }
    }

    /// Whether the tick or the choice with this label is made.
    pub fn is_checked(&self, label: &str) -> bool {
        self.field(label).unchecked_into::<HtmlInputElement>().checked()
    }

    /// Whether the input with this label says that it is wrong.
    pub fn is_wrong(&self, label: &str) -> bool {
        self.field(label).get_attribute("aria-invalid").as_deref() == Some("true")
    }

    /// What describes the input with this label, as a screen reader says it.
    pub fn description(&self, label: &str) -> String {
        let field = self.field(label);
        let described = field.closest("[aria-describedby]").ok().flatten();
        let ids = described.and_then(|field| field.get_attribute("aria-describedby")).unwrap_or_default();
        let parts = ids.split_whitespace().map(|id| {
            let part = self.root.get_element_by_id(id).expect("what describes an input is there");
            text_of(&part)
        });
        parts.collect::<Vec<_>>().join(" ")
    }

    /// What is announced: the texts of all elements of this role that say something.
    pub fn announced(&self, role: &str) -> Vec<String> {
        let texts = self.all(&format!("[role={role}]")).into_iter().map(|element| text_of(&element));
        texts.filter(|text| !text.is_empty()).collect()
    }

    /// Waits until this and nothing else is announced as a status.
    pub async fn until_announced(&self, words: &str) {
        while self.announced("status") != [words] {
            pause(20).await;
        }
    }

    /// Waits until the page has this heading.
    pub async fn until_headed(&self, heading: &str) {
        while self.heading() != heading {
            pause(20).await;
        }
    }

    /// Whether this stands somewhere on the screen.
    pub fn says(&self, words: &str) -> bool {
        self.all("main").iter().any(|stage| text_of(stage).contains(words))
    }

    /// The elements that a selector finds.
    pub fn all(&self, selector: &str) -> Vec<Element> {
        let found = self.root.query_selector_all(selector).expect("a valid selector");
        Array::from(&found).iter().map(JsCast::unchecked_into).collect()
    }

    /// Types a text, and goes on to the next input.
    pub async fn type_in(&self, label: &str, text: &str) {
        let field: HtmlInputElement = self.field(label).unchecked_into();
        field.set_value(text);
        fire(&field, "input");
        fire(&field, "blur");
        settle().await;
    }

    /// Chooses from a list.
    pub async fn choose(&self, label: &str, value: &str) {
        let list: HtmlSelectElement = self.field(label).unchecked_into();
        list.set_value(value);
        fire(&list, "change");
        settle().await;
    }

    /// Ticks a box or makes a choice.
    pub async fn tick(&self, label: &str) {
        self.field(label).click();
        settle().await;
    }

    /// Presses a button.
    pub async fn press(&self, name: &str) {
        let button = self.all("button").into_iter().find(|button| name_of(button) == name);
        let button = button.unwrap_or_else(|| panic!("no button {name:?} among {:?}", self.buttons()));
        button.unchecked_into::<HtmlElement>().click();
        settle().await;
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.mounted = None;
        self.host.remove();
    }
}

/// What a screen reader calls it.
fn name_of(element: &Element) -> String {
    element.get_attribute("aria-label").unwrap_or_else(|| text_of(element))
}

fn text_of(element: &Element) -> String {
    element.text_content().unwrap_or_default().trim().to_owned()
}

/// Tells an element of an event, as the browser would.
pub fn fire(target: &HtmlElement, name: &str) {
    let how = EventInit::new();
    how.set_bubbles(true);
    let event = Event::new_with_event_init_dict(name, &how).expect("an event");
    target.dispatch_event(&event).expect("an element hears events");
}
