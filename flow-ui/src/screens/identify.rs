//! A person logs in: by a code sent to an address that they type or are known by, or by a passkey.

use std::rc::Rc;

use vestibule_protocol::login::{AuthMethod, CodeSent, LoginMethod, PASSKEY, SEND};
use vestibule_protocol::message::Message;

use super::login::authenticator;
use super::login::{Part, Parts, by, give_text, parts, turn};
use crate::components::button::sending;
use crate::components::page::{Page, page};
use crate::flow::Flow;
use crate::state::State;
use crate::view::View;

/// The ways to log in.
pub struct Ways {
    /// Those that can be used.
    pub methods: Vec<LoginMethod>,
    /// Whether it is known who must log in.
    pub known: bool,
    /// What an authenticator is asked.
    pub passkey: Option<String>,
}

/// Draws what is asked now.
pub fn screen(flow: Flow, title: Option<String>, mut ways: Ways, code: Option<CodeSent>) -> View {
    ways.methods.retain(|way| way.method != AuthMethod::Passkey);
    let (known, ways, heading) = (ways.known, Rc::new(ways), title.clone());
    let first = match ways.methods.first() {
        Some(way) if !known => Part::Address(way.method),
        _ => Part::Ways,
    };
    let these = ways.clone();
    let around = move |method, part| {
        if let Some(options) = &these.passkey {
            let take = move |passkey| give_text(flow, PASSKEY, passkey);
            authenticator::listen(flow, "offer", Some(options), Box::new(take));
        }
        let (failed, mut others) = passkeys(flow, &these);
        for way in &these.methods {
            if way.method != method {
                let label = by(way.method, Message::LoginUsePhone, Message::LoginUseEmail);
                others.push(turn(flow, label, part, Part::Address(way.method)));
            }
        }
        (failed, others)
    };
    let choice = move |_| choice(flow, heading.clone(), &ways);
    parts(flow, Parts { code, known, first, ways: Box::new(choice), around: Box::new(around), title })
}

/// It is known who must log in: the methods that they have.
fn choice(flow: Flow, title: Option<String>, ways: &Ways) -> View {
    let mut actions = Vec::new();
    for way in &ways.methods {
        let method = way.method;
        let class = if actions.is_empty() { "primary" } else { "secondary" };
        let label = flow.filled(Message::LoginSend, &[("to", way.masked.as_deref().unwrap_or_default())]);
        actions.push(sending(flow, class, label, move || give_text(flow, SEND, method.as_str().into())));
    }
    let (body, passkeys) = passkeys(flow, ways);
    let lead = match actions.is_empty() {
        false => Some(flow.text(Message::LoginKnown)),
        // They have a passkey and nothing else.
        true => passkeys.is_empty().then(|| flow.text(Message::LoginNowhere)),
    };
    actions.extend(passkeys);
    let title = title.unwrap_or_else(|| flow.text(Message::LoginTitle));
    page(flow, Page { title, lead, body, actions }, || ())
}

/// What is said of a passkey that failed, and the button for one, where this browser knows them and one may be used
/// here. Who wants none after all has all other ways still before them.
fn passkeys(flow: Flow, ways: &Ways) -> (Vec<View>, Vec<View>) {
    let Some(options) = ways.passkey.clone().filter(|_| authenticator::uses_passkeys(flow)) else {
        return Default::default();
    };
    authenticator::prepare(flow);
    let failed = State::new(false);
    let problem = authenticator::problem(flow, failed, Message::LoginPasskeyFailed);
    let ask = move || authenticator::ask(flow, "get", &options, failed);
    (vec![problem], vec![sending(flow, "secondary", flow.text(Message::LoginPasskey), ask)])
}
