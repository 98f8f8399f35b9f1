//! What the person should know while something is on its way, or when it did not arrive.

use leptos::prelude::*;
use vestibule_protocol::message::Message;

use super::button::secondary;
use crate::flow::{Flow, Status};
use crate::machine::{Event, Pace, Trouble};

/// A live region: quiet while all is well.
pub fn notice(flow: Flow) -> AnyView {
    let words = move || match flow.status() {
        Status::Sending(Pace::Slow) => Some(flow.text(Message::WaitSlow)),
        Status::Sending(Pace::Offline) => Some(flow.text(Message::WaitOffline)),
        Status::Refused(_) => Some(flow.text(Message::FormProblems)),
        Status::Failed(trouble) => Some(sentence(flow, &trouble)),
        _ => None,
    };
    let failed = move || matches!(flow.status(), Status::Failed(_));
    view! {
        <div class="notice" class:alert=failed role="status">
            {move || words().map(|words| view! { <p>{words}</p> })}
            {move || failed().then(|| secondary(flow.text(Message::ActionRetry), move || flow.tell(Event::Retry)))}
        </div>
    }
    .into_any()
}

/// What to tell the person of a trouble that may pass.
fn sentence(flow: Flow, trouble: &Trouble) -> String {
    match trouble {
        Trouble::NoAnswer => flow.text(Message::TroubleNoAnswer),
        Trouble::Refused { support_id, .. } => [flow.text(Message::TroubleServer), reference(flow, support_id.as_ref())]
            .into_iter()
            .filter(|sentence| !sentence.is_empty())
            .collect::<Vec<_>>()
            .join(" "),
    }
}

/// What to quote to support, if there is something.
pub fn reference(flow: Flow, id: Option<&vestibule_protocol::id::SupportId>) -> String {
    id.map(|id| flow.filled(Message::TroubleSupport, &[("id", id.as_str())])).unwrap_or_default()
}
