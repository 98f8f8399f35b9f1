//! Before the camera: what will be photographed, and how it succeeds.

use vestibule_protocol::message::Message;
use vestibule_protocol::upload::{DocumentKind, UploadName};

use super::{Shot, Stage, Subject};
use crate::components::page::{Page, page};
use crate::components::{button, drawing};
use crate::machine::{Event, Walk};
use crate::screens::end_without;
use crate::screens::upload::rejection;
use crate::view::{View, el};

/// Draws the advice and the two ways to a picture.
pub fn view(shot: Shot) -> View {
    let flow = shot.flow;
    // It is loaded while the person reads.
    flow.ask_sight("open", &[]);
    if shot.burst[0] > 0 {
        flow.ask_sight("burst", &[]);
    }
    let picture = match shot.subject {
        Subject::Passport => drawing::of(Some(DocumentKind::Passport), UploadName::Front),
        Subject::Front(kind) => drawing::of(Some(kind), UploadName::Front),
        Subject::Back(kind) => drawing::of(Some(kind), UploadName::Back),
        Subject::Face => drawing::of(None, UploadName::Selfie),
    };
    let picture = match shot.subject {
        // It turns before their eyes, where motion is wanted: `flow-ui/styles/sight.css`.
        Subject::Back(_) => el("div").class("turn").child(picture).draw(),
        _ => picture,
    };
    let other = match shot.subject {
        _ if flow.with_walk(Walk::is_late).unwrap_or(false) => end_without(flow),
        Subject::Face => None,
        _ => Some(button::quiet(flow.text(Message::ActionOtherDocument), move || flow.tell(Event::Back))),
    };
    page(
        flow,
        Page {
            title: shot.title(),
            lead: Some(shot.lead()),
            body: rejection(flow).into_iter().chain([picture]).collect(),
            actions: [button::submit(flow, Message::ActionOpenCamera), shot.upload_instead()]
                .into_iter()
                .chain(other)
                .collect(),
        },
        move || shot.go(Stage::Live),
    )
}
