//! The further owners of a business, and the rule that nobody owns more than there is.

use serde::{Deserialize, Serialize};

use super::{FieldProblem, Format, Raw, Value, parse};
use crate::date::Date;

/// The field in which the primary owner's share is asked.
pub const PRIMARY_STAKE: &str = "business.primary_owner_stake";

/// The field in which all other owners are asked.
pub const SECONDARY_OWNERS: &str = "business.secondary_owners";

/// How many further owners a business may name.
pub const MOST_OWNERS: usize = 20;

/// What is asked of an owner: the name of each member and what it holds, in order.
pub const OWNER_MEMBERS: [(&str, Format); 4] = [
    ("first_name", Format::Name),
    ("last_name", Format::Name),
    ("email", Format::Email),
    ("ownership_stake", Format::Percent),
];

/// A further owner of a business.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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

/// Personal data stays out of logs.
impl std::fmt::Debug for Owner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Owner(…)")
    }
}

/// What is wrong in a list of owners, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnerProblem {
    /// The place in the list, from 0.
    pub owner: usize,
    /// Which of [`OWNER_MEMBERS`]; `None` for what is no owner at all.
    pub member: Option<&'static str>,
    /// What is wrong with it.
    pub problem: FieldProblem,
}

impl OwnerProblem {
    /// The owner at this place takes the sum past the whole.
    pub fn stakes_exceed(owner: usize) -> Self {
        Self { owner, member: Some("ownership_stake"), problem: FieldProblem::StakesExceed }
    }

    /// Where it is, for a list of this name: `business.secondary_owners.1.email`.
    pub fn path(&self, list: &str) -> String {
        let place = self.owner.to_string();
        match self.member {
            Some(member) => [list, &place, member].join("."),
            None => [list, &place].join("."),
        }
    }
}

impl Owner {
    /// The JSON value that a request would have written for it.
    pub fn to_raw(&self) -> Raw {
        Raw::Record(vec![
            ("first_name".into(), Raw::Text(self.first_name.clone())),
            ("last_name".into(), Raw::Text(self.last_name.clone())),
            ("email".into(), Raw::Text(self.email.clone())),
            ("ownership_stake".into(), Raw::Integer(self.ownership_stake)),
        ])
    }
}

/// The place of the first stake that takes the sum past the whole, with the share of the primary owner
/// where it is known. An owner of all leaves nothing to others.
pub fn first_beyond_whole(primary: Option<i64>, stakes: impl IntoIterator<Item = i64>) -> Option<usize> {
    let mut left = 100 - primary.unwrap_or(0);
    stakes.into_iter().position(|stake| {
        left -= stake;
        left < 0
    })
}

/// Everything that is wrong with the owners of a list: with each of their members, or else the first stake
/// that takes the sum past the whole. Empty where the list is none, or too long.
pub fn owner_problems(list: &Raw, today: Date) -> Vec<OwnerProblem> {
    let Raw::List(owners) = list else { return Vec::new() };
    let mut stakes = Vec::new();
    let mut problems = Vec::new();
    for (place, raw) in owners.iter().take(MOST_OWNERS).enumerate() {
        match parse_owner(place, raw, today) {
            Ok(owner) => stakes.push(owner.ownership_stake),
            Err(wrong) => problems.extend(wrong),
        }
    }
    if problems.is_empty() {
        problems.extend(first_beyond_whole(None, stakes).map(OwnerProblem::stakes_exceed));
    }
    problems
}

/// At most [`MOST_OWNERS`], whose stakes cannot exceed the whole.
pub(super) fn parse_owners(owners: &[Raw], today: Date) -> Result<Value, FieldProblem> {
    if owners.len() > MOST_OWNERS {
        return Err(FieldProblem::TooLong);
    }
    let parse = |(place, raw)| parse_owner(place, raw, today).map_err(|problems| problems[0].problem);
    let owners = owners.iter().enumerate().map(parse).collect::<Result<Vec<_>, _>>()?;
    match first_beyond_whole(None, owners.iter().map(|owner| owner.ownership_stake)) {
        Some(_) => Err(FieldProblem::StakesExceed),
        None => Ok(Value::Owners(owners)),
    }
}

/// # Errors
/// At least one problem.
fn parse_owner(owner: usize, raw: &Raw, today: Date) -> Result<Owner, Vec<OwnerProblem>> {
    let wrong = |member, problem| OwnerProblem { owner, member, problem };
    let Raw::Record(members) = raw else { return Err(vec![wrong(None, FieldProblem::WrongType)]) };
    if members.iter().any(|(name, _)| OWNER_MEMBERS.iter().all(|(known, _)| known != name)) {
        return Err(vec![wrong(None, FieldProblem::Unknown)]);
    }
    let mut problems = Vec::new();
    let mut values = OWNER_MEMBERS.map(|(name, format)| {
        let given = raw.member(name).ok_or(FieldProblem::Required);
        let parsed = given.and_then(|given| parse(&format, given, today));
        parsed.map_err(|problem| problems.push(wrong(Some(name), problem))).ok()
    });
    let mut text = |place: usize| match values[place].take() {
        Some(Value::Text(text)) => text,
        _ => String::new(),
    };
    let (first_name, last_name, email) = (text(0), text(1), text(2));
    match values[3] {
        Some(Value::Integer(ownership_stake)) if problems.is_empty() => {
            Ok(Owner { first_name, last_name, email, ownership_stake })
        }
        _ => Err(problems),
    }
}
