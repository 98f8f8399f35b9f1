//! Parts of lists.

use std::fmt::Display;

use vestibule_protocol::field::FieldProblem;
use vestibule_protocol::onboarding::List;
use vestibule_protocol::problem::Code;

use crate::api::error::Failure;
use crate::ledger::Fault;
use crate::store::RecordRow;

const USUAL: u32 = 25;
const MOST: u32 = 100;

/// How many are given at most.
///
/// # Errors
/// [`Failure`] for none, and for more than a hundred.
pub(super) fn limit(asked: Option<u32>) -> Result<u32, Failure> {
    let refused = |problem| Err(Failure::field(Code::InvalidField, "limit", problem));
    match asked {
        None => Ok(USUAL),
        Some(0) => refused(FieldProblem::TooSmall),
        Some(MOST..) if asked != Some(MOST) => refused(FieldProblem::TooLarge),
        Some(limit) => Ok(limit),
    }
}

/// The first `limit` of `rows`, as they are described. None are there if the part was to follow one that the
/// tenant does not have.
///
/// # Errors
/// [`Failure`] for such a part, and when a row cannot be read.
pub(super) fn listed<I: Display, T>(
    rows: Option<Vec<RecordRow<I>>>,
    limit: u32,
    described: impl Fn(RecordRow<I>) -> Result<T, Fault>,
) -> Result<List<T>, Failure> {
    let rows = rows.ok_or_else(|| Failure::field(Code::InvalidField, "cursor", FieldProblem::NotAnOption))?;
    let (rows, next) = split(rows, limit, |row| row.id.to_string());
    Ok(List { data: rows.into_iter().map(described).collect::<Result<_, _>>()?, next })
}

/// The first `limit` of `rows`, and where the list goes on if there are more.
pub(super) fn split<T>(
    mut rows: Vec<T>,
    limit: u32,
    name: impl Fn(&T) -> String,
) -> (Vec<T>, Option<String>) {
    let limit = limit as usize;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(name);
    (rows, next)
}
