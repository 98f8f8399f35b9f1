//! The schemas of the wire types, collected while calls are described.
//!
//! A type may read and write differently: what a request may leave out stands in every answer, and
//! what no request may add an answer may. So there is a generator for each direction. Where the two give
//! one type different schemas, the one for requests is published as `<Type>Given`.

use std::collections::BTreeMap;

use schemars::generate::{Contract, SchemaSettings};
use schemars::transform::{Transform, transform_subschemas};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value};

/// Where a reference to what is given points until [`Schemas::settle`], and where one to what is answered
/// does for good.
const GIVEN: &str = "/given";
const COMPONENTS: &str = "/components/schemas";

/// Asks for the schema of one type, in one direction.
pub type SchemaOf = fn(&mut Schemas) -> Option<Value>;

/// The schemas that were asked for so far, and all that they refer to.
pub struct Schemas {
    given: SchemaGenerator,
    answered: SchemaGenerator,
}

impl Default for Schemas {
    fn default() -> Self {
        let settings = |contract, place: &'static str| {
            SchemaSettings::draft2020_12().with(|settings| {
                settings.definitions_path = place.into();
                settings.meta_schema = None;
                settings.contract = contract;
            })
        };
        let answered = settings(Contract::Serialize, COMPONENTS).with_transform(Answers);
        Self {
            given: settings(Contract::Deserialize, GIVEN).into_generator(),
            answered: answered.into_generator(),
        }
    }
}

impl Schemas {
    /// The schema of what a client sends; `None` where it sends nothing.
    pub fn given<T: JsonSchema>(&mut self) -> Option<Value> {
        something(self.given.subschema_for::<T>().into())
    }

    /// The schema of what a client sends, written out: its members are needed one by one.
    pub fn given_whole<T: JsonSchema>(&mut self) -> Option<Value> {
        something(T::json_schema(&mut self.given).into())
    }

    /// The members that nobody may leave out who sends a `T`, in the order of their declaration.
    pub fn needed<T: JsonSchema>() -> Vec<String> {
        let schema = Self::default().given_whole::<T>().unwrap_or_default();
        let needed = schema["required"].as_array().into_iter().flatten();
        needed.filter_map(|name| name.as_str().map(str::to_owned)).collect()
    }

    /// The schema of what the server answers; `None` where it answers nothing.
    pub fn answered<T: JsonSchema>(&mut self) -> Option<Value> {
        something(self.answered.subschema_for::<T>().into())
    }

    /// The words of a closed set, each with what it means.
    pub fn words<T: JsonSchema>(&mut self) -> BTreeMap<String, String> {
        let schema = Value::from(T::json_schema(&mut self.answered));
        let words = schema["oneOf"].as_array().into_iter().flatten();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        words.map(|word| (text(&word["const"]), text(&word["description"]))).collect()
    }

    /// Whether an empty object is taken where `schema` is given.
    pub fn takes_nothing(&self, schema: &Value) -> bool {
        let name = schema["$ref"].as_str().and_then(|reference| reference.strip_prefix("#/given/"));
        let whole = name.and_then(|name| self.given.definitions().get(name)).unwrap_or(schema);
        whole.get("required").is_none()
    }

    /// Puts the schemas into the document that refers to them, and lets its references lead there.
    pub fn settle(mut self, document: &mut Value) {
        let mut components = self.answered.take_definitions(true);
        let mut given = self.given.take_definitions(true);
        let called_alike = |name: &str| components.contains_key(name).then(|| name.to_owned());
        let alike: Vec<String> = given.keys().filter_map(|name| called_alike(name)).collect();
        let renamed: Vec<String> = alike
            .into_iter()
            .filter(|name| {
                let mut schema = given[name].clone();
                lead(&mut schema, &str::to_owned);
                schema != components[name]
            })
            .collect();
        let place = |name: &str| {
            if renamed.iter().any(|other| other == name) { [name, "Given"].concat() } else { name.into() }
        };
        for (name, schema) in &mut given {
            lead(schema, &place);
            components.insert(place(name), schema.take());
        }
        lead(document, &place);
        components.sort_keys();
        document["components"]["schemas"] = components.into();
        each(document, &mut plain_text);
    }
}

/// `null` describes the unit type, which stands for no body at all.
fn something(schema: Value) -> Option<Value> {
    (schema["type"] != "null").then_some(schema)
}

/// Calls `change` with every object in `value`, the outer ones first.
fn each(value: &mut Value, change: &mut impl FnMut(&mut Map<String, Value>)) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| each(item, change)),
        Value::Object(members) => {
            change(members);
            members.values_mut().for_each(|member| each(member, change));
        }
        _ => {}
    }
}

/// Lets references to what is given lead to its place among the components.
fn lead(value: &mut Value, place: &impl Fn(&str) -> String) {
    each(value, &mut |schema| {
        if let Some(Value::String(reference)) = schema.get_mut("$ref")
            && let Some(name) = reference.strip_prefix("#/given/")
        {
            *reference = ["#/components/schemas/", &place(name)].concat();
        }
    });
}

/// What holds of answers alone: they leave out what there is not instead of writing `null`, nothing has a
/// default, and a newer server may add members.
#[derive(Clone)]
struct Answers;

impl Transform for Answers {
    fn transform(&mut self, schema: &mut Schema) {
        schema.remove("default");
        if schema.get("additionalProperties") == Some(&Value::Bool(false)) {
            schema.remove("additionalProperties");
        }
        let required = schema.get("required").cloned().unwrap_or_default();
        let is_required =
            |name: &str| required.as_array().is_some_and(|all| all.iter().any(|one| one == name));
        if let Some(Value::Object(members)) = schema.get_mut("properties") {
            members
                .iter_mut()
                .filter(|(name, _)| !is_required(name))
                .for_each(|(_, member)| never_null(member));
        }
        transform_subschemas(self, schema);
    }
}

fn never_null(schema: &mut Value) {
    let Value::Object(members) = schema else { return };
    if let Some(Value::Array(types)) = members.get_mut("type") {
        types.retain(|one| one != "null");
        if let [one] = types.as_mut_slice() {
            members["type"] = one.take();
        }
    }
    if let Some(Value::Array(choices)) = members.get_mut("anyOf") {
        choices.retain(|choice| choice["type"] != "null");
        if let [Value::Object(one)] = choices.as_mut_slice() {
            let one = std::mem::take(one);
            members.shift_remove("anyOf");
            one.into_iter().rev().for_each(|(name, value)| {
                members.shift_insert(0, name, value);
            });
        }
    }
}

/// The documentation of types is written for readers of the code, where [`Type`] is a link.
fn plain_text(schema: &mut Map<String, Value>) {
    if let Some(Value::String(text)) = schema.get_mut("description") {
        *text = text.replace("[`", "`").replace("`]", "`");
    }
}
