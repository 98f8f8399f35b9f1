//! What authenticators and messages answer, by the page's own JavaScript (`sdk/npm/src/login/`).

use vestibule_protocol::login::PASSKEY;
use vestibule_protocol::message::Message;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;

use super::give_text;
use crate::capture::js;
use crate::components::notice;
use crate::flow::Flow;
use crate::machine::Event;
use crate::state::State;
use crate::view::{View, live, when_gone};

/// Whether passkeys can be made.
pub fn makes_passkeys(flow: Flow) -> bool {
    flow.can_log_in("makesPasskeys")
}

/// Whether they are made and used here, and not in a window of its own.
pub fn uses_passkeys(flow: Flow) -> bool {
    flow.can_log_in("usesPasskeys")
}

/// Asks an authenticator by `create` or `get`, and submits what it answers; `failed` says whether it could not. Where it
/// was asked elsewhere, the session is looked at when the person is back. A person who does not want to, or takes too long, has not failed: which of the two, browsers do not tell.
pub fn ask(flow: Flow, method: &'static str, options: &str, failed: State<bool>) {
    if flow.is_sending() {
        return;
    }
    failed.set(false);
    // Called here, and not in the task: browsers ask only while they know that the person pressed a button.
    let promise = flow.ask_login(method, &[options.into()]);
    flow.spawn(async move {
        let answer = js::promised(promise).await.unwrap_or_default();
        match js::get(&answer, "passkey").as_string() {
            Some(passkey) => give_text(flow, PASSKEY, passkey),
            None if js::get(&answer, "back").is_truthy() => flow.tell(Event::Look),
            None => failed.set(!js::get(&answer, "declined").is_truthy()),
        }
    });
}

/// What went wrong, in these words, once something did.
pub fn problem(flow: Flow, failed: State<bool>, words: Message) -> View {
    live(move || failed.get().then(|| notice::problem(flow.text(words))))
}

/// Gets ready what the screen that is being made may ask; what was asked ends with it.
pub fn prepare(flow: Flow) {
    flow.ask_login("prepare", &[]);
    when_gone(move || stop(flow));
}

fn stop(flow: Flow) {
    flow.ask_login("stop", &[]);
}

/// Lets the browser give something by itself as long as the screen stands: by `offer`, which takes options, a passkey
/// where an address is typed; by `hear` the code of a text message.
pub fn listen(flow: Flow, method: &str, options: Option<&str>, take: Box<dyn Fn(String)>) {
    let take = Closure::<dyn Fn(JsValue)>::new(move |given: JsValue| {
        if let Some(given) = given.as_string() {
            take(given);
        }
    });
    let heard = take.as_ref().clone();
    match options {
        Some(options) => flow.ask_login(method, &[options.into(), heard]),
        None => flow.ask_login(method, &[heard]),
    };
    when_gone(move || {
        stop(flow);
        drop(take);
    });
}
