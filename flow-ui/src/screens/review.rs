//! The review: what was given, once more, each part with a way to correct it.

use js_sys::Array;
use vestibule_protocol::field::{Format, Owner};
use vestibule_protocol::id::StepName;
use vestibule_protocol::message::Message;
use vestibule_protocol::step::{FieldView, Screen, StepView};
use vestibule_protocol::submission::Data;
use vestibule_protocol::upload::UploadName;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use web_sys::HtmlElement;

use crate::components::field::label;
use crate::components::page::{Page, page};
use crate::components::{button, choice, countries, date};
use crate::flow::Flow;
use crate::machine::Event;
use crate::view::{El, View, el};

/// Draws the review.
pub fn screen(flow: Flow, title: Option<String>, steps: Vec<StepView>) -> View {
    let given = given_in_forms(flow, &steps);
    let question = el("div").with(move |place| ask(flow, place, &given)).draw();
    let sections = steps.into_iter().filter(|step| !is_login(&step.screen)).map(|step| section(flow, step));
    page(
        flow,
        Page {
            title: title.unwrap_or_else(|| flow.text(Message::ReviewTitle)),
            lead: Some(flow.text(Message::ReviewLead)),
            body: [question].into_iter().chain(sections).collect(),
            actions: vec![button::submit(flow, Message::ActionConfirm)],
        },
        move || flow.tell(Event::Submit(Data::default())),
    )
}

/// Asks, once, about what differs from what was read of a document.
fn ask(flow: Flow, place: &HtmlElement, given: &Array) {
    let correct = Closure::<dyn FnMut(JsValue)>::new(move |step: JsValue| {
        let name = step.as_string().and_then(|name| name.parse().ok());
        name.into_iter().for_each(|name| flow.tell(Event::Correct(name)));
    });
    flow.ask_sight("question", &[place.into(), given.into(), correct.into_js_value()]);
}

/// What was typed: step, field, label and value of each.
fn given_in_forms(flow: Flow, steps: &[StepView]) -> Array {
    let given = Array::new();
    for step in steps {
        let Screen::Form { fields } = &step.screen else { continue };
        for field in fields {
            if let Some(value) = &field.value {
                let (name, label) = (field.name.as_str(), label(flow, field));
                let parts = [step.name.as_str(), name, &label, value].map(JsValue::from);
                given.push(&parts.into_iter().collect::<Array>());
            }
        }
    }
    given
}

/// What a person logged in with is no answer that they correct.
fn is_login(screen: &Screen) -> bool {
    matches!(screen, Screen::Identify { .. } | Screen::Passkey { .. } | Screen::LoginMethods { .. })
}

fn section(flow: Flow, step: StepView) -> View {
    let heading = step.title.clone().unwrap_or_else(|| flow.text(standard_title(&step.screen)));
    let lines = lines(flow, &step).into_iter().map(|(term, given)| {
        let given = given.into_iter().map(|given| el("dd").text(given).draw());
        el("div").class("line").child(el("dt").text(term)).children(given).draw()
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
    button::named("quiet", words, title, move || flow.tell(Event::Correct(name.clone())))
}

fn standard_title(screen: &Screen) -> Message {
    match screen {
        Screen::Form { .. } => Message::FormTitle,
        Screen::Consent { .. } => Message::ConsentTitle,
        Screen::Document { .. } => Message::ReviewDocument,
        Screen::Selfie {} => Message::SideSelfie,
        _ => Message::ReviewTitle,
    }
}

/// What was asked, and all that was given to it.
fn lines(flow: Flow, step: &StepView) -> Vec<(String, Vec<String>)> {
    let mut lines: Vec<(String, Vec<String>)> = match &step.screen {
        Screen::Form { fields } => {
            fields.iter().map(|field| (label(flow, field), given(flow, field))).collect()
        }
        Screen::Consent { consents } => consents
            .iter()
            .map(|consent| {
                let agreed = if consent.given { Message::ReviewAgreed } else { Message::ReviewDeclined };
                (consent.text.clone(), vec![flow.text(agreed)])
            })
            .collect(),
        Screen::Document { chosen: Some(kind), .. } => {
            vec![(flow.text(Message::ReviewKind), vec![flow.text((*kind).into())])]
        }
        _ => Vec::new(),
    };
    for name in &step.uploaded {
        let taken =
            if *name == UploadName::File { Message::ReviewFileSent } else { Message::ReviewPhotoTaken };
        lines.push((flow.text((*name).into()), vec![flow.text(taken)]));
    }
    lines
}

fn given(flow: Flow, field: &FieldView) -> Vec<String> {
    if let Some(owners) = &field.owners {
        return match owners.is_empty() {
            true => vec![flow.text(Message::OwnersNone)],
            false => owners.iter().map(|owner| in_words(flow, owner)).collect(),
        };
    }
    vec![match (&field.value, &field.masked, &field.format) {
        (Some(code), _, Format::Country) => countries::name(code).unwrap_or_else(|| code.clone()),
        (Some(code), _, Format::State) => choice::state(flow, code),
        (Some(day), _, Format::Birthday | Format::Expiry | Format::Day) => {
            date::in_words(day).unwrap_or_else(|| day.clone())
        }
        (Some(option), _, Format::Choice { .. }) => choice::label(flow, field.name.as_str(), option),
        (Some(given), _, Format::Checkbox) => {
            flow.text(if given == "true" { Message::ReviewYes } else { Message::ReviewNo })
        }
        (Some(percent), _, Format::Percent) => flow.filled(Message::FormPercent, &[("percent", percent)]),
        (Some(value), ..) | (None, Some(value), _) => value.clone(),
        (None, None, _) => flow.text(Message::ReviewNothing),
    }]
}

fn in_words(flow: Flow, owner: &Owner) -> String {
    let name = [&owner.first_name, " ", &owner.last_name].concat();
    let stake = owner.ownership_stake.to_string();
    flow.filled(Message::OwnersLine, &[("name", &name), ("percent", &stake), ("email", &owner.email)])
}
