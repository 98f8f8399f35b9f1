//! Elements: put together once, and changed by Leptos' signals where they must follow one.
//!
//! Leptos' own view layer gives every element the type of all that is in it, and the compiler
//! writes code for each such type. Measured on these screens, compressed: to erase the types took
//! the module from 180 kB to 153; to make the elements here, all else being equal, from 104 kB to
//! 90. A person on a slow line downloads the difference before the first screen. Signals, effects
//! and ownership are Leptos'.

use reactive_graph::effect::Effect;
use reactive_graph::owner::on_cleanup;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Document, Element, Event, HtmlElement, HtmlInputElement, HtmlSelectElement, Node};

const SVG: &str = "http://www.w3.org/2000/svg";

/// Something that is drawn: an element, a text, a part that changes.
pub struct View(Node);

/// An element that is being put together.
pub struct El(Element);

/// An element of this tag.
pub fn el(tag: &str) -> El {
    El(document().create_element(tag).expect("the tags of this crate are valid"))
}

/// A drawing of one path.
pub fn svg(class: &str, view_box: &str, path: &str) -> View {
    let make =
        |tag| El(document().create_element_ns(Some(SVG), tag).expect("the tags of this crate are valid"));
    make("svg")
        .class(class)
        .set("viewBox", view_box)
        .set("aria-hidden", "true")
        .set("focusable", "false")
        .child(make("path").set("d", path))
        .draw()
}

/// A text as a view.
pub fn text(text: impl AsRef<str>) -> View {
    View(document().create_text_node(text.as_ref()).into())
}

/// Nothing.
pub fn nothing() -> View {
    text("")
}

/// A part of a screen that is drawn anew whenever a signal that it reads changes. What it made
/// before goes first, with all that belongs to it.
pub fn live(part: impl Fn() -> Option<View> + 'static) -> View {
    live_boxed(Box::new(part))
}

/// Runs `act` soon, and again whenever a signal that it reads changes.
pub fn watch(act: impl Fn() + 'static) {
    watch_boxed(Box::new(act));
}

// The public functions box their closures and do no more, so that what follows exists once.

fn live_boxed(part: Box<dyn Fn() -> Option<View>>) -> View {
    // `v-live` has `display: contents`: it holds the part's place and is not a box.
    let holder = el("v-live").0;
    let place = holder.clone();
    watch_boxed(Box::new(move || {
        let view = part();
        place.set_text_content(None);
        if let Some(View(node)) = view {
            let _ = place.append_child(&node);
        }
    }));
    View(holder.into())
}

fn watch_boxed(act: Box<dyn Fn()>) {
    Effect::new(move |_: Option<()>| act());
}

/// Runs `act` when the screen that is being made goes.
pub fn when_gone(act: impl FnOnce() + 'static) {
    let act: SendWrapper<Box<dyn FnOnce()>> = SendWrapper::new(Box::new(act));
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

fn document() -> Document {
    web_sys::window().and_then(|window| window.document()).expect("a flow is mounted in a page")
}

impl El {
    /// With this class, or these.
    pub fn class(self, class: &str) -> Self {
        self.set("class", class)
    }

    /// With this class, and another one while `on` says so.
    pub fn class_while(
        self,
        class: &'static str,
        also: &'static str,
        on: impl Fn() -> bool + 'static,
    ) -> Self {
        self.set_while("class", move || Some(if on() { [class, " ", also].concat() } else { class.into() }))
    }

    /// With this attribute.
    pub fn set(self, name: &str, value: impl AsRef<str>) -> Self {
        let _ = self.0.set_attribute(name, value.as_ref());
        self
    }

    /// With this attribute while `value` gives one.
    pub fn set_while(self, name: &'static str, value: impl Fn() -> Option<String> + 'static) -> Self {
        self.set_while_boxed(name, Box::new(value))
    }

    fn set_while_boxed(self, name: &'static str, value: Box<dyn Fn() -> Option<String>>) -> Self {
        let element = self.0.clone();
        watch_boxed(Box::new(move || {
            let _ = match value() {
                Some(value) => element.set_attribute(name, &value),
                None => element.remove_attribute(name),
            };
        }));
        self
    }

    /// Hears this event, as long as the screen stands.
    pub fn on(self, name: &'static str, hear: impl FnMut(Event) + 'static) -> Self {
        self.on_boxed(name, Box::new(hear))
    }

    fn on_boxed(self, name: &'static str, hear: Box<dyn FnMut(Event)>) -> Self {
        let hear = Closure::wrap(hear);
        let _ = self.0.add_event_listener_with_callback(name, hear.as_ref().unchecked_ref());
        let element = self.0.clone();
        when_gone(move || {
            let _ = element.remove_event_listener_with_callback(name, hear.as_ref().unchecked_ref());
        });
        self
    }

    /// Once the element is in the page, `act` is run with it, and again whenever a signal that it
    /// reads changes: for properties, for style (which may not be an attribute under a strict
    /// content security policy) and for focus.
    pub fn with(self, act: impl Fn(&HtmlElement) + 'static) -> Self {
        let element = self.0.clone();
        watch(move || {
            if let Some(element) = element.dyn_ref() {
                act(element);
            }
        });
        self
    }

    /// With this text inside.
    pub fn text(self, words: impl AsRef<str>) -> Self {
        self.child(text(words))
    }

    /// With this inside.
    pub fn child(self, child: impl Into<View>) -> Self {
        let _ = self.0.append_child(&child.into().0);
        self
    }

    /// With these inside.
    pub fn children(self, children: impl IntoIterator<Item = View>) -> Self {
        for View(child) in children {
            let _ = self.0.append_child(&child);
        }
        self
    }

    /// With this inside, drawn anew whenever a signal that it reads changes.
    pub fn live(self, part: impl Fn() -> Option<View> + 'static) -> Self {
        self.child(live(part))
    }

    /// The element as a view.
    pub fn draw(self) -> View {
        View(self.0.into())
    }
}

impl From<El> for View {
    fn from(element: El) -> Self {
        element.draw()
    }
}

impl From<Node> for View {
    fn from(node: Node) -> Self {
        Self(node)
    }
}

impl View {
    /// Puts the view into the page, as the last child of `parent`.
    pub fn mount(&self, parent: &Element) {
        let _ = parent.append_child(&self.0);
    }

    /// Takes it out of the page.
    pub fn unmount(&self) {
        if let Some(parent) = self.0.parent_node() {
            let _ = parent.remove_child(&self.0);
        }
    }
}
