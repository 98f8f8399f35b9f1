//! A file is on its way: how far it is, and a way on when it does not arrive.

use vestibule_protocol::message::Message;
use vestibule_protocol::upload::UploadName;

use crate::components::notice::notice;
use crate::components::page::{heading, progress, widen};
use crate::flow::{Flow, Status};
use crate::machine::Pace;
use crate::view::{View, el};

/// Draws the way of a file to the server.
pub fn screen(flow: Flow) -> View {
    let percent = move || match flow.status() {
        Status::Sending(Pace::Moving(percent)) => Some(percent),
        _ => None,
    };
    let words =
        move || flow.filled(Message::WaitPercent, &[("percent", &percent().unwrap_or(0).to_string())]);
    let failed = move || matches!(flow.status(), Status::Failed(_));
    let is_file = flow.with_walk(|walk| walk.slot().is_some_and(|slot| slot.name == UploadName::File));
    let title = match is_file {
        Some(true) => flow.text(Message::WaitSendingFile),
        _ => flow.text(Message::WaitSendingPhoto),
    };
    let meter = el("div")
        .class_while("meter", "still", failed)
        .set("role", "progressbar")
        .set("aria-valuemin", "0")
        .set("aria-valuemax", "100")
        .set_while("aria-valuenow", move || percent().map(|percent| percent.to_string()))
        .set_while("aria-valuetext", move || Some(words()))
        .set("aria-label", title.clone())
        .child(el("div").class("fill").with(move |fill| {
            // While it waits for a connection the meter stays where it was.
            if let Some(percent) = percent() {
                widen(fill, percent.into());
            }
        }));
    el("div")
        .class("page wait")
        .children(progress(flow))
        .child(el("div").class("body").child(heading(title)).child(meter).child(notice(flow)))
        .draw()
}
