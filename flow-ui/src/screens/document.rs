//! The document: a person says which one will be photographed.

use vestibule_protocol::field::Raw;
use vestibule_protocol::message::Message;
use vestibule_protocol::submission::{DOCUMENT_KIND, Data};
use vestibule_protocol::upload::{DocumentKind, UploadName};

use super::next_and_back;
use crate::components::field::set_checked;
use crate::components::page::{Page, page};
use crate::components::{drawing, focus, notice};
use crate::flow::Flow;
use crate::machine::Event;
use crate::state::State;
use crate::view::{View, el};

/// Draws the choice. A choice of one is made already.
pub fn screen(
    flow: Flow,
    title: Option<String>,
    documents: Vec<DocumentKind>,
    chosen: Option<DocumentKind>,
) -> View {
    let first = documents.first().copied();
    let chosen = State::new(chosen.or(first.filter(|_| documents.len() == 1)));
    let missing = State::new(false);
    let cards: Vec<View> = documents.into_iter().map(|kind| card(flow, kind, chosen, missing)).collect();
    let submit = move || match chosen.now() {
        Some(kind) => {
            let mut data = Data::default();
            data.push(DOCUMENT_KIND, Raw::Text(kind.as_str().into()));
            flow.tell(Event::Submit(data));
        }
        None => {
            missing.set(true);
            first.iter().for_each(|kind| focus::by_id(flow, &id(*kind)));
        }
    };
    let title = title.unwrap_or_else(|| flow.text(Message::DocumentTitle));
    let problem = move || notice::problem(flow.text(Message::DocumentChoose));
    let choice = el("fieldset")
        .class_while("field cards", "wrong", move || missing.get())
        .child(el("legend").class("unseen").text(title.clone()))
        .live(move || missing.get().then(problem))
        .children(cards);
    page(
        flow,
        Page {
            title,
            lead: Some(flow.text(Message::DocumentLead)),
            body: vec![choice.draw()],
            actions: next_and_back(flow, Message::ActionContinue),
        },
        submit,
    )
}

fn id(kind: DocumentKind) -> String {
    ["d-", kind.as_str()].concat()
}

fn card(flow: Flow, kind: DocumentKind, chosen: State<Option<DocumentKind>>, missing: State<bool>) -> View {
    let input = el("input")
        .set("id", id(kind))
        .set("type", "radio")
        .set("name", "document")
        .with(move |input| set_checked(input, chosen.get() == Some(kind)))
        .on("change", move |_| {
            chosen.set(Some(kind));
            missing.set(false);
        });
    let picture = drawing::of(Some(kind), UploadName::Front);
    el("label")
        .class("card")
        .child(input)
        .child(picture)
        .child(el("span").text(flow.text(kind.into())))
        .draw()
}
