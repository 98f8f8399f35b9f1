//! The document: a person says which one will be photographed.

use leptos::prelude::*;
use vestibule_protocol::field::Raw;
use vestibule_protocol::message::Message;
use vestibule_protocol::submission::Data;
use vestibule_protocol::upload::{DocumentKind, UploadName};

use super::going_back;
use crate::components::page::{Page, page};
use crate::components::{button, drawing, focus};
use crate::flow::Flow;
use crate::machine::Event;

/// Draws the choice. A choice of one is made already.
pub fn screen(
    flow: Flow,
    title: Option<String>,
    documents: Vec<DocumentKind>,
    chosen: Option<DocumentKind>,
) -> AnyView {
    let first = documents.first().copied();
    let chosen = RwSignal::new(chosen.or(first.filter(|_| documents.len() == 1)));
    let missing = RwSignal::new(false);
    let cards: Vec<AnyView> = documents.into_iter().map(|kind| card(flow, kind, chosen, missing)).collect();
    let submit = move || match chosen.get_untracked() {
        Some(kind) => {
            let mut data = Data::default();
            data.push("kind", Raw::Text(kind.as_str().into()));
            flow.tell(Event::Submit(data));
        }
        None => {
            missing.set(true);
            first.iter().for_each(|kind| focus::by_id(flow, &id(*kind)));
        }
    };
    let title = title.unwrap_or_else(|| flow.text(Message::DocumentTitle));
    let legend = title.clone();
    let problem = move || missing.get().then(|| flow.text(Message::DocumentChoose));
    page(
        flow,
        Page {
            title,
            lead: Some(flow.text(Message::DocumentLead)),
            body: view! {
                <fieldset class="field cards" class:wrong=move || missing.get()>
                    <legend class="unseen">{legend}</legend>
                    {move || problem().map(|words| view! { <p class="problem" role="alert">{words}</p> })}
                    {cards}
                </fieldset>
            }
            .into_any(),
            actions: (button::submit(flow, Message::ActionContinue), going_back(flow)).into_any(),
        },
        submit,
    )
}

fn id(kind: DocumentKind) -> String {
    ["d-", kind.as_str()].concat()
}

fn card(flow: Flow, kind: DocumentKind, chosen: RwSignal<Option<DocumentKind>>, missing: RwSignal<bool>) -> AnyView {
    let choose = move |_| {
        chosen.set(Some(kind));
        missing.set(false);
    };
    view! {
        <label class="card">
            <input
                id=id(kind)
                type="radio"
                name="document"
                prop:checked=move || chosen.get() == Some(kind)
                on:change=choose
            />
            {drawing::of(Some(kind), UploadName::Front)}
            <span>{flow.text(kind.into())}</span>
        </label>
    }
    .into_any()
}
