//! Elements of one static type.
//!
//! Leptos gives every element the type of all that is in it, and the compiler writes code for each
//! such type: with `view!` the screens of this crate weigh 180 kB compressed, most of it the same
//! code again. Here an element is a tag, a list of erased attributes and a list of erased
//! children: one type, one copy of the code, the same Leptos underneath.

use reactive_graph::effect::Effect;
use reactive_graph::owner::on_cleanup;
use reactive_graph::traits::Get;
use send_wrapper::SendWrapper;
use tachys::html::attribute::any_attribute::{AnyAttribute, IntoAnyAttribute};
use tachys::html::attribute::custom::custom_attribute;
use tachys::html::element::{Custom, ElementChild, HtmlElement, custom};
use tachys::html::event::{self, on};
use tachys::html::node_ref::node_ref;
use tachys::reactive_graph::node_ref::NodeRef;
use tachys::view::add_attr::AddAnyAttr;
use tachys::view::any_view::{AnyView, IntoAny};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Event, HtmlInputElement, HtmlSelectElement};

/// An HTML element whose tag is known at run time.
type Tag = Custom<&'static str>;

/// An element that is being put together.
pub struct El {
    tag: &'static str,
    attributes: Vec<AnyAttribute>,
    children: Vec<AnyView>,
}

/// An element of this tag.
pub fn el(tag: &'static str) -> El {
    El { tag, attributes: Vec::new(), children: Vec::new() }
}

/// A part of a screen that is drawn anew whenever a signal that it reads changes.
pub fn live(part: impl Fn() -> Option<AnyView> + 'static) -> AnyView {
    let part: Box<dyn Fn() -> Option<AnyView> + Send> = sendable(part);
    part.into_any()
}

/// Runs `act` soon, and again whenever a signal that it reads changes.
pub fn watch(act: impl Fn() + 'static) {
    let act: Box<dyn Fn()> = Box::new(act);
    Effect::new(move |_: Option<()>| act());
}

/// Runs `act` when the screen that is being made goes.
pub fn when_gone(act: impl FnOnce() + 'static) {
    let act = SendWrapper::new(act);
    on_cleanup(move || act.take()());
}

/// Runs `act` at an event of the window, as long as the screen stands.
pub fn hear_window(name: &'static str, act: impl Fn() + 'static) {
    let Some(window) = web_sys::window() else { return };
    let hear = Closure::<dyn Fn()>::new(act);
    let _ = window.add_event_listener_with_callback(name, hear.as_ref().unchecked_ref());
    when_gone(move || {
        let _ = window.remove_event_listener_with_callback(name, hear.as_ref().unchecked_ref());
    });
}

/// A text as a view.
pub fn text(text: impl Into<String>) -> AnyView {
    text.into().into_any()
}

/// What stands in the input or list that an event comes from.
pub fn value_of(event: &Event) -> String {
    let target = event.target();
    let list = || target.as_ref()?.dyn_ref().map(HtmlSelectElement::value);
    input_of(event).map(|input| input.value()).or_else(list).unwrap_or_default()
}

/// Whether the checkbox that an event comes from is ticked.
pub fn is_checked(event: &Event) -> bool {
    input_of(event).is_some_and(|input| input.checked())
}

fn input_of(event: &Event) -> Option<HtmlInputElement> {
    event.target()?.dyn_into().ok()
}

/// Nothing.
pub fn nothing() -> AnyView {
    ().into_any()
}

impl El {
    /// With this class, or these.
    pub fn class(self, class: &'static str) -> Self {
        self.set("class", class)
    }

    /// With this class, and another one while `on` says so.
    pub fn class_while(self, class: &'static str, also: &'static str, on: impl Fn() -> bool + 'static) -> Self {
        self.set_while("class", move || Some(if on() { [class, also].join(" ") } else { class.into() }))
    }

    /// With this attribute.
    pub fn set(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push(custom_attribute(name, value.into()).into_any_attr());
        self
    }

    /// With this attribute while `value` gives one.
    pub fn set_while(mut self, name: &'static str, value: impl Fn() -> Option<String> + 'static) -> Self {
        let value: Box<dyn Fn() -> Option<String> + Send> = sendable(value);
        self.attributes.push(custom_attribute(name, value).into_any_attr());
        self
    }

    /// Hears this event.
    pub fn on(mut self, name: &'static str, hear: impl FnMut(Event) + 'static) -> Self {
        let hear: Box<dyn FnMut(Event)> = Box::new(hear);
        self.attributes.push(on(event::Custom::<Event>::new(name), hear).into_any_attr());
        self
    }

    /// Once the element is in the page, `act` is run with it, and again whenever a signal that it
    /// reads changes: for properties, for style (which may not be an attribute under a strict
    /// content security policy) and for focus.
    pub fn with(mut self, act: impl Fn(&web_sys::HtmlElement) + 'static) -> Self {
        let node = NodeRef::<Tag>::new();
        watch(move || {
            if let Some(element) = node.get() {
                act(&element);
            }
        });
        self.attributes.push(node_ref(node).into_any_attr());
        self
    }

    /// With this text inside.
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.children.push(crate::view::text(text));
        self
    }

    /// With this inside.
    pub fn child(mut self, child: impl Into<AnyView>) -> Self {
        self.children.push(child.into());
        self
    }

    /// With these inside.
    pub fn children(mut self, children: impl IntoIterator<Item = AnyView>) -> Self {
        self.children.extend(children);
        self
    }

    /// With this inside, drawn anew whenever a signal that it reads changes.
    pub fn live(self, part: impl Fn() -> Option<AnyView> + 'static) -> Self {
        self.child(live(part))
    }

    /// The element as a view.
    pub fn draw(self) -> AnyView {
        let element: HtmlElement<Tag, (Vec<AnyAttribute>,), (Vec<AnyView>,)> =
            custom(self.tag).add_any_attr(self.attributes).child(self.children);
        element.into_any()
    }
}

impl From<El> for AnyView {
    fn from(element: El) -> Self {
        element.draw()
    }
}

/// Leptos asks that closures could go to another thread; in a browser there is one.
fn sendable<R: 'static>(act: impl Fn() -> R + 'static) -> Box<dyn Fn() -> R + Send> {
    let act = SendWrapper::new(act);
    Box::new(move || act())
}
