//! A person changes how they log in: what there is, and for each what to do about it.

use std::rc::Rc;

use vestibule_protocol::field::Raw;
use vestibule_protocol::login::{AuthMethod, CodeSent, DONE, LoginMethod};
use vestibule_protocol::message::Message;

use super::login::authenticator;
use super::login::{Part, Parts, by, give, go, parts, turn};
use crate::components::button::{named, sending};
use crate::components::page::{Page, page};
use crate::flow::Flow;
use crate::state::State;
use crate::view::{View, el};

/// The ways to log in.
pub struct Ways {
    /// Those that may be changed, with what there is.
    pub methods: Vec<LoginMethod>,
    /// How many passkeys there are.
    pub passkeys: u16,
    /// What an authenticator is asked, to make another one.
    pub passkey: Option<String>,
    /// What was changed in this session.
    pub changed: Vec<AuthMethod>,
}

/// Draws what is asked now.
pub fn screen(flow: Flow, title: Option<String>, ways: Ways, code: Option<CodeSent>) -> View {
    let ways = Rc::new(ways);
    let list = move |part| list(flow, title.clone(), &ways, part);
    let around = move |_, part| (Vec::new(), vec![turn(flow, Message::MethodsBack, part, Part::Ways)]);
    let (list, around) = (Box::new(list), Box::new(around));
    parts(flow, Parts { code, known: false, first: Part::Ways, ways: list, around, title: None })
}

fn list(flow: Flow, title: Option<String>, ways: &Ways, part: State<Part>) -> View {
    let failed = State::new(false);
    authenticator::prepare(flow);
    let lines = el("ul").class("given methods").set("role", "list");
    let lines =
        ways.methods.iter().fold(lines, |lines, way| lines.child(line(flow, ways, way, part, failed)));
    let problem = authenticator::problem(flow, failed, Message::PasskeyFailed);
    let done = move || give(flow, DONE, Raw::Bool(true));
    page(
        flow,
        Page {
            title: title.unwrap_or_else(|| flow.text(Message::MethodsTitle)),
            lead: Some(flow.text(Message::MethodsLead)),
            body: vec![lines.draw(), problem],
            actions: vec![sending(flow, "primary", flow.text(Message::MethodsDone), done)],
        },
        done,
    )
}

fn line(flow: Flow, ways: &Ways, way: &LoginMethod, part: State<Part>, failed: State<bool>) -> View {
    let (method, is_passkey) = (way.method, way.method == AuthMethod::Passkey);
    let label = match method {
        AuthMethod::Passkey => flow.text(Message::MethodsPasskeys),
        _ => flow.named(by(method, "field.id.phone_number", "field.id.email")).unwrap_or_default(),
    };
    let there = match method {
        AuthMethod::Passkey => passkeys(flow, ways.passkeys),
        _ => way.masked.clone(),
    };
    let changes = there.is_some() && !is_passkey;
    let action = flow.text(if changes { Message::ActionChange } else { Message::MethodsAdd });
    let options = ways.passkey.clone().filter(|_| authenticator::makes_passkeys(flow));
    let can = !is_passkey || options.is_some();
    let act = move || match &options {
        Some(options) if is_passkey => authenticator::ask(flow, "create", options, failed),
        _ => go(flow, part, Part::Address(method)),
    };
    let button = can.then(|| named("quiet", action, &label, act).draw());
    let known = el("p").text(there.unwrap_or_else(|| flow.text(Message::MethodsNone)));
    let known = match ways.changed.contains(&method) {
        true => known.child(el("span").class("changed").text(flow.text(Message::MethodsChanged))),
        false => known,
    };
    el("li")
        .class("line heading")
        .child(el("div").child(el("p").class("hint").text(label)).child(known))
        .children(button)
        .draw()
}

fn passkeys(flow: Flow, count: u16) -> Option<String> {
    (count > 0).then(|| flow.filled(Message::MethodsCount, &[("count", &count.to_string())]))
}
