//! A date that a person knows by heart: three inputs, typed and never picked from a calendar.

use leptos::prelude::*;
use vestibule_protocol::message::Message;

use super::field::Field;

/// Day, month and year. `birthday` lets the browser fill them.
pub fn inputs(field: Field, birthday: bool) -> AnyView {
    let raw = field.raw();
    let mut known = raw.split('-');
    let year = RwSignal::new(known.next().unwrap_or_default().to_owned());
    let month = RwSignal::new(known.next().unwrap_or_default().to_owned());
    let day = RwSignal::new(known.next().unwrap_or_default().to_owned());
    let join = move || {
        let (year, month, day) = (year.get_untracked(), month.get_untracked(), day.get_untracked());
        let empty = [&year, &month, &day].iter().all(|part| part.trim().is_empty());
        field.type_in(if empty { String::new() } else { [year, two(&month), two(&day)].join("-") });
    };
    let flow = field.flow();
    let input = move |id: String, label: Message, value: RwSignal<String>, length: &'static str, fill: &'static str| {
        view! {
            <div class="part">
                <label for=id.clone()>{flow.text(label)}</label>
                <input
                    id=id
                    class=if length == "4" { "four" } else { "two" }
                    type="text"
                    inputmode="numeric"
                    maxlength=length
                    autocomplete=if birthday { fill } else { "off" }
                    aria-invalid=move || field.invalid()
                    prop:value=move || value.get()
                    on:input=move |event| {
                        value.set(event_target_value(&event));
                        join();
                    }
                />
            </div>
        }
        .into_any()
    };
    let id = field.id();
    view! {
        <div class="date">
            {input(id.clone(), Message::FormDay, day, "2", "bday-day")}
            {input([&id, "-month"].concat(), Message::FormMonth, month, "2", "bday-month")}
            {input([&id, "-year"].concat(), Message::FormYear, year, "4", "bday-year")}
        </div>
    }
    .into_any()
}

/// A day or month as ISO 8601 writes it: `7` is `07`.
fn two(part: &str) -> String {
    let part = part.trim();
    if part.len() == 1 { ["0", part].concat() } else { part.into() }
}
