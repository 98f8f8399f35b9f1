//! The good end.

use vestibule_protocol::message::Message;

use crate::components::button::primary;
use crate::components::drawing;
use crate::components::page::heading;
use crate::flow::{Flow, WayOut};
use crate::view::{View, el};

/// Draws the good end.
pub fn screen(flow: Flow) -> View {
    let lead = if flow.is_login() { Message::DoneLogin } else { Message::DoneLead };
    let body = el("div")
        .class("body")
        .child(drawing::tick())
        .child(heading(flow.text(Message::DoneTitle)))
        .child(el("p").class("lead").text(flow.text(lead)));
    let end = el("div").class("page end");
    match flow.way_out() {
        WayOut::Close => {
            let close = primary(flow.text(Message::ActionClose), move || flow.close());
            end.child(body).child(el("div").class("actions").child(close)).draw()
        }
        WayOut::Return { tenant } => {
            let words = |message| flow.filled(message, &[("tenant", &tenant)]);
            let go = primary(words(Message::DoneGo), move || flow.close());
            let body = body.child(el("p").text(words(Message::DoneReturn)));
            end.child(body).child(el("div").class("actions").child(go)).draw()
        }
        WayOut::Stay => end.child(body.child(el("p").text(flow.text(Message::DoneLeave)))).draw(),
    }
}
