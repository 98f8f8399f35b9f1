//! What a session knows of one document, and of whom it is.

use vestibule_protocol::date::Date;
use vestibule_protocol::field::{FieldName, Value};

use crate::engine::reading::{PersonName, Print, Reading, Source, field, readings};
use crate::engine::session::{Given, Session, Values};

/// What is known.
pub(super) struct Known {
    /// What the document is called: the first that was chosen, else one of which something was typed.
    pub kind: Option<String>,
    values: Values,
    readings: Vec<Reading>,
}

impl Known {
    /// What was given in a session.
    pub fn of(session: &Session, today: Date) -> Self {
        let mut values = Values::new();
        let (mut chosen, mut pictures) = (None, Vec::new());
        for (_, submission) in session.submissions_in_order() {
            match &submission.given {
                Given::Form(given) => values.extend(given.clone()),
                Given::Document(kind) if chosen.is_none() => {
                    chosen = Some(kind.as_str().to_owned());
                    pictures = submission.uploads.iter().filter_map(|upload| upload.sight.clone()).collect();
                }
                _ => {}
            }
        }
        let kind = chosen.or_else(|| values.keys().find_map(kind_of));
        let of_kind = |kind| readings(kind, &values, &pictures, today);
        let mut readings = kind.as_deref().map_or_else(Vec::new, of_kind);
        // A zone whose check digits do not fit was misread somewhere: anything else goes before it.
        readings.sort_by_key(|reading| reading.source.print() == Some(Print::Zone { all_right: false }));
        Self { kind, values, readings }
    }

    /// The first that some reading of the document has.
    pub fn read<'a, T>(&'a self, what: impl Fn(&'a Reading) -> Option<T>) -> Option<T> {
        self.readings.iter().find_map(what)
    }

    /// The name as a machine read it, given names first.
    pub fn machine_read_name(&self) -> Option<String> {
        let mut by_machine = self.readings.iter().filter(|reading| reading.source != Source::Word);
        by_machine.find_map(|reading| match reading.name.as_ref()? {
            PersonName::Parts { given, family, .. } => Some([given, " ", family].concat().trim().to_owned()),
            PersonName::Whole(name) => Some(name.clone()),
        })
    }

    /// What was typed of the document.
    pub fn text_of_document(&self, what: &str) -> Option<String> {
        self.values.get(&field(self.kind.as_deref()?, what)?)?.to_text()
    }

    /// A day that was typed of the document.
    pub fn day_of_document(&self, what: &str) -> Option<Date> {
        day(self.values.get(&field(self.kind.as_deref()?, what)?)?)
    }

    /// What the person said of themselves.
    pub fn text(&self, name: &str) -> Option<String> {
        self.values.get(&name.parse().ok()?)?.to_text()
    }

    /// A day that the person said.
    pub fn day(&self, name: &str) -> Option<Date> {
        day(self.values.get(&name.parse().ok()?)?)
    }
}

/// The document that a field is about.
fn kind_of(name: &FieldName) -> Option<String> {
    let (kind, _) = name.as_str().strip_prefix("document.")?.split_once('.')?;
    Some(kind.into())
}

fn day(value: &Value) -> Option<Date> {
    match value {
        Value::Date(day) => Some(*day),
        _ => None,
    }
}
