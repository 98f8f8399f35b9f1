//! Nothing is routed that is not published, and nothing published that does not exist.

use std::collections::BTreeSet;

use vestibule_protocol::endpoint;

use super::*;
use crate::api::{omni, onboarding, steps, webhooks};

fn all() -> Value {
    let calls = [steps::calls(), steps::uploads(), onboarding::calls(), omni::calls(), webhooks::calls()];
    let described: Vec<_> = calls
        .iter()
        .map(Calls::described)
        .flat_map(|(family, calls)| calls.iter().map(move |call| (family, call)))
        .collect();
    document(&described, "https://id.example")
}

fn operations(document: &Value) -> impl Iterator<Item = &Value> {
    document["paths"].as_object().unwrap().values().flat_map(|path| path.as_object().unwrap().values())
}

/// Every value in the document that stands under this name.
fn named<'a>(value: &'a Value, name: &str, found: &mut Vec<&'a Value>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| named(item, name, found)),
        Value::Object(members) => {
            found.extend(members.get(name));
            members.values().for_each(|member| named(member, name, found));
        }
        _ => {}
    }
}

#[test]
fn every_call_is_published_once() {
    let document = all();
    let mut published: Vec<String> =
        operations(&document).map(|operation| operation["operationId"].as_str().unwrap().into()).collect();
    let mut known: Vec<String> = endpoint::NAMES.iter().map(|name| operation::camel(name)).collect();
    published.sort_unstable();
    known.sort_unstable();
    assert_eq!(published, known);
}

#[test]
fn every_reference_leads_somewhere_and_every_schema_is_referred_to() {
    let document = all();
    let mut references = Vec::new();
    named(&document, "$ref", &mut references);
    let referred: BTreeSet<_> = references.iter().map(|reference| reference.as_str().unwrap()).collect();
    let schemas = document["components"]["schemas"].as_object().unwrap();
    let places: Vec<_> = schemas.keys().map(|name| format!("#/components/schemas/{name}")).collect();
    assert_eq!(referred, places.iter().map(String::as_str).collect());
    // Two types of one name would be told apart by a number.
    assert!(schemas.keys().all(|name| !name.ends_with(|c: char| c.is_ascii_digit())), "{:?}", schemas.keys());
}

#[test]
fn every_parameter_and_every_body_is_described() {
    let document = all();
    for operation in operations(&document) {
        let id = &operation["operationId"];
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            assert!(parameter["schema"].is_object(), "{id}: {}", parameter["name"]);
        }
        let bodies = [&operation["requestBody"]["content"], &operation["responses"]["200"]["content"]];
        for body in bodies.into_iter().filter_map(|content| content.get("application/json")) {
            let is_list = body["schema"]["type"] == "array";
            assert!(is_list || body["examples"].is_object(), "{id} has no golden document in protocol/wire");
        }
    }
}

#[test]
fn what_a_request_may_leave_out_an_answer_says_or_leaves_out() {
    let document = all();
    let schemas = &document["components"]["schemas"];
    let given = &schemas["StartOnboarding"]["properties"]["redirect_url"]["type"];
    assert_eq!(*given, json!(["string", "null"]));
    assert_eq!(schemas["About"]["properties"]["redirect_url"]["type"], "string");
    let external = &schemas["User"]["properties"]["external_id"];
    assert_eq!(external["anyOf"][1]["type"], "null", "it is always there");
}
