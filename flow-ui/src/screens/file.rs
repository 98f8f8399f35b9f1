//! Any other file: chosen from the device, looked at, sent.

use js_sys::Array;
use vestibule_protocol::message::Message;
use vestibule_protocol::upload::{MediaType, UploadSlot};
use web_sys::{Blob, File};

use super::end_without;
use super::upload::rejection;
use crate::components::page::{Page, page};
use crate::components::picker::Picker;
use crate::components::{button, drawing, notice};
use crate::flow::Flow;
use crate::machine::Event;
use crate::state::State;
use crate::view::{self, View, el, live};

/// Draws the choice of a file.
pub fn screen(flow: Flow, slot: UploadSlot) -> View {
    let picker = Picker::new();
    let chosen = State::new(None::<(String, Blob)>);
    let too_large = State::new(false);
    let megabytes = (slot.max_bytes / 1_000_000).max(1).to_string();
    let types: Vec<&str> = slot.accept.iter().map(|media_type| short_name(*media_type)).collect();
    let accept: Vec<&str> = slot.accept.iter().map(|media_type| media_type.as_str()).collect();
    let max_bytes = f64::from(slot.max_bytes);
    let take = move |file: File| {
        too_large.set(file.size() > max_bytes);
        chosen.set((file.size() <= max_bytes).then(|| (file.name(), copy(&file))));
    };
    let problem = flow.filled(Message::FileTooLarge, &[("megabytes", &megabytes)]);
    let choose = move || picker.open();
    let send = move || {
        if let Some((_, file)) = chosen.now() {
            flow.tell(Event::Use(file));
        } else {
            choose();
        }
    };
    let has_file = move || chosen.with(Option::is_some);
    let label =
        move || flow.text(if has_file() { Message::ActionSendFile } else { Message::ActionChooseFile });
    let again = move || button::secondary(flow.text(Message::ActionChooseFile), choose);
    let size_and_types =
        flow.filled(Message::FileTypes, &[("types", &types.join(", ")), ("megabytes", &megabytes)]);
    let body = [
        el("p").class("hint").text(size_and_types).draw(),
        live(move || too_large.get().then(|| notice::problem(&problem))),
        el("p")
            .class("chosen")
            .set("role", "status")
            .live(move || chosen.get().map(|(name, _)| view::text(name)))
            .draw(),
        picker.input(&accept.join(","), None, take),
    ];
    page(
        flow,
        Page {
            title: slot.label.unwrap_or_else(|| flow.text(Message::FileTitle)),
            lead: Some(flow.text(Message::FileLead)),
            body: rejection(flow).into_iter().chain([drawing::of(None, slot.name)]).chain(body).collect(),
            actions: [
                el("button")
                    .set("type", "submit")
                    .class("primary")
                    .child(el("span").live(move || Some(view::text(label()))))
                    .draw(),
                live(move || has_file().then(again)),
            ]
            .into_iter()
            .chain(end_without(flow))
            .collect(),
        },
        send,
    )
}

/// The file's bytes without its name, which is nobody's business.
fn copy(file: &File) -> Blob {
    Blob::new_with_blob_sequence(&Array::of1(file)).unwrap_or_else(|_| file.clone().into())
}

fn short_name(media_type: MediaType) -> &'static str {
    match media_type {
        MediaType::Jpeg => "JPEG",
        MediaType::Png => "PNG",
        MediaType::WebP => "WebP",
        MediaType::Pdf => "PDF",
    }
}
