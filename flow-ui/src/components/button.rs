//! Buttons: one primary action, quieter others.

use tachys::view::any_view::AnyView;
use vestibule_protocol::message::Message;

use crate::flow::Flow;
use crate::view::el;

/// The primary action of a page's form. While something is on its way it shows that and does not
/// react; it keeps its focus and its size.
pub fn submit(flow: Flow, label: Message) -> AnyView {
    let busy = move || flow.is_sending();
    el("button")
        .set("type", "submit")
        .class_while("primary", "busy", busy)
        .set_while("aria-disabled", move || busy().then(|| "true".into()))
        .child(el("span").text(flow.text(label)))
        .draw()
}

/// A primary action outside a form.
pub fn primary(label: String, act: impl Fn() + 'static) -> AnyView {
    button("primary", label, Box::new(act))
}

/// A second action.
pub fn secondary(label: String, act: impl Fn() + 'static) -> AnyView {
    button("secondary", label, Box::new(act))
}

/// A quiet action.
pub fn quiet(label: String, act: impl Fn() + 'static) -> AnyView {
    button("quiet", label, Box::new(act))
}

fn button(class: &'static str, label: String, act: Box<dyn Fn()>) -> AnyView {
    el("button").set("type", "button").class(class).on("click", move |_| act()).child(el("span").text(label)).draw()
}
