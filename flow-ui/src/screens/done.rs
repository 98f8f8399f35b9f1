//! The good end.

use leptos::prelude::*;
use vestibule_protocol::message::Message;

use crate::components::button::primary;
use crate::components::page::heading;
use crate::flow::Flow;

/// Draws the good end.
pub fn screen(flow: Flow) -> AnyView {
    let way_out = if flow.is_closable() {
        view! {
            <div class="actions">{primary(flow.text(Message::ActionClose), move || flow.close())}</div>
        }
        .into_any()
    } else {
        ().into_any()
    };
    let leave = (!flow.is_closable()).then(|| view! { <p>{flow.text(Message::DoneLeave)}</p> });
    view! {
        <div class="page end">
            <div class="body">
                <svg class="drawing" viewBox="0 0 64 64" aria-hidden="true" focusable="false">
                    <path d="M32 6a26 26 0 1 0 0 52 26 26 0 0 0 0-52zM20 33l8 8 16-17" />
                </svg>
                {heading(flow.text(Message::DoneTitle))}
                <p class="lead">{flow.text(Message::DoneLead)}</p>
                {leave}
            </div>
            {way_out}
        </div>
    }
    .into_any()
}
