//! What the person should know while something is on its way, or when it did not arrive.

use vestibule_protocol::id::SupportId;
use vestibule_protocol::login::{CODE, DONE, PASSKEY, SEND, SKIP};
use vestibule_protocol::message::Message;
use vestibule_protocol::problem::RefusedField;

use super::button::secondary;
use crate::flow::{Flow, Status};
use crate::machine::{Event, Pace, Trouble};
use crate::view::{View, el};

/// A live region: quiet while all is well.
pub fn notice(flow: Flow) -> View {
    let words = move || match flow.status() {
        Status::Sending(Pace::Slow) => Some(flow.text(Message::WaitSlow)),
        Status::Sending(Pace::Offline) => Some(flow.text(Message::WaitOffline)),
        Status::Refused(fields) => refused(&fields).map(|words| flow.text(words)),
        Status::Failed(trouble) => Some(sentence(flow, &trouble)),
        _ => None,
    };
    let failed = move || matches!(flow.status(), Status::Failed(_));
    let retry = move || secondary(flow.text(Message::ActionRetry), move || flow.tell(Event::Retry));
    el("div")
        .class_while("notice", "alert", failed)
        .set("role", "status")
        .live(move || words().map(|words| el("p").text(words).draw()))
        .live(move || failed().then(retry))
        .draw()
}

/// What stands in inputs is marked there. What a person asked for by a button is told here. A step about log-in has
/// one input, to which the keyboard goes, and which needs no second word.
fn refused(fields: &[RefusedField]) -> Option<Message> {
    match fields {
        [RefusedField { field, problem }] => match field.as_str() {
            SEND | PASSKEY | SKIP | DONE => Some((*problem).into()),
            CODE | "email" | "phone" => None,
            _ => Some(Message::FormProblems),
        },
        _ => Some(Message::FormProblems),
    }
}

/// What is wrong with what the person chose; said at once.
pub fn problem(words: impl AsRef<str>) -> View {
    el("p").class("problem").set("role", "alert").text(words).draw()
}

/// What to tell the person of a trouble that may pass.
fn sentence(flow: Flow, trouble: &Trouble) -> String {
    match trouble {
        Trouble::NoAnswer => flow.text(Message::TroubleNoAnswer),
        Trouble::Refused { support_id, .. } => {
            [&flow.text(Message::TroubleServer), " ", &reference(flow, support_id.as_ref())].concat()
        }
    }
}

/// What to quote to support, if there is something.
pub fn reference(flow: Flow, id: Option<&SupportId>) -> String {
    id.map(|id| flow.filled(Message::TroubleSupport, &[("id", id.as_str())])).unwrap_or_default()
}
