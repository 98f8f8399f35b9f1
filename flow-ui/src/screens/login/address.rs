//! An address to which a code is sent: one field, by which the browser may offer passkeys, too.

use vestibule_protocol::field::Format;
use vestibule_protocol::login::AuthMethod;
use vestibule_protocol::message::Message;
use vestibule_protocol::step::FieldView;

use super::{Around, by, give};
use crate::components::button::submit;
use crate::components::field::{self, Field};
use crate::components::focus;
use crate::components::page::{Page, page};
use crate::flow::{Flow, Status};
use crate::view::{View, watch};

/// Draws the question for an address of this kind. `known` stands in the field; `body` under it, and `actions` under
/// the way on.
pub fn screen(
    flow: Flow,
    method: AuthMethod,
    known: Option<String>,
    title: Option<String>,
    (body, actions): Around,
) -> View {
    let field = ask(flow, method, known);
    watch(move || {
        if let Status::Refused(refused) = flow.status() {
            let own = refused.iter().find(|refused| refused.field == method.as_str());
            if let Some(refused) = own {
                field.refuse(refused.problem);
                focus::by_id(flow, &field.id());
            }
        }
    });
    let send = move || {
        field.look();
        match field.value() {
            Ok(Some(address)) => give(flow, method.as_str(), address),
            _ => focus::by_id(flow, &field.id()),
        }
    };
    let question = by(method, Message::LoginPhone, Message::LoginEmail);
    let (mut below, mut all) = (vec![draw(field, method)], vec![submit(flow, Message::ActionContinue)]);
    below.extend(body);
    all.extend(actions);
    page(
        flow,
        Page {
            title: title.unwrap_or_else(|| flow.text(question)),
            lead: Some(flow.text(by(method, Message::LoginLeadPhone, Message::LoginLeadEmail))),
            body: below,
            actions: all,
        },
        send,
    )
}

fn ask(flow: Flow, method: AuthMethod, value: Option<String>) -> Field {
    let name = by(method, "id.phone_number", "id.email");
    let view = FieldView {
        name: name.parse().expect("a data identifier"),
        format: by(method, Format::Phone, Format::Email),
        required: true,
        label: None,
        hint: None,
        value,
        masked: None,
        owners: None,
    };
    Field::new(flow, view)
}

/// HTML, "Autofill": with `webauthn` the browser offers passkeys among addresses.
fn draw(field: Field, method: AuthMethod) -> View {
    let tokens = by(method, "tel webauthn", "email webauthn");
    field::labelled(field, field::text_input(field).set("autocomplete", tokens))
}
