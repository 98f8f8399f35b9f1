//! A look at the picture: use it, or take it again.

use leptos::html;
use leptos::prelude::*;
use vestibule_protocol::message::Message;

use super::{Shot, Stage, Subject};
use crate::capture::picture::Picture;
use crate::components::button;
use crate::components::page::{Page, page};
use crate::machine::Event;

/// The longest side of the picture on the screen, in pixels.
const SHOWN: u32 = 1_200;

/// Draws the picture and the two answers.
pub fn view(shot: Shot, picture: Picture) -> AnyView {
    let flow = shot.flow;
    let canvas = NodeRef::<html::Canvas>::new();
    let blob = picture.blob.clone();
    canvas.on_load(move |canvas| {
        flow.spawn(async move {
            if picture.preview(&canvas, SHOWN).await.is_err() {
                shot.stage.set(Stage::Ready);
                shot.unreadable.set(true);
            }
        });
    });
    let advice = match shot.subject {
        Subject::Face => Message::PhotoCheckSelfie,
        _ => Message::PhotoCheckDocument,
    };
    let again = button::secondary(flow.text(Message::ActionRetake), move || shot.go(Stage::Live));
    page(
        flow,
        Page {
            title: flow.text(Message::PhotoCheckTitle),
            lead: Some(flow.text(advice)),
            body: view! {
                <canvas class="preview" role="img" aria-label=flow.text(Message::PhotoPreview) node_ref=canvas></canvas>
            }
            .into_any(),
            actions: (button::submit(flow, Message::ActionUsePhoto), again).into_any(),
        },
        move || flow.tell(Event::Use(blob.clone())),
    )
}
