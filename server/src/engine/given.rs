//! From the `data` of a submission to what was given, or the fields that cannot be accepted.

use std::collections::BTreeMap;

use vestibule_protocol::date::Date;
use vestibule_protocol::field::{
    FieldName, FieldProblem, Format, OwnerProblem, PRIMARY_STAKE, Raw, Sensitivity, Value,
    first_beyond_whole, owner_problems, parse,
};
use vestibule_protocol::id::ConsentName;
use vestibule_protocol::problem::RefusedField;
use vestibule_protocol::skill::{ConsentSpec, FieldSpec, StepKind};
use vestibule_protocol::submission::{DOCUMENT_KIND, Data};
use vestibule_protocol::upload::DocumentKind;

use super::session::{Given, Values};

/// Reads what was given in a step of this kind. `known` is what the step's fields held before: a
/// sensitive field that is left out keeps it, since the person saw it masked only.
///
/// # Errors
/// Every field that cannot be accepted, and why.
pub fn read(kind: &StepKind, data: &Data, known: &Values, today: Date) -> Result<Given, Vec<RefusedField>> {
    let mut refused = Vec::new();
    let given = match kind {
        StepKind::Form { fields } => Given::Form(form(fields, data, known, today, &mut refused)),
        StepKind::Consent { consents } => Given::Consent(consent(consents, data, &mut refused)),
        StepKind::Document { documents, .. } => match document(documents, data) {
            Ok(chosen) => Given::Document(chosen),
            Err(problem) => return Err(vec![refuse(DOCUMENT_KIND, problem)]),
        },
        StepKind::Selfie { .. } => Given::Selfie,
        StepKind::Review => Given::Review,
        // What is given in them, `login` reads.
        StepKind::Identify { .. } | StepKind::Passkey | StepKind::LoginMethods => {
            unreachable!("a step about log-in")
        }
    };
    let unknown = data.names().filter(|name| !takes(kind, name));
    refused.extend(unknown.map(|name| refuse(&shortened(name), FieldProblem::Unknown)));
    if refused.is_empty() { Ok(given) } else { Err(refused) }
}

fn takes(kind: &StepKind, name: &str) -> bool {
    match kind {
        StepKind::Form { fields } => fields.iter().any(|field| field.name.as_str() == name),
        StepKind::Consent { consents } => consents.iter().any(|consent| consent.name.as_str() == name),
        StepKind::Document { .. } => name == DOCUMENT_KIND,
        _ => false,
    }
}

fn form(
    fields: &[FieldSpec],
    data: &Data,
    known: &Values,
    today: Date,
    refused: &mut Vec<RefusedField>,
) -> Values {
    let mut values = Values::new();
    for field in fields {
        match field_value(field, data, known, today) {
            Ok(Some(value)) => {
                values.insert(field.name.clone(), value);
            }
            Ok(None) => {}
            Err(problem) => refused.extend(refusals(field, data, problem, today)),
        }
    }
    refused
        .extend(beyond_whole(&values).map(|(name, found)| refuse(&found.path(name.as_str()), found.problem)));
    values
}

/// A refused field; of a list of owners each of their members that is refused, by its place.
fn refusals(field: &FieldSpec, data: &Data, problem: FieldProblem, today: Date) -> Vec<RefusedField> {
    let name = field.name.as_str();
    let within = match (&field.format, data.get(name)) {
        (Format::Owners, Some(list)) => owner_problems(list, today),
        _ => Vec::new(),
    };
    match within.is_empty() {
        true => vec![refuse(name, problem)],
        false => within.iter().map(|found| refuse(&found.path(name), found.problem)).collect(),
    }
}

/// The list of owners who own more than the primary owner leaves them, and the first of them.
pub(super) fn beyond_whole(values: &Values) -> Option<(&FieldName, OwnerProblem)> {
    let primary = values.iter().find_map(|(name, value)| match value {
        Value::Integer(stake) if name.as_str() == PRIMARY_STAKE => Some(*stake),
        _ => None,
    });
    values.iter().find_map(|(name, value)| {
        let Value::Owners(owners) = value else { return None };
        let first = first_beyond_whole(primary, owners.iter().map(|owner| owner.ownership_stake))?;
        Some((name, OwnerProblem::stakes_exceed(first)))
    })
}

fn field_value(
    field: &FieldSpec,
    data: &Data,
    known: &Values,
    today: Date,
) -> Result<Option<Value>, FieldProblem> {
    let parsed = match data.get(field.name.as_str()) {
        Some(raw) => parse(&field.format, raw, today).map(Some),
        None if field.name.sensitivity() == Sensitivity::Masked => Ok(known.get(&field.name).cloned()),
        None => Ok(None),
    };
    match parsed {
        Ok(None) | Err(FieldProblem::Required) if field.required => Err(FieldProblem::Required),
        Err(FieldProblem::Required) => Ok(None),
        other => other,
    }
}

fn consent(
    consents: &[ConsentSpec],
    data: &Data,
    refused: &mut Vec<RefusedField>,
) -> BTreeMap<ConsentName, String> {
    let mut agreed = BTreeMap::new();
    for consent in consents {
        let problem = match data.get(consent.name.as_str()) {
            Some(Raw::Text(version)) if *version == consent.version => {
                agreed.insert(consent.name.clone(), version.clone());
                continue;
            }
            Some(Raw::Text(_)) => FieldProblem::OutdatedVersion,
            Some(Raw::Bool(false)) if consent.required => FieldProblem::NotAccepted,
            Some(Raw::Bool(false)) => continue,
            Some(_) => FieldProblem::WrongType,
            None if consent.required => FieldProblem::NotAccepted,
            None => continue,
        };
        refused.push(refuse(consent.name.as_str(), problem));
    }
    agreed
}

fn document(documents: &[DocumentKind], data: &Data) -> Result<DocumentKind, FieldProblem> {
    match data.get(DOCUMENT_KIND) {
        Some(Raw::Text(word)) => DocumentKind::from_text(word)
            .filter(|chosen| documents.contains(chosen))
            .ok_or(FieldProblem::NotAnOption),
        Some(_) => Err(FieldProblem::WrongType),
        None => Err(FieldProblem::Required),
    }
}

pub(super) fn refuse(name: &str, problem: FieldProblem) -> RefusedField {
    RefusedField { field: name.into(), problem }
}

/// An unknown name is whatever a request wrote; no answer repeats more of it than a name can have.
pub(super) fn shortened(name: &str) -> String {
    name.chars().take(64).collect()
}
