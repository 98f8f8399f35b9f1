//! A person makes a passkey, or says why not.

use vestibule_protocol::login::{PasskeySkip, SKIP};
use vestibule_protocol::message::Message;

use super::login::authenticator;
use super::login::give_text;
use crate::components::button::sending;
use crate::components::page::{Page, page};
use crate::flow::Flow;
use crate::state::State;
use crate::view::{View, el};

/// Draws the question whether to make one. Where none can be made, that is said, and one button leads on.
pub fn screen(flow: Flow, title: Option<String>, options: Option<String>) -> View {
    let failed = State::new(false);
    let options = options.filter(|_| authenticator::makes_passkeys(flow));
    let can = options.is_some();
    let skip = move || {
        let why = match can {
            true if failed.now() => PasskeySkip::Failed,
            true => PasskeySkip::Declined,
            false => PasskeySkip::Unsupported,
        };
        give_text(flow, SKIP, why.as_str().into());
    };
    let title = title.unwrap_or_else(|| flow.text(Message::PasskeyTitle));
    let Some(options) = options else {
        let lead = Some(flow.text(Message::PasskeyNowhere));
        let actions = vec![sending(flow, "primary", flow.text(Message::ActionContinue), skip)];
        return page(flow, Page { title, lead, body: Vec::new(), actions }, || ());
    };
    authenticator::prepare(flow);
    let create = move || authenticator::ask(flow, "create", &options, failed);
    let mut label = flow.text(Message::PasskeyCreate);
    if !authenticator::uses_passkeys(flow) {
        label = [&label, " (", &flow.text(Message::ConsentNewTab), ")"].concat();
    }
    let body = vec![
        el("p").class("lead").text(flow.text(Message::PasskeyWhat)).draw(),
        authenticator::problem(flow, failed, Message::PasskeyFailed),
    ];
    let actions = vec![
        sending(flow, "primary", label, create),
        sending(flow, "quiet", flow.text(Message::PasskeyLater), skip),
    ];
    page(flow, Page { title, lead: Some(flow.text(Message::PasskeyLead)), body, actions }, || ())
}
