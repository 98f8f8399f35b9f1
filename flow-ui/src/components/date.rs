//! A date that a person knows by heart: three inputs, typed and never picked from a calendar.

use js_sys::{Object, Reflect};
use vestibule_protocol::message::Message;

use super::field::{Field, set_value};
use crate::state::State;
use crate::view::{El, View, el, value_of};

/// Day, month and year. `birthday` lets the browser fill them.
pub fn inputs(field: Field, birthday: bool) -> View {
    let raw = field.raw();
    let mut known = raw.split('-');
    let mut part = || State::new(known.next().unwrap_or_default().to_owned());
    let (year, month, day) = (part(), part(), part());
    let join = move || {
        let (year, month, day) = (year.now(), month.now(), day.now());
        let empty = [&year, &month, &day].iter().all(|part| part.trim().is_empty());
        field.type_in(if empty { String::new() } else { [year, two(&month), two(&day)].join("-") });
    };
    let input = |suffix: &str, label: Message, value: State<String>, digits: usize, fill: &'static str| {
        let id = [&field.id(), suffix].concat();
        let input = el("input")
            .set("id", id.clone())
            .class(if digits == 4 { "four" } else { "two" })
            .set("type", "text")
            .set("inputmode", "numeric")
            .set("maxlength", digits.to_string())
            .set("autocomplete", if birthday { fill } else { "off" })
            .set_while("aria-invalid", move || field.invalid())
            .with(move |input| set_value(input, &value.get()))
            .on("input", move |event| {
                value.set(value_of(&event));
                join();
            });
        part_of(id, field.flow().text(label), input)
    };
    el("div")
        .class("date")
        .child(input("", Message::FormDay, day, 2, "bday-day"))
        .child(input("-month", Message::FormMonth, month, 2, "bday-month"))
        .child(input("-year", Message::FormYear, year, 4, "bday-year"))
        .draw()
}

fn part_of(id: String, label: String, input: El) -> El {
    el("div").class("part").child(el("label").set("for", id).text(label)).child(input)
}

/// A day such as `1990-03-27` as the person's language writes it.
pub fn in_words(day: &str) -> Option<String> {
    let options = Object::new();
    Reflect::set(&options, &"dateStyle".into(), &"long".into()).ok()?;
    Reflect::set(&options, &"timeZone".into(), &"UTC".into()).ok()?;
    // A date alone is read as midnight in UTC (ECMA-262, "Date Time String Format").
    js_sys::Date::new(&day.into()).to_locale_date_string("default", &options).as_string()
}

/// A day or month as ISO 8601 writes it: `7` is `07`.
fn two(part: &str) -> String {
    let part = part.trim();
    if part.len() == 1 { ["0", part].concat() } else { part.into() }
}
