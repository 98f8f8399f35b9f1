//! Any other file: chosen from the device, looked at, sent.

use js_sys::Array;
use leptos::html;
use leptos::prelude::*;
use vestibule_protocol::message::Message;
use vestibule_protocol::upload::{MediaType, UploadSlot};
use web_sys::Blob;

use crate::components::page::{Page, page};
use crate::components::{button, drawing};
use crate::flow::Flow;
use crate::machine::Event;

/// Draws the choice of a file.
pub fn screen(flow: Flow, slot: UploadSlot) -> AnyView {
    let input = NodeRef::<html::Input>::new();
    let chosen = RwSignal::new_local(None::<(String, Blob)>);
    let too_large = RwSignal::new(false);
    let megabytes = (slot.max_bytes / 1_000_000).max(1).to_string();
    let types: Vec<&str> = slot.accept.iter().map(|media_type| short_name(*media_type)).collect();
    let accept: Vec<&str> = slot.accept.iter().map(|media_type| media_type.as_str()).collect();
    let max_bytes = f64::from(slot.max_bytes);
    let take = move |_| {
        let file = input.get_untracked().and_then(|input| input.files()).and_then(|files| files.get(0));
        if let Some(file) = file {
            too_large.set(file.size() > max_bytes);
            chosen.set((file.size() <= max_bytes).then(|| (file.name(), copy(&file))));
        }
    };
    let problem = flow.filled(Message::FileTooLarge, &[("megabytes", &megabytes)]);
    let choose = move || {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    };
    let send = move || {
        if let Some((_, file)) = chosen.get_untracked() {
            flow.tell(Event::Use(file));
        } else {
            choose();
        }
    };
    let label = move || flow.text(if chosen.with(Option::is_some) { Message::ActionSendFile } else { Message::ActionChooseFile });
    let again = move || chosen.with(Option::is_some).then(|| button::secondary(flow.text(Message::ActionChooseFile), choose));
    let size_and_types = flow.filled(Message::FileTypes, &[("types", &types.join(", ")), ("megabytes", &megabytes)]);
    page(
        flow,
        Page {
            title: slot.label.unwrap_or_else(|| flow.text(Message::FileTitle)),
            lead: Some(flow.text(Message::FileLead)),
            body: view! {
                {super::upload::rejection(flow)}
                {drawing::of(None, slot.name)}
                <p class="hint">{size_and_types}</p>
                {move || too_large.get().then(|| view! { <p class="problem" role="alert">{problem.clone()}</p> })}
                <p class="chosen" role="status">{move || chosen.get().map(|(name, _)| name)}</p>
                <input class="unseen" tabindex="-1" aria-hidden="true" type="file" accept=accept.join(",") node_ref=input on:change=take />
            }
            .into_any(),
            actions: view! {
                <button type="submit" class="primary"><span>{label}</span></button>
                {again}
            }
            .into_any(),
        },
        send,
    )
}

/// The file's bytes without its name, which is nobody's business.
fn copy(file: &web_sys::File) -> Blob {
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
