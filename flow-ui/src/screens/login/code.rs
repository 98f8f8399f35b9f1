//! The code that was sent: one field, which takes it typed, pasted, or from the message itself.

use vestibule_protocol::field::{FieldProblem, Format, Raw};
use vestibule_protocol::login::{AuthMethod, CODE, CODE_DIGITS, CodeSent};
use vestibule_protocol::message::Message;
use vestibule_protocol::step::FieldView;

use super::digits::digits;
use super::{authenticator, by, give_text, resend};
use crate::components::button::submit;
use crate::components::field::{self, Field};
use crate::components::focus;
use crate::components::page::{Page, page};
use crate::flow::{Flow, Status};
use crate::state::State;
use crate::view::{El, View, el, nothing, text, value_of, watch};

/// So few tries left are told.
const FEW: u32 = 2;

/// Draws the question for the code. `again` asks for another one; `actions` lead elsewhere.
pub fn screen(flow: Flow, code: &CodeSent, again: Box<dyn Fn()>, actions: Vec<View>) -> View {
    let field = ask(flow);
    let tries = State::new(u32::from(code.tries_left));
    watch(move || {
        if let Status::Refused(refused) = flow.status()
            && let Some(refused) = refused.iter().find(|refused| refused.field == CODE)
        {
            refuse(flow, field, tries, refused.problem);
        }
    });
    if code.method == AuthMethod::Phone {
        authenticator::listen(flow, "hear", None, Box::new(move |message| enter(flow, field, &message)));
    }
    let few = move || {
        let left = tries.get();
        (1..=FEW)
            .contains(&left)
            .then(|| text(flow.filled(Message::LoginTries, &[("tries", &left.to_string())])))
    };
    let body = vec![
        field::labelled(field, input(flow, field)),
        el("p").class("hint").set("role", "status").live(few).draw(),
        resend::draw(flow, code.resend_seconds, again),
        sandbox(flow),
    ];
    let mut all = vec![submit(flow, Message::ActionContinue)];
    all.extend(actions);
    page(
        flow,
        Page {
            title: flow.text(by(code.method, Message::LoginCodePhone, Message::LoginCodeEmail)),
            lead: Some(flow.filled(Message::LoginCodeLead, &[("to", &code.to)])),
            body,
            actions: all,
        },
        move || send(flow, field),
    )
}

fn ask(flow: Flow) -> Field {
    let view = FieldView {
        name: CODE.parse().expect("a name of a field"),
        format: Format::Line { max: 64 },
        required: true,
        label: None,
        hint: None,
        value: None,
        masked: None,
        owners: None,
    };
    Field::new(flow, view)
}

fn input(flow: Flow, field: Field) -> El {
    field::text_input(field)
        .class("code")
        .set("inputmode", "numeric")
        .set("autocomplete", "one-time-code")
        .on("input", move |event| enter(flow, field, &value_of(&event)))
}

/// Takes what was typed or pasted, and sends it once it is whole.
fn enter(flow: Flow, field: Field, typed: &str) {
    let code = digits(typed);
    let whole = code.len() == CODE_DIGITS;
    field.type_in(code);
    if whole {
        send(flow, field);
    }
}

fn send(flow: Flow, field: Field) {
    match field.value() {
        Ok(Some(Raw::Text(code))) if code.len() == CODE_DIGITS => give_text(flow, CODE, code),
        _ => {
            field.refuse(FieldProblem::Required);
            focus::by_id(flow, &field.id());
        }
    }
}

/// The field is empty again, and says why. The last try is the end of the code.
fn refuse(flow: Flow, field: Field, tries: State<u32>, problem: FieldProblem) {
    let left = match problem {
        FieldProblem::WrongCode => tries.now().saturating_sub(1),
        _ => tries.now(),
    };
    tries.set(left);
    field.type_in(String::new());
    field.refuse(if left == 0 { FieldProblem::CodeExpired } else { problem });
    focus::by_id(flow, &field.id());
}

/// In the sandbox nothing is sent: where the code can be read.
fn sandbox(flow: Flow) -> View {
    let Some(outbox) = flow.outbox() else { return nothing() };
    let link = el("a")
        .class("more")
        .set("href", outbox)
        .set("target", "_blank")
        .set("rel", "noopener")
        .text(flow.text(Message::LoginOutbox))
        .child(el("span").class("unseen").text(flow.text(Message::ConsentNewTab)));
    el("div").class("note calm").child(el("p").text(flow.text(Message::LoginSandbox))).child(link).draw()
}
