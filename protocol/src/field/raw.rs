//! What arrived for a field, before it is parsed.

use std::fmt;

use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// One JSON value as a request wrote it.
#[derive(Clone, PartialEq)]
pub enum Raw {
    /// A string.
    Text(String),
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// An array.
    List(Vec<Raw>),
    /// An object, in the order in which it was written.
    Record(Vec<(String, Raw)>),
    /// `null`: nothing that a field takes.
    Null,
    /// A number with a fraction, or one beyond all bounds: nothing that a field takes either.
    Other,
}

impl Raw {
    /// The member `name` of a record.
    pub fn member(&self, name: &str) -> Option<&Raw> {
        match self {
            Raw::Record(members) => members.iter().find(|(key, _)| key == name).map(|(_, value)| value),
            _ => None,
        }
    }
}

/// Any JSON value: what a field takes of it, its format says.
#[cfg(feature = "schema")]
impl schemars::JsonSchema for Raw {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Raw".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        true.into()
    }
}

/// Personal data stays out of logs: only the kind of value is shown.
impl fmt::Debug for Raw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Raw::Text(_) => "Text(…)",
            Raw::Bool(_) => "Bool(…)",
            Raw::Integer(_) => "Integer(…)",
            Raw::List(_) => "List(…)",
            Raw::Record(_) => "Record(…)",
            Raw::Null => "Null",
            Raw::Other => "Other",
        })
    }
}

impl From<&str> for Raw {
    fn from(text: &str) -> Self {
        Raw::Text(text.into())
    }
}

impl Serialize for Raw {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Raw::Text(text) => serializer.serialize_str(text),
            Raw::Bool(flag) => serializer.serialize_bool(*flag),
            Raw::Integer(number) => serializer.serialize_i64(*number),
            Raw::List(items) => items.serialize(serializer),
            Raw::Record(members) => raw_members(members, serializer),
            Raw::Null => serializer.serialize_unit(),
            // Which number it was, nobody kept: any with a fraction stands for it.
            Raw::Other => serializer.serialize_f64(0.5),
        }
    }
}

/// Writes pairs as a JSON object.
pub(crate) fn raw_members<S: Serializer, V: Serialize>(
    members: &[(String, V)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(members.len()))?;
    for (key, value) in members {
        map.serialize_entry(key, value)?;
    }
    map.end()
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Raw, E> {
        Ok(Raw::Text(text.into()))
    }

    fn visit_string<E>(self, text: String) -> Result<Raw, E> {
        Ok(Raw::Text(text))
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Raw, E> {
        Ok(Raw::Bool(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Raw, E> {
        Ok(Raw::Integer(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Raw, E> {
        Ok(i64::try_from(number).map_or(Raw::Other, Raw::Integer))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Raw, E> {
        Ok(Raw::Other)
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Raw, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Raw::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Raw::Record(members))
    }
}
