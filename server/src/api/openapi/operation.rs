//! One call as an operation of the document.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use vestibule_protocol::problem::Code;
use vestibule_protocol::schema::examples;
use vestibule_protocol::upload::MediaType;

use super::path::path_parameters;
use super::schemas::Schemas;
use crate::api::call::{Description, Form};
use crate::api::error::Family;

/// What every call may answer.
const ALWAYS: [Code; 3] = [Code::RateLimited, Code::Internal, Code::Unavailable];
/// What a call with a JSON body may answer.
const OF_BODIES: [Code; 5] =
    [Code::InvalidBody, Code::MissingFields, Code::UnknownFields, Code::InvalidField, Code::BodyTooLarge];
/// What a call with a form may answer.
const OF_FORMS: [Code; 6] = [
    Code::InvalidBody,
    Code::MissingFields,
    Code::UnknownFields,
    Code::InvalidField,
    Code::UploadTooLarge,
    Code::UnsupportedMedia,
];

/// The operation object of a call.
pub fn operation(call: &Description, family: Family, schemas: &mut Schemas) -> Value {
    let scheme = call.auth.unwrap_or(family.auth()).scheme();
    let (summary, more) = call.about.trim().split_once('\n').unwrap_or((call.about.trim(), ""));
    let mut operation = json!({
        "operationId": camel(call.name),
        "tags": [family.name()],
        "summary": summary.trim().trim_end_matches('.'),
    });
    if !more.trim().is_empty() {
        operation["description"] = more.trim().into();
    }
    operation["security"] = scheme.map_or(json!([]), |scheme| json!([{ scheme: [] }]));

    let (mut parameters, missing) = path_parameters(call.path, schemas);
    parameters.extend(query_parameters(call, schemas));
    parameters.extend(family.headers());
    if !parameters.is_empty() {
        operation["parameters"] = parameters.into();
    }

    let mut codes: Vec<Code> = [&ALWAYS, call.refusals, family.refusals(), &missing].concat();
    codes.extend(call.auth.unwrap_or(family.auth()).refusal());
    if call.query.is_some() {
        codes.extend([Code::UnknownFields, Code::InvalidField]);
    }
    if let Some(schema) = (call.request)(schemas) {
        codes.extend::<&[Code]>(if call.form == Form::Json { &OF_BODIES } else { &OF_FORMS });
        operation["requestBody"] = json!({
            "required": !schemas.takes_nothing(&schema),
            "content": { call.form.media_type(): media_type_of(schema) },
        });
    }
    operation["responses"] = responses(call, family, &codes, schemas);
    operation
}

/// `SubmitStep` is `submitStep`.
pub(super) fn camel(name: &str) -> String {
    name.chars()
        .enumerate()
        .map(|(at, letter)| if at == 0 { letter.to_ascii_lowercase() } else { letter })
        .collect()
}

/// Each member of the query's type is a parameter.
fn query_parameters(call: &Description, schemas: &mut Schemas) -> Vec<Value> {
    let Some(query) = call.query.and_then(|query| query(schemas)) else { return Vec::new() };
    let required = query["required"].as_array().cloned().unwrap_or_default();
    let members = query["properties"].as_object().cloned().unwrap_or_default();
    let parameter = |(name, mut schema): (String, Value)| {
        let description = schema.as_object_mut().and_then(|schema| schema.shift_remove("description"));
        json!({
            "name": name,
            "in": "query",
            "required": required.iter().any(|one| *one == name),
            "description": description,
            "schema": schema,
        })
    };
    members.into_iter().map(parameter).collect()
}

fn responses(call: &Description, family: Family, codes: &[Code], schemas: &mut Schemas) -> Value {
    let mut responses = BTreeMap::new();
    match (call.answer)(schemas) {
        _ if call.gives_file => responses.insert(
            "200".to_owned(),
            json!({ "description": "The file.", "content": MediaType::ALL.iter().map(|media| (media.as_str(), json!({}))).collect::<BTreeMap<_, _>>() }),
        ),
        Some(schema) => responses.insert(
            "200".to_owned(),
            json!({ "description": "Done.", "content": { "application/json": media_type_of(schema) } }),
        ),
        None => {
            responses.insert("204".to_owned(), json!({ "description": "Done; there is nothing to say." }))
        }
    };
    for code in Code::ALL.iter().filter(|code| codes.contains(code)) {
        let of_status: Vec<Code> = Code::ALL
            .iter()
            .copied()
            .filter(|other| other.http() == code.http() && codes.contains(other))
            .collect();
        responses.insert(code.http().to_string(), refusal(family, &of_status, schemas));
    }
    json!(responses)
}

/// The answer with one status, whose codes are named.
fn refusal(family: Family, codes: &[Code], schemas: &mut Schemas) -> Value {
    let sentences: Vec<String> = codes.iter().map(|code| format!("`{code}`: {}", code.message())).collect();
    let mut schema = family.error(schemas).unwrap_or_default();
    schema["properties"] = family.told(codes);
    let mut answer = json!({
        "description": sentences.join("\n\n"),
        "content": { "application/json": { "schema": schema } },
    });
    if codes.contains(&Code::RateLimited) {
        answer["headers"] = json!({ "Retry-After": {
            "description": "In how many seconds to come again.",
            "required": true,
            "schema": { "type": "integer", "minimum": 1 },
        } });
    }
    if codes.contains(&Code::InvalidSecretKey) {
        answer["headers"] = json!({ "WWW-Authenticate": {
            "description": "Comes with `invalid_secret_key`.",
            "required": codes.len() == 1,
            "schema": { "type": "string" },
        } });
    }
    answer
}

/// A schema with the golden documents of its type as examples.
fn media_type_of(schema: Value) -> Value {
    let name = schema["$ref"].as_str().and_then(|reference| reference.rsplit('/').next()).unwrap_or_default();
    let name = name.to_owned();
    media_type(schema, &name)
}

/// A schema with the golden documents of this name as examples. Those that are of another word, where the
/// schema fixes one, are left out.
pub(super) fn media_type(schema: Value, name: &str) -> Value {
    let fixed = schema["properties"].as_object().cloned().unwrap_or_default();
    let fits = |example: &Value| {
        fixed.iter().all(|(member, word)| word.get("const").is_none_or(|word| example[member] == *word))
    };
    let examples: Map<String, Value> = examples(name)
        .filter_map(|(stem, text)| Some((stem, serde_json::from_str::<Value>(text).ok()?)))
        .filter(|(_, example)| fits(example))
        .map(|(stem, example)| (stem.into(), json!({ "value": example })))
        .collect();
    let mut media_type = json!({ "schema": schema });
    if !examples.is_empty() {
        media_type["examples"] = examples.into();
    }
    media_type
}
