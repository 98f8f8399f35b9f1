//! What is kept of a field once it is parsed.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Owner, Raw};
use crate::date::Date;

/// A parsed field, in the canonical form of its format.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// A line of text.
    Text(String),
    /// A day.
    Date(Date),
    /// A whole number.
    Integer(i64),
    /// A tick.
    Bool(bool),
    /// The owners of a business.
    Owners(Vec<Owner>),
}

/// Personal data stays out of logs: only the kind of value is shown.
impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Value::Text(_) => "Text(…)",
            Value::Date(_) => "Date(…)",
            Value::Integer(_) => "Integer(…)",
            Value::Bool(_) => "Bool(…)",
            Value::Owners(_) => "Owners(…)",
        })
    }
}

impl Value {
    /// The JSON value that a request would have written for it. Parsing it again gives the same value.
    pub fn to_raw(&self) -> Raw {
        match self {
            Value::Text(text) => Raw::Text(text.clone()),
            Value::Date(date) => Raw::Text(date.to_string()),
            Value::Integer(number) => Raw::Integer(*number),
            Value::Bool(flag) => Raw::Bool(*flag),
            Value::Owners(owners) => Raw::List(owners.iter().map(Owner::to_raw).collect()),
        }
    }

    /// The text in which a person reads or edits it; `None` where it is not one line.
    pub fn to_text(&self) -> Option<String> {
        match self {
            Value::Text(text) => Some(text.clone()),
            Value::Date(date) => Some(date.to_string()),
            Value::Integer(number) => Some(number.to_string()),
            Value::Bool(_) | Value::Owners(_) => None,
        }
    }
}
