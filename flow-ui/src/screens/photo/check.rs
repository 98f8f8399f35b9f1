//! A look at the picture: use it, or take it again.

use vestibule_protocol::message::Message;
use wasm_bindgen::JsCast;
use web_sys::HtmlCanvasElement;

use super::{Shot, Stage, Subject};
use crate::capture::picture::Picture;
use crate::components::button;
use crate::components::page::{Page, page};
use crate::machine::Event;
use crate::view::{View, el};

/// The longest side of the picture on the screen, in pixels.
const SHOWN: u32 = 1_200;

/// Draws the picture and the two answers.
pub fn view(shot: Shot, picture: Picture) -> View {
    let flow = shot.flow;
    let blob = picture.blob.clone();
    let preview = el("canvas")
        .class("preview")
        .set("role", "img")
        .set("aria-label", flow.text(Message::PhotoPreview))
        .with(move |canvas| {
            if let Ok(canvas) = canvas.clone().dyn_into() {
                draw(shot, picture.clone(), canvas);
            }
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
            body: vec![preview.draw()],
            actions: vec![button::submit(flow, Message::ActionUsePhoto), again],
        },
        move || flow.tell(Event::Use(blob.clone())),
    )
}

fn draw(shot: Shot, picture: Picture, canvas: HtmlCanvasElement) {
    shot.flow.spawn(async move {
        if picture.preview(&canvas, SHOWN).await.is_err() {
            shot.stage.set(Stage::Ready);
            shot.unreadable.set(true);
        }
    });
}
