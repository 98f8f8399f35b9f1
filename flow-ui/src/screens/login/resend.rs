//! A new code: how long until one can be asked for, then the button.

use std::rc::Rc;

use vestibule_protocol::message::Message;

use crate::components::button::quiet;
use crate::flow::Flow;
use crate::state::State;
use crate::view::{View, el, text, when_gone};

/// Draws the wait of so many seconds, and after it the button. The end of the wait is announced, and not each second.
pub fn draw(flow: Flow, seconds: u32, again: Box<dyn Fn()>) -> View {
    let left = State::new(seconds);
    if seconds > 0 {
        // By the clock: while the person reads the message elsewhere, this page may be asleep.
        let until = flow.now() + f64::from(seconds) * 1000.0;
        let counting = flow.spawn(async move {
            while left.now() > 0 {
                flow.pause(500).await;
                let now = ((until - flow.now()) / 1000.0).ceil().max(0.0) as u32;
                if left.now() != now {
                    left.set(now);
                }
            }
        });
        when_gone(move || counting.abort());
    }
    let wait = move || {
        let seconds = left.get();
        (seconds > 0).then(|| text(flow.filled(Message::LoginWait, &[("time", &clock(seconds))])))
    };
    let again: Rc<dyn Fn()> = again.into();
    let button = move || {
        let again = again.clone();
        (left.get() == 0).then(|| quiet(flow.text(Message::LoginResend), move || again()))
    };
    el("div")
        .class("resend")
        .child(el("p").class("hint").live(wait))
        .child(el("div").set("role", "status").live(button))
        .draw()
}

/// Minutes and seconds.
fn clock(seconds: u32) -> String {
    let (minutes, seconds) = (seconds / 60, seconds % 60);
    let zero = if seconds < 10 { "0" } else { "" };
    [&minutes.to_string(), ":", zero, &seconds.to_string()].concat()
}
