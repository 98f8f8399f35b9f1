//! Parts of lists.

use vestibule_protocol::field::FieldProblem;
use vestibule_protocol::problem::Code;

use crate::api::error::Failure;

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
