//! Reads JSON into the types of the calls, and says of a refusal which fields it concerns.
//!
//! serde_json's own errors are sentences. Here the text is read into a tree first, and the tree into
//! the type, with an error that keeps what is wrong and where.

use std::fmt;

use schemars::JsonSchema;
use serde::de::value::{MapDeserializer, SeqDeserializer, StringDeserializer};
use serde::de::{
    self, Deserialize, DeserializeOwned, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};
use serde::forward_to_deserialize_any;
use serde_path_to_error::Segment;
use vestibule_protocol::field::FieldProblem;
use vestibule_protocol::problem::{Code, RefusedField};

use super::error::Failure;
use super::openapi::schemas::Schemas;

/// The body of a call. No text at all is an empty object, for the calls that need nothing.
///
/// # Errors
/// [`Code::InvalidBody`] for what is not a JSON object; otherwise the code of the first thing that is
/// wrong, with the field. If members are missing, they are all named at once.
pub fn read<T: DeserializeOwned + JsonSchema>(text: &[u8]) -> Result<T, Failure> {
    let text = if text.is_empty() { b"{}" } else { text };
    match serde_json::from_slice(text) {
        Ok(Tree::Record(members)) => typed(members),
        _ => Err(Code::InvalidBody.into()),
    }
}

/// The query of a call, whose values are written without quotes: a number is one where it is asked for.
///
/// # Errors
/// As [`read`], but for what occurs twice.
pub fn read_query<T: DeserializeOwned + JsonSchema>(
    pairs: impl Iterator<Item = (String, String)>,
) -> Result<T, Failure> {
    let mut members: Vec<(String, Tree)> = Vec::new();
    for (name, value) in pairs {
        if members.iter().any(|(other, _)| *other == name) {
            let name: String = name.chars().take(64).collect();
            return Err(Failure::field(Code::InvalidField, &name, FieldProblem::Unknown));
        }
        members.push((name, Tree::Word(value)));
    }
    typed(members)
}

fn typed<T: DeserializeOwned + JsonSchema>(members: Vec<(String, Tree)>) -> Result<T, Failure> {
    let given: Vec<String> = members.iter().map(|(name, _)| name.clone()).collect();
    serde_path_to_error::deserialize(Tree::Record(members)).map_err(|error| {
        let mut path: Vec<String> = error.path().iter().filter_map(segment).collect();
        let (code, problem) = match error.into_inner() {
            Wrong::Missing(_) if path.is_empty() => return missing::<T>(&given),
            Wrong::Missing(name) => {
                path.push(name.into());
                (Code::MissingFields, FieldProblem::Required)
            }
            Wrong::Unknown(name) => {
                path.push(name);
                (Code::UnknownFields, FieldProblem::Unknown)
            }
            Wrong::Twice(name) => {
                path.push(name.into());
                (Code::InvalidBody, FieldProblem::Unknown)
            }
            Wrong::Type => (Code::InvalidField, FieldProblem::WrongType),
            Wrong::Option => (Code::InvalidField, FieldProblem::NotAnOption),
            Wrong::Content => (code_of(&path), FieldProblem::InvalidCharacters),
        };
        // A key that is refused stands in the path already.
        path.dedup();
        Failure::field(code, &path.join("."), problem)
    })
}

/// Names every member that is missing. serde stops at the first one; what the call needs stands in the
/// schema that is published of it, which is made by the same attributes.
fn missing<T: JsonSchema>(given: &[String]) -> Failure {
    let needed = Schemas::needed::<T>().into_iter().filter(|name| !given.contains(name));
    let refused = |field| RefusedField { field, problem: FieldProblem::Required };
    Failure::Refused { code: Code::MissingFields, fields: needed.map(refused).collect() }
}

/// The code for a text that is not of the form of its field.
fn code_of(path: &[String]) -> Code {
    match path.last().map(String::as_str) {
        Some("client_id") => Code::InvalidClientId,
        Some("skill") => Code::InvalidSkillName,
        Some("key") => Code::InvalidPlaybookKey,
        Some(
            "tenant_user_id"
            | "user_external_id"
            | "business_external_id"
            | "onboarding_external_id"
            | "external_id",
        ) => Code::InvalidExternalId,
        Some("configurationId" | "configuration_id") => Code::InvalidConfigurationId,
        Some("interviewId" | "id") => Code::InvalidInterviewId,
        Some("externalCustomerId") => Code::InvalidCustomerId,
        _ => Code::InvalidField,
    }
}

