//! A form: fields to fill.

use vestibule_protocol::message::Message;
use vestibule_protocol::step::FieldView;
use vestibule_protocol::submission::Data;

use super::next_and_back;
use crate::components::field::{Field, draw};
use crate::components::focus;
use crate::components::page::{Page, page};
use crate::flow::{Flow, Status};
use crate::machine::Event;
use crate::state::State;
use crate::view::{View, watch};

/// Draws the form.
pub fn screen(flow: Flow, title: Option<String>, fields: Vec<FieldView>) -> View {
    let personal = fields.iter().any(|field| field.name.as_str().starts_with("id."));
    let fields: Vec<Field> = fields.into_iter().map(|field| Field::new(flow, field)).collect();
    let drawn: Vec<View> = fields.iter().map(|field| draw(*field)).collect();
    let fields = State::new(fields);

    watch(move || {
        if let Status::Refused(refused) = flow.status() {
            fields.with_now(|fields| {
                for field in fields {
                    if let Some(refused) = refused.iter().find(|refused| refused.field == field.name()) {
                        field.refuse(refused.problem);
                    }
                }
                to_first_problem(flow, fields);
            });
        }
    });
    let submit = move || {
        fields.with_now(|fields| match collect(fields) {
            Some(data) => flow.tell(Event::Submit(data)),
            None => to_first_problem(flow, fields),
        });
    };
    page(
        flow,
        Page {
            title: title.unwrap_or_else(|| flow.text(Message::FormTitle)),
            lead: personal.then(|| flow.text(Message::FormLead)),
            body: drawn,
            actions: next_and_back(flow, Message::ActionContinue),
        },
        submit,
    )
}

/// What is submitted, if every field can be.
fn collect(fields: &[Field]) -> Option<Data> {
    for field in fields {
        field.look();
    }
    if fields.iter().any(|field| field.is_wrong()) {
        return None;
    }
    let mut data = Data::default();
    for field in fields {
        if let Ok(Some(value)) = field.value() {
            data.push(&field.name(), value);
        }
    }
    Some(data)
}

fn to_first_problem(flow: Flow, fields: &[Field]) {
    if let Some(field) = fields.iter().find(|field| field.is_wrong()) {
        focus::by_id(flow, &field.id());
    }
}
