//! The words that a person reads, in the person's language.
//!
//! The loader fetches one locale and hands it over as an object from message id to text.

use js_sys::Reflect;
use vestibule_protocol::message::Message;
use wasm_bindgen::JsValue;

/// The words of one language.
#[derive(Clone)]
pub struct Words(JsValue);

impl Words {
    /// Words from an object of message id to text.
    pub fn new(messages: JsValue) -> Self {
        Self(messages)
    }

    /// The text of a message. A locale that lacks it shows its id: the tests of the locales see to
    /// it that none does.
    pub fn text(&self, message: Message) -> String {
        self.named(message.as_str()).unwrap_or_else(|| message.as_str().into())
    }

    /// The text of a message with its placeholders filled.
    pub fn filled(&self, message: Message, parts: &[(&str, &str)]) -> String {
        parts
            .iter()
            .fold(self.text(message), |text, (name, value)| text.replace(&["{", name, "}"].concat(), value))
    }

    /// The text of an id that is put together from data, such as a field's label.
    pub fn named(&self, id: &str) -> Option<String> {
        Reflect::get(&self.0, &JsValue::from_str(id)).ok()?.as_string()
    }
}
