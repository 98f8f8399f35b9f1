//! Consents: texts to agree to, each with its own tick.

use leptos::prelude::*;
use vestibule_protocol::field::{FieldProblem, Raw};
use vestibule_protocol::message::Message;
use vestibule_protocol::step::ConsentView;
use vestibule_protocol::submission::Data;

use super::going_back;
use crate::components::page::{Page, page};
use crate::components::{button, focus};
use crate::flow::Flow;
use crate::machine::Event;

/// One consent while it is read. Copies are the same consent.
#[derive(Clone, Copy)]
struct Tick {
    view: StoredValue<ConsentView>,
    given: RwSignal<bool>,
    missing: RwSignal<bool>,
}

impl Tick {
    fn id(self) -> String {
        self.view.with_value(|view| ["c-", view.name.as_str()].concat())
    }

    fn look(self) -> bool {
        let missing = self.view.with_value(|view| view.required) && !self.given.get_untracked();
        self.missing.set(missing);
        !missing
    }
}

/// Draws the consents.
pub fn screen(flow: Flow, title: Option<String>, consents: Vec<ConsentView>) -> AnyView {
    let ticks: Vec<Tick> = consents
        .into_iter()
        .map(|view| Tick {
            given: RwSignal::new(view.given),
            missing: RwSignal::new(false),
            view: StoredValue::new(view),
        })
        .collect();
    let drawn: Vec<AnyView> = ticks.iter().map(|tick| draw(flow, *tick)).collect();
    let submit = move || {
        let all_given = ticks.iter().fold(true, |so_far, tick| tick.look() && so_far);
        match ticks.iter().find(|tick| tick.missing.get_untracked()) {
            Some(tick) if !all_given => focus::by_id(flow, &tick.id()),
            _ => flow.tell(Event::Submit(collect(&ticks))),
        }
    };
    page(
        flow,
        Page {
            title: title.unwrap_or_else(|| flow.text(Message::ConsentTitle)),
            lead: Some(flow.text(Message::ConsentLead)),
            body: drawn.into_any(),
            actions: (button::submit(flow, Message::ActionContinue), going_back(flow)).into_any(),
        },
        submit,
    )
}

/// A consent that is given is submitted as the version of its text.
fn collect(ticks: &[Tick]) -> Data {
    let mut data = Data::default();
    for tick in ticks {
        tick.view.with_value(|view| {
            let value = if tick.given.get_untracked() { Raw::Text(view.version.clone()) } else { Raw::Bool(false) };
            data.push(view.name.as_str(), value);
        });
    }
    data
}

fn draw(flow: Flow, tick: Tick) -> AnyView {
    let (text, url) = tick.view.with_value(|view| (view.text.clone(), view.url.clone()));
    let problem_id = [&tick.id(), "-problem"].concat();
    let described_by = problem_id.clone();
    let toggle = move |event| {
        tick.given.set(event_target_checked(&event));
        tick.missing.set(false);
    };
    let problem = flow.text(FieldProblem::NotAccepted.into());
    view! {
        <div class="field consent" class:wrong=move || tick.missing.get()>
            <label class="tick">
                <input
                    id=tick.id()
                    type="checkbox"
                    prop:checked=move || tick.given.get()
                    aria-invalid=move || tick.missing.get().then_some("true")
                    aria-describedby=move || tick.missing.get().then(|| described_by.clone())
                    on:change=toggle
                />
                <span>{text}</span>
            </label>
            {move || tick.missing.get().then(|| view! { <p class="problem" id=problem_id.clone()>{problem.clone()}</p> })}
            {url.map(|url| link(flow, url))}
        </div>
    }
    .into_any()
}

fn link(flow: Flow, url: String) -> AnyView {
    view! {
        <a class="more" href=url target="_blank" rel="noopener noreferrer">
            {flow.text(Message::ConsentRead)}
            <span class="unseen">" (" {flow.text(Message::ConsentNewTab)} ")"</span>
        </a>
    }
    .into_any()
}
