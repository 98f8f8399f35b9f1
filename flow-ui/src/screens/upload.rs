//! The files of a submitted step, one after the other.

use vestibule_protocol::message::Message;
use vestibule_protocol::step::Screen;
use vestibule_protocol::upload::UploadName;

use super::{file, photo, wait};
use crate::flow::{Flow, Status};
use crate::view::{View, el, nothing};

/// Draws what takes the file that is asked for; while one is on its way, how far it is.
pub fn screen(flow: Flow) -> View {
    if flow.is_under_way() { wait::screen(flow) } else { taking(flow) }
}

fn taking(flow: Flow) -> View {
    let chosen = |screen: &Screen| match screen {
        Screen::Document { chosen, .. } => *chosen,
        _ => None,
    };
    let asked = flow.with_walk(|walk| Some((walk.slot()?.clone(), chosen(&walk.step().screen)))).flatten();
    let Some((slot, document)) = asked else { return nothing() };
    match slot.name {
        UploadName::File => file::screen(flow, slot),
        _ => photo::screen(flow, &slot, document),
    }
}

/// Why the last picture was not taken.
pub fn rejection(flow: Flow) -> Option<View> {
    match flow.status_now() {
        Status::Rejected(reason) => {
            let words = [&flow.text(Message::RejectedTitle), " ", &flow.text(reason.into())].concat();
            Some(el("div").class("notice alert").set("role", "alert").child(el("p").text(words)).draw())
        }
        _ => None,
    }
}
