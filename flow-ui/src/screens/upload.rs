//! The files of a submitted step, one after the other.

use leptos::prelude::*;
use vestibule_protocol::message::Message;
use vestibule_protocol::step::Screen;
use vestibule_protocol::upload::UploadName;

use super::{file, photo, wait};
use crate::flow::{Flow, Status};

/// Draws what takes the file that is asked for; while one is on its way, how far it is.
pub fn screen(flow: Flow) -> AnyView {
    let under_way = Memo::new(move |_| matches!(flow.status(), Status::Sending(_) | Status::Failed(_)));
    (move || if under_way.get() { wait::screen(flow) } else { taking(flow) }).into_any()
}

fn taking(flow: Flow) -> AnyView {
    let asked = flow.with_walk(|walk| Some((walk.slot()?.clone(), walk.step().clone()))).flatten();
    let Some((slot, step)) = asked else { return ().into_any() };
    let document = match step.screen {
        Screen::Document { chosen, .. } => chosen,
        _ => None,
    };
    match slot.name {
        UploadName::File => file::screen(flow, slot),
        name => photo::screen(flow, name, document),
    }
}

/// Why the last picture was not taken.
pub fn rejection(flow: Flow) -> Option<AnyView> {
    match flow.status_now() {
        Status::Rejected(reason) => Some(
            view! {
                <div class="notice alert" role="alert">
                    <p><strong>{flow.text(Message::RejectedTitle)}</strong> " " {flow.text(reason.into())}</p>
                </div>
            }
            .into_any(),
        ),
        _ => None,
    }
}
