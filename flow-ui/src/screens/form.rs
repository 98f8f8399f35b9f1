//! A form: fields to fill.

use vestibule_protocol::field::Raw;
use vestibule_protocol::message::Message;
use vestibule_protocol::problem::RefusedField;
use vestibule_protocol::step::FieldView;
use vestibule_protocol::submission::Data;

use super::next_and_back;
use crate::components::field::{self, Field};
use crate::components::focus;
use crate::components::owners::Owners;
use crate::components::page::{Page, page};
use crate::flow::{Flow, Status};
use crate::machine::Event;
use crate::state::State;
use crate::view::{View, watch};

/// What is asked in one place of a form.
#[derive(Clone, Copy)]
enum Question {
    Field(Field),
    Owners(Owners),
}

impl Question {
    fn draw(self) -> View {
        match self {
            Question::Field(field) => field::draw(field),
            Question::Owners(owners) => owners.draw(),
        }
    }

    /// Looks at what was given, and shows what is wrong with it.
    fn look(self) {
        match self {
            Question::Field(field) => field.look(),
            Question::Owners(owners) => owners.look(),
        }
    }

    /// The id of the first input with a problem.
    fn wrong(self) -> Option<String> {
        match self {
            Question::Field(field) => field.is_wrong().then(|| field.id()),
            Question::Owners(owners) => owners.wrong(),
        }
    }

    /// Shows what the server refused of it.
    fn refuse(self, refused: &RefusedField) {
        match self {
            Question::Field(field) if field.name() == refused.field => field.refuse(refused.problem),
            Question::Field(_) => {}
            Question::Owners(owners) => owners.refuse(&refused.field, refused.problem),
        }
    }

    /// What is submitted of it, under which name.
    fn value(self) -> Option<(String, Raw)> {
        match self {
            Question::Field(field) => Some((field.name(), field.value().ok()??)),
            Question::Owners(owners) => Some(owners.value()),
        }
    }
}

/// Draws the form.
pub fn screen(flow: Flow, title: Option<String>, fields: Vec<FieldView>) -> View {
    let asks_name =
        fields.iter().any(|field| matches!(field.name.as_str(), "id.first_name" | "id.last_name"));
    let questions = questions(flow, fields);
    let offered =
        questions.iter().any(|question| matches!(question, Question::Field(field) if field.is_offered()));
    let drawn = questions.iter().map(|question| question.draw()).collect();
    let questions = State::new(questions);

    watch(move || {
        if let Status::Refused(refused) = flow.status() {
            questions.with_now(|questions| {
                for question in questions {
                    refused.iter().for_each(|refused| question.refuse(refused));
                }
                to_first_problem(flow, questions);
            });
        }
    });
    let submit = move || {
        questions.with_now(|questions| match collect(questions) {
            Some(data) => flow.tell(Event::Submit(data)),
            None => to_first_problem(flow, questions),
        });
    };
    page(
        flow,
        Page {
            title: title.unwrap_or_else(|| flow.text(Message::FormTitle)),
            lead: match offered {
                true => Some(flow.text(Message::ReadingOffered)),
                false => asks_name.then(|| flow.text(Message::FormLead)),
            },
            body: drawn,
            actions: next_and_back(flow, Message::ActionContinue),
        },
        submit,
    )
}

fn questions(flow: Flow, views: Vec<FieldView>) -> Vec<Question> {
    let mut fields = Vec::new();
    for view in views {
        fields.push(Field::new(flow, view));
    }
    let mut questions = Vec::new();
    for field in &fields {
        questions.push(match field.owners() {
            Some(known) => Question::Owners(Owners::new(flow, *field, known, &fields)),
            None => Question::Field(*field),
        });
    }
    questions
}

/// What is submitted, if all of it can be.
fn collect(questions: &[Question]) -> Option<Data> {
    questions.iter().for_each(|question| question.look());
    if questions.iter().any(|question| question.wrong().is_some()) {
        return None;
    }
    let mut data = Data::default();
    for (name, value) in questions.iter().filter_map(|question| question.value()) {
        data.push(&name, value);
    }
    Some(data)
}

fn to_first_problem(flow: Flow, questions: &[Question]) {
    if let Some(id) = questions.iter().find_map(|question| question.wrong()) {
        focus::by_id(flow, &id);
    }
}
