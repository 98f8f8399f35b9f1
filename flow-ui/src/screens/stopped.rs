//! The session cannot go on: why, and where to go.

use leptos::prelude::*;
use vestibule_protocol::message::Message;
use vestibule_protocol::problem::Code;

use crate::components::button::primary;
use crate::components::notice::reference;
use crate::components::page::heading;
use crate::flow::Flow;
use crate::machine::{Phase, Trouble};

/// Draws the end of a session that cannot go on.
pub fn screen(flow: Flow) -> AnyView {
    let trouble = flow.with_phase(|phase| match phase {
        Phase::Stopped(trouble) => Some(trouble.clone()),
        _ => None,
    });
    let (why, support) = match trouble.flatten() {
        Some(Trouble::Refused { code, support_id, .. }) => (reason(code), reference(flow, support_id.as_ref())),
        _ => (Message::StoppedOther, String::new()),
    };
    let close = flow.is_closable().then(|| primary(flow.text(Message::ActionClose), move || flow.close()));
    view! {
        <div class="page end">
            <div class="body">
                <svg class="drawing" viewBox="0 0 64 64" aria-hidden="true" focusable="false">
                    <path d="M32 6a26 26 0 1 0 0 52 26 26 0 0 0 0-52zM32 18v18M32 44v2" />
                </svg>
                {heading(flow.text(Message::StoppedTitle))}
                <p class="lead">{flow.text(why)}</p>
                <p class="hint">{support}</p>
            </div>
            <div class="actions">{close}</div>
        </div>
    }
    .into_any()
}

fn reason(code: Code) -> Message {
    match code {
        Code::SessionExpired => Message::StoppedExpired,
        Code::InvalidToken | Code::InvalidSessionId => Message::StoppedInvalid,
        Code::TooManyAttempts => Message::StoppedAttempts,
        _ => Message::StoppedOther,
    }
}
