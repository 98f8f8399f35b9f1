//! Buttons: one primary action, quieter others.

use vestibule_protocol::message::Message;

use crate::flow::Flow;
use crate::view::{El, View, el};

/// The primary action of a page's form. While something is on its way it shows that and does not
/// react; it keeps its focus and its size.
pub fn submit(flow: Flow, label: Message) -> View {
    let busy = move || flow.is_sending();
    el("button")
        .set("type", "submit")
        .class_while("primary", "busy", busy)
        .set_while("aria-disabled", move || busy().then(|| "true".into()))
        .child(el("span").text(flow.text(label)))
        .draw()
}

/// A primary action outside a form.
pub fn primary(label: String, act: impl Fn() + 'static) -> View {
    button("primary", label, Box::new(act))
}

/// A second action.
pub fn secondary(label: String, act: impl Fn() + 'static) -> View {
    button("secondary", label, Box::new(act))
}

/// A quiet action.
pub fn quiet(label: String, act: impl Fn() + 'static) -> View {
    button("quiet", label, Box::new(act))
}

/// An action that several parts of a screen have: `of` says which part's it is to those who do not see it.
pub fn named(class: &str, label: String, of: &str, act: impl Fn() + 'static) -> El {
    el("button")
        .set("type", "button")
        .class(class)
        .set("aria-label", [&label, ": ", of].concat())
        .on("click", move |_| act())
        .child(el("span").text(label))
}

fn button(class: &'static str, label: String, act: Box<dyn Fn()>) -> View {
    el("button")
        .set("type", "button")
        .class(class)
        .on("click", move |_| act())
        .child(el("span").text(label))
        .draw()
}
