//! Consents: texts to agree to, each with its own tick.

use vestibule_protocol::field::{FieldProblem, Raw};
use vestibule_protocol::message::Message;
use vestibule_protocol::step::ConsentView;
use vestibule_protocol::submission::Data;

use super::next_and_back;
use crate::components::field::set_checked;
use crate::components::focus;
use crate::components::page::{Page, page};
use crate::flow::Flow;
use crate::machine::Event;
use crate::state::State;
use crate::view::{El, View, el, is_checked};

/// One consent while it is read. Copies are the same consent.
#[derive(Clone, Copy)]
struct Tick {
    view: State<ConsentView>,
    given: State<bool>,
    missing: State<bool>,
}

impl Tick {
    fn id(self) -> String {
        self.view.with_now(|view| ["c-", view.name.as_str()].concat())
    }

    fn look(self) {
        self.missing.set(self.view.with_now(|view| view.required) && !self.given.now());
    }
}

/// Draws the consents.
pub fn screen(flow: Flow, title: Option<String>, consents: Vec<ConsentView>) -> View {
    let ticks: Vec<Tick> = consents
        .into_iter()
        .map(|view| Tick {
            given: State::new(view.given),
            missing: State::new(false),
            view: State::new(view),
        })
        .collect();
    let drawn: Vec<View> = ticks.iter().map(|tick| draw(flow, *tick)).collect();
    let submit = move || {
        for tick in &ticks {
            tick.look();
        }
        match ticks.iter().find(|tick| tick.missing.now()) {
            Some(tick) => focus::by_id(flow, &tick.id()),
            None => flow.tell(Event::Submit(collect(&ticks))),
        }
    };
    page(
        flow,
        Page {
            title: title.unwrap_or_else(|| flow.text(Message::ConsentTitle)),
            lead: Some(flow.text(Message::ConsentLead)),
            body: drawn,
            actions: next_and_back(flow, Message::ActionContinue),
        },
        submit,
    )
}

/// A consent that is given is submitted as the version of its text.
fn collect(ticks: &[Tick]) -> Data {
    let mut data = Data::default();
    for tick in ticks {
        tick.view.with_now(|view| {
            let value = if tick.given.now() { Raw::Text(view.version.clone()) } else { Raw::Bool(false) };
            data.push(view.name.as_str(), value);
        });
    }
    data
}

fn draw(flow: Flow, tick: Tick) -> View {
    let (text, url) = tick.view.with_now(|view| (view.text.clone(), view.url.clone()));
    let missing = move || tick.missing.get();
    let problem_id = move || [&tick.id(), "-problem"].concat();
    let input = el("input")
        .set("id", tick.id())
        .set("type", "checkbox")
        .with(move |input| set_checked(input, tick.given.get()))
        .set_while("aria-invalid", move || missing().then(|| "true".into()))
        .set_while("aria-describedby", move || missing().then(problem_id))
        .on("change", move |event| {
            tick.given.set(is_checked(&event));
            tick.missing.set(false);
        });
    let problem = move || {
        let words = flow.text(FieldProblem::NotAccepted.into());
        el("p").class("problem").set("id", problem_id()).text(words).draw()
    };
    el("div")
        .class_while("field consent", "wrong", missing)
        .child(el("label").class("tick").child(input).child(el("span").text(text)))
        .live(move || missing().then(problem))
        .children(url.map(|url| link(flow, url).draw()))
        .draw()
}

fn link(flow: Flow, url: String) -> El {
    let new_tab = [" (", &flow.text(Message::ConsentNewTab), ")"].concat();
    el("a")
        .class("more")
        .set("href", url)
        .set("target", "_blank")
        .set("rel", "noopener noreferrer")
        .text(flow.text(Message::ConsentRead))
        .child(el("span").class("unseen").text(new_tab))
}
