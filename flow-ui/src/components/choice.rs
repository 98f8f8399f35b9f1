//! One of several: a list to unfold.

use leptos::prelude::*;
use vestibule_protocol::message::Message;

use super::field::Field;

/// A native list: value and label of each option, in order.
pub fn select(field: Field, options: Vec<(String, String)>) -> AnyView {
    let chosen = field.raw();
    let options: Vec<AnyView> = options
        .into_iter()
        .map(|(value, label)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{label}</option> }.into_any()
        })
        .collect();
    let change = move |event| {
        field.type_in(event_target_value(&event));
        field.leave();
    };
    let country = field.name().ends_with(".country");
    view! {
        <select
            id=field.id()
            autocomplete=if country { "country" } else { "off" }
            aria-invalid=move || field.invalid()
            aria-describedby=move || field.described_by()
            on:change=change
        >
            <option value="" selected=chosen.is_empty()>{field.flow().text(Message::FormSelect)}</option>
            {options}
        </select>
    }
    .into_any()
}
