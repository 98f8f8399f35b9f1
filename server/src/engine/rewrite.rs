//! From the data that a tenant's backend writes to what is kept, or the fields that cannot be accepted.

use std::collections::BTreeSet;

use vestibule_protocol::date::Date;
use vestibule_protocol::field::{FieldName, FieldProblem, Format, Raw, Value, parse};
use vestibule_protocol::problem::RefusedField;
use vestibule_protocol::submission::Data;

use super::session::Values;
use super::vault::{Whose, is_file};

/// What is written into a vault.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rewrite {
    /// Values that are new, or take the place of others.
    pub values: Values,
    /// What is removed.
    pub removed: BTreeSet<FieldName>,
}

impl Rewrite {
    /// Reads data as a person's are read, by the format that the identifier fixes. What a tenant calls
    /// `custom.…` is a line of text, a whole number or a tick, as it comes. `null` removes. Of a business there
    /// is nothing but what says something of it.
    ///
    /// # Errors
    /// Every field that cannot be accepted, and why.
    pub fn read(data: &Data, whose: Whose, today: Date) -> Result<Self, Vec<RefusedField>> {
        let mut rewrite = Self::default();
        let mut refused = Vec::new();
        for (name, raw) in data.iter() {
            match read_one(name, raw, whose, today) {
                Ok((name, Some(value))) => {
                    rewrite.values.insert(name, value);
                }
                Ok((name, None)) => {
                    rewrite.removed.insert(name);
                }
                Err(problem) => {
                    // Names come from the request: no answer repeats more of one than a name can have.
                    refused.push(RefusedField { field: name.chars().take(64).collect(), problem });
                }
            }
        }
        if refused.is_empty() { Ok(rewrite) } else { Err(refused) }
    }

    /// The names of all that is written or removed.
    pub fn names(&self) -> Vec<FieldName> {
        self.values.keys().chain(&self.removed).cloned().collect()
    }
}

fn read_one(
    name: &str,
    raw: &Raw,
    whose: Whose,
    today: Date,
) -> Result<(FieldName, Option<Value>), FieldProblem> {
    let name: FieldName = name.parse().map_err(|_| FieldProblem::Unknown)?;
    if !whose.takes(&name) {
        return Err(FieldProblem::Unknown);
    }
    if *raw == Raw::Null {
        return Ok((name, None));
    }
    if is_file(&name) {
        return Err(FieldProblem::WrongType);
    }
    let format = name.format().or_else(|| own(&name, raw)).ok_or(FieldProblem::Unknown)?;
    let value = parse(&format, raw, today)?;
    Ok((name, Some(value)))
}

/// The format of what a tenant names itself. A word without a dot is a skill's own field, and nothing
/// outside of that skill.
fn own(name: &FieldName, raw: &Raw) -> Option<Format> {
    let format = match raw {
        Raw::Bool(_) => Format::Checkbox,
        Raw::Integer(_) => Format::Integer { min: None, max: None },
        _ => Format::Line { max: 500 },
    };
    name.as_str().starts_with("custom.").then_some(format)
}
