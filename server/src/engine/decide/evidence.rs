//! What the checks are asked about: the steps that were there beside what was given in them, and every
//! document that was asked for with all that was learnt of it.

use std::collections::{BTreeMap, BTreeSet};

use vestibule_protocol::date::Date;
use vestibule_protocol::field::{FieldName, Value};
use vestibule_protocol::skill::{StepKind, StepSpec};
use vestibule_protocol::upload::DocumentKind;

use crate::engine::reading::{PersonName, Reading, readings};
use crate::engine::session::{Given, Session, Submission, Values};
use crate::engine::sight::Sight;

/// What the checks are asked about.
pub struct Evidence<'a> {
    /// The steps that were there, and what was given in each.
    pub steps: Vec<(&'a StepSpec, Option<&'a Submission>)>,
    /// The documents that were asked for, by kind.
    pub documents: Vec<Document>,
    /// The day of the decision.
    pub today: Date,
    /// All fields that were given.
    values: Values,
    /// All fields that can have been given.
    asked: BTreeSet<FieldName>,
}

/// A document that was asked for.
#[derive(Debug)]
pub struct Document {
    /// What it is, as fields are called after it.
    pub kind: String,
    /// Whether its sides are photographed, so that whatever it says could be read.
    pub photographed: bool,
    /// What was seen in each picture of it; `None` of one at which nobody looked.
    pub pictures: Vec<Option<Sight>>,
    /// What was learnt of it, one reading for each place.
    pub readings: Vec<Reading>,
    /// Which of its fields are asked for, by the last part of their names.
    asked: BTreeSet<String>,
}

impl<'a> Evidence<'a> {
    /// What there is on the day of the decision.
    pub fn gather(session: &'a Session, today: Date) -> Self {
        let steps: Vec<_> =
            session.steps().into_iter().map(|step| (step, session.submission(step))).collect();
        let (mut values, mut asked) = (Values::new(), BTreeSet::new());
        for (step, submission) in &steps {
            if let StepKind::Form { fields } = &step.kind {
                asked.extend(fields.iter().filter(|field| field.required).map(|field| field.name.clone()));
            }
            if let Some(Given::Form(given)) = submission.map(|submission| &submission.given) {
                asked.extend(given.keys().cloned());
                values.extend(given.iter().map(|(name, value)| (name.clone(), value.clone())));
            }
        }
        let documents = documents(&steps, &values, &asked, today);
        Self { steps, documents, today, values, asked }
    }

    /// Whether a field was asked for: it was given, or had to be.
    pub fn asks_for(&self, name: &str) -> bool {
        self.asked.iter().any(|asked| asked.as_str() == name)
    }

    /// A day that was given.
    pub fn day(&self, name: &str) -> Option<Date> {
        match self.value(name)? {
            Value::Date(day) => Some(*day),
            _ => None,
        }
    }

    /// The person's own name, as it was typed: given names and family name.
    pub fn own_name(&self) -> Option<PersonName> {
        let text = |name| match self.value(name) {
            Some(Value::Text(text)) => text.as_str(),
            _ => "",
        };
        let given = [text("id.first_name"), text("id.middle_name")].join(" ");
        PersonName::of_parts(&given, text("id.last_name"), false)
    }

    fn value(&self, name: &str) -> Option<&Value> {
        self.values.get(&name.parse().ok()?)
    }
}

impl Document {
    fn new(kind: &str) -> Self {
        let kind = kind.into();
        Self { kind, photographed: false, pictures: Vec::new(), readings: Vec::new(), asked: BTreeSet::new() }
    }

    /// Whether one of these fields is asked for, or anything from which it could be learnt.
    pub fn could_say(&self, fields: &[&str]) -> bool {
        self.photographed || ["mrz", "barcode"].iter().chain(fields).any(|what| self.asked.contains(*what))
    }

    /// Whether this very field is asked for.
    pub fn asks_for(&self, what: &str) -> bool {
        self.asked.contains(what)
    }

    /// In how many places something can be learnt of it.
    pub fn places(&self) -> usize {
        let scanned = ["mrz", "barcode"].iter().filter(|what| self.asked.contains(**what)).count();
        let typed = self.asked.iter().any(|what| !matches!(what.as_str(), "mrz" | "barcode"));
        scanned + usize::from(typed) + usize::from(self.photographed)
    }
}

fn documents(
    steps: &[(&StepSpec, Option<&Submission>)],
    values: &Values,
    asked: &BTreeSet<FieldName>,
    today: Date,
) -> Vec<Document> {
    let mut documents: BTreeMap<String, Document> = BTreeMap::new();
    let mut of_kind = |kind: &str, note: &dyn Fn(&mut Document)| {
        note(documents.entry(kind.into()).or_insert_with(|| Document::new(kind)));
    };
    for submission in steps.iter().filter_map(|(_, submission)| *submission) {
        if let Given::Document(kind) = submission.given {
            of_kind(kind.as_str(), &|document| {
                document.photographed = true;
                document.pictures.extend(submission.uploads.iter().map(|upload| upload.sight.clone()));
            });
        }
    }
    for (kind, what) in asked.iter().filter_map(of_document) {
        of_kind(kind, &|document| {
            document.asked.insert(what.into());
        });
    }
    let mut documents: Vec<Document> = documents.into_values().collect();
    for document in &mut documents {
        let seen: Vec<Sight> = document.pictures.iter().flatten().cloned().collect();
        document.readings = readings(&document.kind, values, &seen, today);
    }
    documents
}

/// The document that a field belongs to, and which of its fields it is.
fn of_document(name: &FieldName) -> Option<(&str, &str)> {
    let licence = DocumentKind::DriversLicense.as_str();
    match name.as_str() {
        "id.drivers_license_number" => Some((licence, "document_number")),
        "id.drivers_license_state" => Some((licence, "issuing_state")),
        other => other.strip_prefix("document.")?.split_once('.'),
    }
}
