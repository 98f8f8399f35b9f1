//! Buttons: one primary action, quieter others.

use vestibule_protocol::message::Message;

use crate::flow::Flow;
use crate::state::State;
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

/// An action by which something is sent: while that is on its way, the button that was pressed shows it.
pub fn sending(flow: Flow, class: &'static str, label: String, act: impl Fn() + 'static) -> View {
    sending_boxed(flow, class, label, Box::new(act))
}

fn sending_boxed(flow: Flow, class: &'static str, label: String, act: Box<dyn Fn()>) -> View {
    let pressed = State::new(false);
    let busy = move || flow.is_sending() && pressed.get();
    el("button")
        .set("type", "button")
        .class_while(class, "busy", busy)
        .set_while("aria-disabled", move || flow.is_sending().then(|| "true".into()))
        .on("click", move |_| {
            pressed.set(true);
            act();
        })
        .child(el("span").text(label))
        .draw()
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
