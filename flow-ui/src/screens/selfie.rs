//! The selfie step before its picture: seen while it is being submitted, and when it is corrected.

use vestibule_protocol::message::Message;
use vestibule_protocol::submission::Data;
use vestibule_protocol::upload::UploadName;

use super::next_and_back;
use crate::components::drawing;
use crate::components::page::{Page, page};
use crate::flow::Flow;
use crate::machine::Event;
use crate::view::View;

/// Draws the beginning of a selfie step.
pub fn screen(flow: Flow, title: Option<String>) -> View {
    page(
        flow,
        Page {
            title: title.unwrap_or_else(|| flow.text(Message::PhotoSelfie)),
            lead: Some(flow.text(Message::PhotoLeadSelfie)),
            body: vec![drawing::of(None, UploadName::Selfie)],
            actions: next_and_back(flow, Message::ActionOpenCamera),
        },
        move || flow.tell(Event::Submit(Data::default())),
    )
}
