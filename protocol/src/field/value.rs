//! What is kept of a field once it is parsed.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{FieldProblem, Raw, contact, format, number};
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

/// A further owner of a business.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Owner {
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// Where the invitation goes.
    pub email: String,
    /// Percent of the business, 1 to 100.
    pub ownership_stake: i64,
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

impl Owner {
    fn to_raw(&self) -> Raw {
        Raw::Record(vec![
            ("first_name".into(), Raw::Text(self.first_name.clone())),
            ("last_name".into(), Raw::Text(self.last_name.clone())),
            ("email".into(), Raw::Text(self.email.clone())),
            ("ownership_stake".into(), Raw::Integer(self.ownership_stake)),
        ])
    }
}

/// At most 20 further owners, whose stakes cannot exceed the whole.
pub(super) fn parse_owners(owners: &[Raw]) -> Result<Value, FieldProblem> {
    if owners.len() > 20 {
        return Err(FieldProblem::TooLong);
    }
    let owners = owners.iter().map(parse_owner).collect::<Result<Vec<_>, _>>()?;
    let whole: i64 = owners.iter().map(|owner| owner.ownership_stake).sum();
    if whole > 100 { Err(FieldProblem::TooLarge) } else { Ok(Value::Owners(owners)) }
}

fn parse_owner(raw: &Raw) -> Result<Owner, FieldProblem> {
    let Raw::Record(members) = raw else { return Err(FieldProblem::WrongType) };
    let known = ["first_name", "last_name", "email", "ownership_stake"];
    if members.iter().any(|(name, _)| !known.contains(&name.as_str())) {
        return Err(FieldProblem::Unknown);
    }
    let text = |name| match raw.member(name) {
        Some(Raw::Text(text)) => match format::visible(text).trim() {
            "" => Err(FieldProblem::Required),
            text => Ok(text.to_owned()),
        },
        Some(_) => Err(FieldProblem::WrongType),
        None => Err(FieldProblem::Required),
    };
    let stake = match raw.member("ownership_stake") {
        Some(Raw::Integer(stake)) => stake.to_string(),
        _ => text("ownership_stake")?,
    };
    Ok(Owner {
        first_name: format::name(&text("first_name")?)?,
        last_name: format::name(&text("last_name")?)?,
        email: contact::email(&text("email")?)?,
        ownership_stake: number::integer(&stake, Some(1), Some(100))?,
    })
}
