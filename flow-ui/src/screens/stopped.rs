//! The session cannot go on: why, and where to go.

use vestibule_protocol::message::Message;
use vestibule_protocol::problem::Code;

use crate::components::button::primary;
use crate::components::drawing;
use crate::components::notice::reference;
use crate::components::page::heading;
use crate::flow::Flow;
use crate::machine::{Phase, Trouble};
use crate::view::{View, el};

/// Draws the end of a session that cannot go on.
pub fn screen(flow: Flow) -> View {
    let trouble = flow.with_phase(|phase| match phase {
        Phase::Stopped(trouble) => Some(trouble.clone()),
        _ => None,
    });
    let (why, support) = match trouble.flatten() {
        Some(Trouble::Refused { code, support_id, .. }) => {
            (reason(code), reference(flow, support_id.as_ref()))
        }
        _ => (Message::StoppedOther, String::new()),
    };
    let close = flow.is_closable().then(|| primary(flow.text(Message::ActionClose), move || flow.close()));
    let body = el("div")
        .class("body")
        .child(drawing::stop())
        .child(heading(flow.text(Message::StoppedTitle)))
        .child(el("p").class("lead").text(flow.text(why)))
        .child(el("p").class("hint").text(support));
    el("div").class("page end").child(body).child(el("div").class("actions").children(close)).draw()
}

fn reason(code: Code) -> Message {
    match code {
        Code::SessionExpired => Message::StoppedExpired,
        Code::InvalidToken | Code::InvalidSessionId => Message::StoppedInvalid,
        Code::TooManyAttempts => Message::StoppedAttempts,
        _ => Message::StoppedOther,
    }
}