/// Names come from the request: no answer repeats more of one than a name can have.
fn segment(segment: &Segment) -> Option<String> {
    match segment {
        Segment::Map { key } => Some(key.chars().take(64).collect()),
        Segment::Seq { index } => Some(index.to_string()),
        Segment::Enum { .. } | Segment::Unknown => None,
    }
}

/// A JSON value. Unlike serde_json's own it keeps a name that occurs twice, to be refused.
enum Tree {
    Null,
    Bool(bool),
    Whole(i64),
    Number(f64),
    Text(String),
    /// A text that stands in a query, where numbers and truths are written like any other.
    Word(String),
    List(Vec<Tree>),
    Record(Vec<(String, Tree)>),
}

/// What is wrong with a value. Texts of the request are not in it, but for names.
#[derive(Debug)]
enum Wrong {
    Missing(&'static str),
    Unknown(String),
    Twice(&'static str),
    Type,
    Option,
    Content,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of the body was refused")
    }
}

impl std::error::Error for Wrong {}

impl de::Error for Wrong {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Wrong::Content
    }

    fn invalid_type(_: de::Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Wrong::Type
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Wrong::Option
    }

    fn unknown_field(field: &str, _: &'static [&'static str]) -> Self {
        Wrong::Unknown(field.chars().take(64).collect())
    }

    fn duplicate_field(field: &'static str) -> Self {
        Wrong::Twice(field)
    }

    fn missing_field(field: &'static str) -> Self {
        Wrong::Missing(field)
    }
}

