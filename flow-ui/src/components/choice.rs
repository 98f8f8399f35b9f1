//! One of several: a list to unfold.

use vestibule_protocol::message::Message;

use super::field::Field;
use crate::flow::Flow;
use crate::view::{El, el, value_of};

/// A native list: value and label of each option, in order.
pub fn select(field: Field, options: Vec<(String, String)>) -> El {
    let chosen = field.raw();
    let country = field.name().ends_with(".country");
    let first = [(String::new(), field.flow().text(Message::FormSelect))];
    let options = first.into_iter().chain(options).map(|(value, label)| {
        let option = if value == chosen { el("option").set("selected", "") } else { el("option") };
        option.set("value", value).text(label).draw()
    });
    el("select")
        .set("id", field.id())
        .set("autocomplete", if country { "country" } else { "off" })
        .set_while("aria-invalid", move || field.invalid())
        .on("change", move |event| {
            field.type_in(value_of(&event));
            field.leave();
        })
        .children(options)
}

/// What an option of the field of this name is called.
pub fn label(flow: Flow, name: &str, option: &str) -> String {
    flow.named(&["option.", name, ".", option].concat()).unwrap_or_else(|| option.replace('_', " "))
}

/// What a state or territory of the United States is called.
pub fn state(flow: Flow, code: &str) -> String {
    flow.named(&["state.", code].concat()).unwrap_or_else(|| code.into())
}
