//! A look at the picture, and at what was read in it: use it, or take it again.

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

/// Draws the picture, what was read, and the answers.
pub fn view(shot: Shot, picture: Picture) -> View {
    let flow = shot.flow;
    let blob = picture.blob.clone();
    let reading = picture.reading.clone();
    let preview = el("canvas")
        .class("preview")
        .set("role", "img")
        .set("aria-label", flow.text(Message::PhotoPreview))
        .with(move |canvas| {
            if let Ok(canvas) = canvas.clone().dyn_into() {
                draw(shot, picture.clone(), canvas);
            }
        });
    let (title, advice, yes) = match (&reading, shot.subject) {
        (Some(_), _) => (Message::ReadingTitle, Message::ReadingLead, Message::ReadingRight),
        (None, Subject::Face) => {
            (Message::PhotoCheckTitle, Message::PhotoCheckSelfie, Message::ActionUsePhoto)
        }
        (None, _) => (Message::PhotoCheckTitle, Message::PhotoCheckDocument, Message::ActionUsePhoto),
    };
    let again = button::secondary(flow.text(Message::ActionRetake), move || shot.go(Stage::Live));
    let unread = reading.as_ref().map(|_| {
        let blob = blob.clone();
        button::quiet(flow.text(Message::ReadingWrong), move || flow.tell(Event::Use(blob.clone())))
    });
    page(
        flow,
        Page {
            title: flow.text(title),
            lead: Some(flow.text(advice)),
            body: [preview.draw()]
                .into_iter()
                .chain(reading.as_ref().and_then(|reading| Some(View::from(reading.lines()?))))
                .collect(),
            actions: [button::submit(flow, yes), again].into_iter().chain(unread).collect(),
        },
        move || {
            if let Some(reading) = &reading {
                reading.confirm();
            }
            flow.tell(Event::Use(blob.clone()));
        },
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
