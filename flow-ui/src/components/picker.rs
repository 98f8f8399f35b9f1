//! The browser's own choice of a file, opened by a button of ours.

use wasm_bindgen::JsCast;
use web_sys::{File, HtmlInputElement};

use crate::state::State;
use crate::view::{View, el};

/// A file input that is not seen. Copies are the same.
#[derive(Clone, Copy)]
pub struct Picker(State<Option<HtmlInputElement>>);

impl Picker {
    /// A picker whose input is still to be drawn.
    pub fn new() -> Self {
        Self(State::new(None))
    }

    /// Draws the input. `capture` asks a phone for its own camera: `user` or `environment`.
    pub fn input(self, accept: &str, capture: Option<&'static str>, take: impl Fn(File) + 'static) -> View {
        let input = el("input")
            .class("unseen")
            .set("type", "file")
            .set("accept", accept)
            .set("tabindex", "-1")
            .set("aria-hidden", "true")
            .with(move |input| self.0.set(input.clone().dyn_into().ok()))
            .on("change", move |_| {
                if let Some(file) = self.file() {
                    take(file);
                }
            });
        match capture {
            Some(side) => input.set("capture", side).draw(),
            None => input.draw(),
        }
    }

    /// Lets the person choose; the same file may be chosen again.
    pub fn open(self) {
        if let Some(input) = self.0.now() {
            input.set_value("");
            input.click();
        }
    }

    fn file(self) -> Option<File> {
        self.0.now()?.files()?.get(0)
    }
}
