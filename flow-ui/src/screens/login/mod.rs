//! What the screens about log-in share: the parts of such a step, what they submit, an address, a code, and what
//! an authenticator answers.

mod address;
pub mod authenticator;
mod code;
mod digits;
mod resend;

use reactive_graph::graph::untrack;
use vestibule_protocol::field::Raw;
use vestibule_protocol::login::{AuthMethod, CodeSent, SEND};
use vestibule_protocol::message::Message;
use vestibule_protocol::submission::Data;

use crate::components::button::quiet;
use crate::flow::Flow;
use crate::machine::Event;
use crate::state::State;
use crate::view::{View, live};

/// What a step about log-in asks now. It goes from one to another without asking the server.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Which way.
    Ways,
    /// For an address of this kind.
    Address(AuthMethod),
    /// For the code that was sent.
    Code,
}

/// What stands under the question for an address, and what else can be done there.
pub type Around = (Vec<View>, Vec<View>);

/// What the parts of a step know.
pub struct Parts {
    /// The code that was sent last.
    pub code: Option<CodeSent>,
    /// Whether it is known who must log in: then a code is asked for by its method alone.
    pub known: bool,
    /// Where one begins, and comes back to.
    pub first: Part,
    /// Draws the choice of a way.
    pub ways: Box<dyn Fn(State<Part>) -> View>,
    /// Draws what stands around the question for an address.
    pub around: Box<dyn Fn(AuthMethod, State<Part>) -> Around>,
    /// The heading of the question for an address, where the skill has one of its own.
    pub title: Option<String>,
}

/// Draws one part after the other.
pub fn parts(flow: Flow, parts: Parts) -> View {
    let part = State::new(if parts.code.is_some() { Part::Code } else { parts.first });
    live(move || {
        let now = part.get();
        Some(untrack(|| match (now, &parts.code) {
            (Part::Code, Some(code)) => code_screen(flow, &parts, code, part),
            (Part::Address(method), code) => {
                let typed = code.as_ref().filter(|code| code.method == method).map(|code| code.to.clone());
                let around = (parts.around)(method, part);
                address::screen(flow, method, typed, parts.title.clone(), around)
            }
            _ => (parts.ways)(part),
        }))
    })
}

fn code_screen(flow: Flow, parts: &Parts, code: &CodeSent, part: State<Part>) -> View {
    let (method, known, to) = (code.method, parts.known, code.to.clone());
    let again = move || match known {
        true => give_text(flow, SEND, method.as_str().into()),
        false => give_text(flow, method.as_str(), to.clone()),
    };
    let (other, there) = match known {
        true => (Message::LoginOtherWay, Part::Ways),
        false => (by(method, Message::LoginOtherPhone, Message::LoginOtherEmail), Part::Address(method)),
    };
    let mut actions = vec![turn(flow, other, part, there)];
    if !known && parts.first == Part::Ways {
        actions.push(turn(flow, Message::MethodsBack, part, Part::Ways));
    }
    code::screen(flow, code, Box::new(again), actions)
}

/// A quiet button that leads to another part.
pub fn turn(flow: Flow, label: Message, part: State<Part>, there: Part) -> View {
    quiet(flow.text(label), move || go(flow, part, there))
}

/// Goes to another part. What was refused before is not said there.
pub fn go(flow: Flow, part: State<Part>, there: Part) {
    flow.tell(Event::Back);
    part.set(there);
}

/// Submits one value.
pub fn give(flow: Flow, name: &str, value: Raw) {
    let mut data = Data::default();
    data.push(name, value);
    flow.tell(Event::Submit(data));
}

/// Submits one text.
pub fn give_text(flow: Flow, name: &str, text: String) {
    give(flow, name, Raw::Text(text));
}

/// Of a method to which a code goes, the one or the other word.
pub fn by<T>(method: AuthMethod, phone: T, email: T) -> T {
    if method == AuthMethod::Phone { phone } else { email }
}
