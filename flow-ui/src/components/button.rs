//! Buttons: one primary action, quieter others.

use leptos::prelude::*;
use vestibule_protocol::message::Message;

use crate::flow::Flow;

/// The primary action of a page's form. While something is on its way it shows that and does not
/// react; it keeps its focus and its size.
pub fn submit(flow: Flow, label: Message) -> AnyView {
    let label = flow.text(label);
    let busy = move || flow.is_sending();
    view! {
        <button type="submit" class="primary" class:busy=busy aria-disabled=move || busy().then_some("true")>
            <span>{label}</span>
        </button>
    }
    .into_any()
}

/// A primary action outside a form.
pub fn primary(label: String, act: impl Fn() + 'static) -> AnyView {
    button("primary", label, act)
}

/// A second action.
pub fn secondary(label: String, act: impl Fn() + 'static) -> AnyView {
    button("secondary", label, act)
}

/// A quiet action.
pub fn quiet(label: String, act: impl Fn() + 'static) -> AnyView {
    button("quiet", label, act)
}

fn button(class: &'static str, label: String, act: impl Fn() + 'static) -> AnyView {
    view! { <button type="button" class=class on:click=move |_| act()><span>{label}</span></button> }.into_any()
}