impl IntoDeserializer<'_, Wrong> for Tree {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Tree {
    type Error = Wrong;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self {
            Tree::Null => visitor.visit_unit(),
            Tree::Bool(flag) => visitor.visit_bool(flag),
            Tree::Whole(number) => visitor.visit_i64(number),
            Tree::Number(number) => visitor.visit_f64(number),
            Tree::Text(text) | Tree::Word(text) => visitor.visit_string(text),
            Tree::List(items) => visitor.visit_seq(SeqDeserializer::new(items.into_iter())),
            Tree::Record(members) => visitor.visit_map(MapDeserializer::new(members.into_iter())),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self {
            Tree::Null => visitor.visit_none(),
            some => visitor.visit_some(some),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        match self {
            Tree::Text(word) | Tree::Word(word) => visitor.visit_enum(StringDeserializer::new(word)),
            _ => Err(Wrong::Type),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self {
            Tree::Word(word) => visitor.visit_bool(word.parse().map_err(|_| Wrong::Option)?),
            other => other.deserialize_any(visitor),
        }
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self {
            Tree::Word(word) => visitor.visit_u32(word.parse().map_err(|_| Wrong::Type)?),
            other => other.deserialize_any(visitor),
        }
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        seq tuple tuple_struct map struct identifier ignored_any
    }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Tree, E> {
        Ok(Tree::Bool(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Tree, E> {
        Ok(Tree::Whole(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Tree, E> {
        Ok(i64::try_from(number).map_or(Tree::Number(number as f64), Tree::Whole))
    }

    /// `97.0` is the whole number 97 (JSON Schema 2020-12, section 4.2.3), as far as every number is told
    /// from the next.
    fn visit_f64<E>(self, number: f64) -> Result<Tree, E> {
        let is_whole = number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0;
        Ok(if is_whole { Tree::Whole(number as i64) } else { Tree::Number(number) })
    }

    fn visit_str<E>(self, text: &str) -> Result<Tree, E> {
        Ok(Tree::Text(text.into()))
    }

    fn visit_string<E>(self, text: String) -> Result<Tree, E> {
        Ok(Tree::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Tree, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Tree::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tree, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Tree::Record(members))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vestibule_protocol::onboarding::{ListUsers, MarkOwner, StartOnboarding};
    use vestibule_protocol::session::SubmitStep;

    fn refusal<T: DeserializeOwned + JsonSchema>(text: &str) -> String {
        match read::<T>(text.as_bytes()) {
            Ok(_) => "taken".into(),
            Err(failure) => said(failure),
        }
    }

    fn said(failure: Failure) -> String {
        match failure {
            Failure::Refused { code, fields } => {
                let fields =
                    fields.iter().map(|RefusedField { field, problem }| format!(" {field}: {problem:?}"));
                code.to_string() + &fields.collect::<String>()
            }
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn what_is_wrong_is_said_by_code_and_field() {
        const KEY: &str = "\"key\": \"pb_test_0123456789abcdefABCDEF\"";
        let start = |text: &str| refusal::<StartOnboarding>(&text.replace("KEY", KEY));
        assert_eq!(start("{\"kind\": \"onboard\", KEY}"), "taken");
        assert_eq!(start("{\"kind\": \"onboard\", KEY, \"fp_id\": null}"), "taken");
        assert_eq!(start("{\"kind\": \"onboard\""), "invalid_body");
        assert_eq!(start("[]"), "invalid_body");
        assert_eq!(start("\"text\""), "invalid_body");
        assert_eq!(start(&"[".repeat(100_000)), "invalid_body");
        assert_eq!(start("{KEY}"), "missing_fields kind: Required");
        assert_eq!(
            refusal::<SubmitStep>("{\"step\": \"form\"}"),
            "missing_fields nonce: Required data: Required"
        );
        assert_eq!(start("{\"kind\": \"onboard\", KEY, \"x\": 1}"), "unknown_fields x: Unknown");
        assert_eq!(start("{\"kind\": \"onboard\", KEY, KEY}"), "invalid_body key: Unknown");
        assert_eq!(start("{\"kind\": \"other\", KEY}"), "invalid_field kind: NotAnOption");
        assert_eq!(start("{\"kind\": 5, KEY}"), "invalid_field kind: WrongType");
        assert_eq!(start("{\"kind\": \"onboard\", \"key\": []}"), "invalid_field key: WrongType");
        assert_eq!(
            start("{\"kind\": \"onboard\", \"key\": \"pb\"}"),
            "invalid_playbook_key key: InvalidCharacters"
        );
        assert_eq!(
            start("{\"kind\": \"onboard\", KEY, \"user_external_id\": \"short\"}"),
            "invalid_external_id user_external_id: InvalidCharacters"
        );
        assert_eq!(
            start("{\"kind\": \"onboard\", KEY, \"bootstrap_data\": []}"),
            "invalid_field bootstrap_data: WrongType"
        );
    }

    #[test]
    fn a_number_without_a_fraction_is_whole_however_it_is_written() {
        let read = |number: &str| {
            let body =
                format!("{{\"fp_id\": \"fp_id_0123456789abcdefABCDEF\", \"ownership_stake\": {number}}}");
            read::<MarkOwner>(body.as_bytes()).map(|request| request.ownership_stake).ok().flatten()
        };
        assert_eq!((read("97"), read("97.0"), read("9.7e1")), (Some(97), Some(97), Some(97)));
        assert_eq!((read("97.5"), read("1e300"), read("-1.0")), (None, None, None));
    }

    #[test]
    fn data_may_hold_any_json() {
        let data = "{\"a\": 1, \"b\": [null, 2.5, 18446744073709551615], \"c\": {\"d\": true}}";
        let body = format!("{{\"nonce\": \"n\", \"step\": \"form\", \"data\": {data}}}");
        let read: SubmitStep = read(body.as_bytes()).unwrap();
        assert_eq!(read.data.names().collect::<Vec<_>>(), ["a", "b", "c"]);
        assert_eq!(
            refusal::<SubmitStep>("{\"nonce\": \"n\", \"step\": \"form\", \"data\": {\"a\": 1, \"a\": 2}}"),
            "invalid_field data: InvalidCharacters"
        );
    }

    #[test]
    fn a_query_says_as_much() {
        let asked = |query: &str| {
            let pairs = url::form_urlencoded::parse(query.as_bytes()).into_owned();
            match read_query::<ListUsers>(pairs) {
                Ok(asked) => format!("{asked:?}").replace("None", "-"),
                Err(failure) => said(failure),
            }
        };
        assert_eq!(asked("limit=10&requires_manual_review=true").matches('-').count(), 3);
        assert_eq!(asked("limit=ten"), "invalid_field limit: WrongType");
        assert_eq!(asked("limit=-1"), "invalid_field limit: WrongType");
        assert_eq!(asked("limit=1&limit=2"), "invalid_field limit: Unknown");
        assert_eq!(asked("requires_manual_review=yes"), "invalid_field requires_manual_review: NotAnOption");
        assert_eq!(asked("status=good"), "invalid_field status: NotAnOption");
        assert_eq!(asked("external_id=short"), "invalid_external_id external_id: InvalidCharacters");
        assert_eq!(asked("page=2"), "unknown_fields page: Unknown");
    }
}
