//! What the host page asked to hear, and hears exactly once.

use std::cell::Cell;

use js_sys::{Error, Function, Reflect};
use vestibule_protocol::problem::Code;
use vestibule_protocol::secret::Reveal;
use vestibule_protocol::session::ResultToken;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::JsCast;

use crate::machine::Trouble;

/// The callbacks of one mounted flow.
pub struct Host {
    on_step: Option<Function>,
    on_complete: Option<Function>,
    on_held: Option<Function>,
    on_error: Option<Function>,
    on_close: Option<Function>,
    /// The terminal callback was called.
    told: Cell<bool>,
}

impl Host {
    /// The callbacks that `options` carries: `onStep`, `onComplete`, `onHeld`, `onError`, `onClose`.
    pub fn new(options: &JsValue) -> Self {
        let callback = |name: &str| Reflect::get(options, &name.into()).ok()?.dyn_into().ok();
        Self {
            on_step: callback("onStep"),
            on_complete: callback("onComplete"),
            on_held: callback("onHeld"),
            on_error: callback("onError"),
            on_close: callback("onClose"),
            told: Cell::new(false),
        }
    }

    /// A screen of this step is shown.
    pub fn step(&self, name: &str) {
        call(self.on_step.as_ref(), &name.into());
    }

    /// The flow is not through, but the person may leave: the host then takes this token as if it were.
    pub fn leave_with(&self, token: &ResultToken) {
        call(self.on_held.as_ref(), &token.reveal().into());
    }

    /// The flow is through.
    pub fn complete(&self, token: &ResultToken) {
        if !self.told.replace(true) {
            call(self.on_complete.as_ref(), &token.reveal().into());
        }
    }

    /// The flow cannot go on. The host gets a real `Error` with `name`, `code`, `retryable`
    /// and `supportId`.
    pub fn error(&self, trouble: &Trouble) {
        if self.told.replace(true) {
            return;
        }
        let (code, support_id) = match trouble {
            Trouble::NoAnswer => (Code::Unavailable, None),
            Trouble::Refused { code, support_id, .. } => (*code, support_id.as_ref()),
        };
        let error = Error::new(sentence(code));
        error.set_name("VestibuleError");
        let set = |name: &str, value: JsValue| Reflect::set(&error, &name.into(), &value);
        let _ = set("code", code.as_str().into());
        let _ = set("retryable", code.retryable().into());
        let _ = set("supportId", support_id.map_or(JsValue::UNDEFINED, |id| id.as_str().into()));
        call(self.on_error.as_ref(), &error);
    }

    /// The person closes the flow.
    pub fn close(&self) {
        call(self.on_close.as_ref(), &JsValue::UNDEFINED);
    }
}

/// What a code that ends a flow means. There are no others: their sentences would only be loaded.
fn sentence(code: Code) -> &'static str {
    match code {
        Code::SessionExpired => const { Code::SessionExpired.message() },
        Code::InvalidToken => const { Code::InvalidToken.message() },
        Code::InvalidSessionId => const { Code::InvalidSessionId.message() },
        Code::TooManyAttempts => const { Code::TooManyAttempts.message() },
        _ => const { Code::Unavailable.message() },
    }
}

/// A host's callback that throws is the host's affair: the flow goes on.
fn call(callback: Option<&Function>, argument: &JsValue) {
    if let Some(callback) = callback {
        let _ = callback.call1(&JsValue::UNDEFINED, argument);
    }
}
