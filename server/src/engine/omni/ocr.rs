//! What was typed or read of a document and of whom it is, in the names of the omni family.

use std::collections::BTreeMap;

use vestibule_protocol::field::Value;
use vestibule_protocol::omni::{AddressFields, OcrData, OcrName, TypeOfId};
use vestibule_protocol::upload::DocumentKind;

use crate::engine::session::{Given, Session};

/// What there is. A value of a document (`document.<kind>.<what>`) goes before one of the person
/// (`id.<what>`). Numbers of social security and of taxes are of no document, and are left to the vault.
pub fn ocr_data(session: &Session) -> OcrData {
    let known = Known::of(session);
    let expires = known.day("expires_at", "");
    OcrData {
        name: name(&known),
        address: address_lines(&known),
        address_fields: address(&known),
        type_of_id: known.kind.map(type_of_id),
        birth_date: known.day("dob", "id.dob"),
        document_number: known.text("document_number", "id.drivers_license_number"),
        issued_at: known.day("issued_at", ""),
        expire_at: expires,
        issuing_country: known.text("issuing_country", ""),
        issuing_state: known.text("issuing_state", "id.drivers_license_state"),
        nationality: known.text("nationality", "id.nationality"),
    }
}

/// What was given in a session's forms, and the first document that was chosen.
struct Known<'a> {
    values: BTreeMap<&'a str, &'a Value>,
    kind: Option<DocumentKind>,
}

impl<'a> Known<'a> {
    fn of(session: &'a Session) -> Self {
        let mut known = Self { values: BTreeMap::new(), kind: None };
        for (_, submission) in session.submissions_in_order() {
            match &submission.given {
                Given::Form(values) => {
                    known.values.extend(values.iter().map(|(name, value)| (name.as_str(), value)));
                }
                Given::Document(kind) => known.kind = known.kind.or(Some(*kind)),
                Given::Consent(_) | Given::Selfie | Given::Review => {}
            }
        }
        known
    }

    /// What the document says, else what the person says. No value has the empty name.
    fn value(&self, of_document: &str, of_person: &str) -> Option<&'a Value> {
        let is_of_document = |name: &str| {
            let rest = name.strip_prefix("document.");
            rest.and_then(|rest| rest.split_once('.')).is_some_and(|(_, what)| what == of_document)
        };
        let document = self.values.iter().find(|(name, _)| is_of_document(name)).map(|(_, value)| *value);
        document.or_else(|| self.values.get(of_person).copied())
    }

    fn text(&self, of_document: &str, of_person: &str) -> Option<String> {
        self.value(of_document, of_person)?.to_text()
    }

    fn day(&self, of_document: &str, of_person: &str) -> Option<i64> {
        match self.value(of_document, of_person)? {
            Value::Date(day) => Some(day.millis()),
            _ => None,
        }
    }
}

fn name(known: &Known<'_>) -> Option<OcrName> {
    let first_name = known.text("first_name", "id.first_name");
    let middle_name = known.text("middle_name", "id.middle_name");
    let paternal_last_name = known.text("last_name", "id.last_name");
    let parts = [&first_name, &middle_name, &paternal_last_name];
    let full_name = known.text("full_name", "").or_else(|| joined(parts.into_iter().flatten(), " "));
    let name = OcrName { full_name, first_name, middle_name, paternal_last_name };
    (name != OcrName::default()).then_some(name)
}

fn address(known: &Known<'_>) -> Option<AddressFields> {
    let lines = [known.text("", "id.address_line1"), known.text("", "id.address_line2")];
    let address = AddressFields {
        street: joined(lines.iter().flatten(), ", "),
        city: known.text("", "id.city"),
        state: known.text("", "id.state"),
        postal_code: known.text("", "id.zip"),
        country: known.text("", "id.country"),
    };
    (address != AddressFields::default()).then_some(address)
}

fn address_lines(known: &Known<'_>) -> Option<String> {
    let part = |name: &str| known.text("", name);
    let town = [part("id.zip"), part("id.city"), part("id.state")];
    let lines = [
        part("id.address_line1"),
        part("id.address_line2"),
        joined(town.iter().flatten(), " "),
        part("id.country"),
    ];
    known.text("address", "").or_else(|| joined(lines.iter().flatten(), "\n"))
}

/// The parts that there are; `None` when there is none.
fn joined<'a>(parts: impl Iterator<Item = &'a String>, with: &str) -> Option<String> {
    let parts: Vec<&str> = parts.map(String::as_str).collect();
    (!parts.is_empty()).then(|| parts.join(with))
}

fn type_of_id(kind: DocumentKind) -> TypeOfId {
    match kind {
        DocumentKind::Passport => TypeOfId::Passport,
        DocumentKind::IdCard => TypeOfId::IdentificationCard,
        DocumentKind::DriversLicense => TypeOfId::DriversLicense,
        DocumentKind::ResidencePermit => TypeOfId::ResidenceDocument,
    }
}
