//! The review: what was given, once more, each part with a way to correct it.

use vestibule_protocol::field::Format;
use vestibule_protocol::id::StepName;
use vestibule_protocol::message::Message;
use vestibule_protocol::step::{FieldView, Screen, StepView};
use vestibule_protocol::submission::Data;
use vestibule_protocol::upload::UploadName;

use crate::components::field::label;
use crate::components::page::{Page, page};
use crate::components::{button, choice, countries, date};
use crate::flow::Flow;
use crate::machine::Event;
use crate::view::{El, View, el};

/// Draws the review.
pub fn screen(flow: Flow, title: Option<String>, steps: Vec<StepView>) -> View {
    let sections: Vec<View> = steps.into_iter().map(|step| section(flow, step)).collect();
    page(
        flow,
        Page {
            title: title.unwrap_or_else(|| flow.text(Message::ReviewTitle)),
            lead: Some(flow.text(Message::ReviewLead)),
            body: sections,
            actions: vec![button::submit(flow, Message::ActionConfirm)],
        },
        move || flow.tell(Event::Submit(Data::default())),
    )
}

fn section(flow: Flow, step: StepView) -> View {
    let heading = step.title.clone().unwrap_or_else(|| flow.text(standard_title(&step.screen)));
    let lines = lines(flow, &step).into_iter().map(|(term, given)| {
        el("div").class("line").child(el("dt").text(term)).child(el("dd").text(given)).draw()
    });
    el("section")
        .class("given")
        .child(el("div").class("heading").child(el("h2").text(heading.clone())).child(change(
            flow,
            step.name.clone(),
            &heading,
        )))
        .child(el("dl").children(lines))
        .draw()
}

fn change(flow: Flow, name: StepName, title: &str) -> El {
    let words = flow.text(Message::ActionChange);
    el("button")
        .set("type", "button")
        .class("quiet")
        .set("aria-label", [&words, ": ", title].concat())
        .on("click", move |_| flow.tell(Event::Correct(name.clone())))
        .child(el("span").text(words))
}

fn standard_title(screen: &Screen) -> Message {
    match screen {
        Screen::Form { .. } => Message::FormTitle,
        Screen::Consent { .. } => Message::ConsentTitle,
        Screen::Document { .. } => Message::ReviewDocument,
        Screen::Selfie {} => Message::SideSelfie,
        Screen::Review { .. } => Message::ReviewTitle,
    }
}

fn lines(flow: Flow, step: &StepView) -> Vec<(String, String)> {
    let mut lines: Vec<(String, String)> = match &step.screen {
        Screen::Form { fields } => {
            fields.iter().map(|field| (label(flow, field), given(flow, field))).collect()
        }
        Screen::Consent { consents } => consents
            .iter()
            .map(|consent| {
                (
                    consent.text.clone(),
                    flow.text(if consent.given { Message::ReviewAgreed } else { Message::ReviewDeclined }),
                )
            })
            .collect(),
        Screen::Document { chosen: Some(kind), .. } => {
            vec![(flow.text(Message::ReviewKind), flow.text((*kind).into()))]
        }
        _ => Vec::new(),
    };
    for name in &step.uploaded {
        let taken =
            if *name == UploadName::File { Message::ReviewFileSent } else { Message::ReviewPhotoTaken };
        lines.push((flow.text((*name).into()), flow.text(taken)));
    }
    lines
}

fn given(flow: Flow, field: &FieldView) -> String {
    match (&field.value, &field.masked, &field.format) {
        (Some(code), _, Format::Country) => countries::name(code).unwrap_or_else(|| code.clone()),
        (Some(day), _, Format::Birthday | Format::Expiry | Format::Day) => {
            date::in_words(day).unwrap_or_else(|| day.clone())
        }
        (Some(option), _, Format::Choice { .. }) => choice::label(flow, field.name.as_str(), option),
        (Some(given), _, Format::Checkbox) => {
            flow.text(if given == "true" { Message::ReviewYes } else { Message::ReviewNo })
        }
        (Some(value), ..) | (None, Some(value), _) => value.clone(),
        (None, None, _) => flow.text(Message::ReviewNothing),
    }
}
