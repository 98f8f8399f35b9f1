//! A file is on its way: how far it is, and a way on when it does not arrive.

use leptos::prelude::*;
use vestibule_protocol::message::Message;

use crate::components::notice::notice;
use crate::components::page::heading;
use crate::flow::{Flow, Status};
use crate::machine::Pace;

/// Draws the way of a file to the server.
pub fn screen(flow: Flow) -> AnyView {
    let percent = move || match flow.status() {
        Status::Sending(Pace::Moving(percent)) => Some(percent),
        _ => None,
    };
    let fill = move || [&percent().unwrap_or(100).to_string(), "%"].concat();
    let words = move || flow.filled(Message::WaitPercent, &[("percent", &percent().unwrap_or(0).to_string())]);
    let failed = move || matches!(flow.status(), Status::Failed(_));
    view! {
        <div class="page wait">
            <div class="body">
                {heading(flow.text(Message::WaitSendingPhoto))}
                <div
                    class="meter"
                    class:still=failed
                    role="progressbar"
                    aria-valuemin="0"
                    aria-valuemax="100"
                    aria-valuenow=move || percent().map(|percent| percent.to_string())
                    aria-valuetext=words
                    aria-label=flow.text(Message::WaitSendingPhoto)
                >
                    <div class="fill" style:width=fill></div>
                </div>
            </div>
            <div class="actions">{notice(flow)}</div>
        </div>
    }
    .into_any()
}
