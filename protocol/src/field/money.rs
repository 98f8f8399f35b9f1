//! Amounts and currencies.

use super::FieldProblem;

/// Digits with at most two decimals after a point; kept without leading zeros.
/// Bounds are in whole units.
pub(super) fn amount(text: &str, min: Option<i64>, max: Option<i64>) -> Result<String, FieldProblem> {
    let (whole, cents) = text.split_once('.').unwrap_or((text, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let well_formed = (1..=15).contains(&whole.len())
        && cents.len() <= 2
        && !text.ends_with('.')
        && all_digits(whole)
        && all_digits(cents);
    if !well_formed {
        return Err(FieldProblem::InvalidNumber);
    }
    let units: i64 = whole.parse().map_err(|_| FieldProblem::InvalidNumber)?;
    let has_cents = cents.bytes().any(|byte| byte != b'0');
    if min.is_some_and(|least| units < least) {
        Err(FieldProblem::TooSmall)
    } else if max.is_some_and(|most| units > most || (units == most && has_cents)) {
        Err(FieldProblem::TooLarge)
    } else {
        let whole = units.to_string();
        Ok(if cents.is_empty() { whole } else { [&whole, ".", cents].concat() })
    }
}

/// Three letters, upper-cased. The list of ISO 4217 changes; a skill that takes only some
/// currencies says so with a choice.
pub(super) fn currency(text: &str) -> Result<String, FieldProblem> {
    if text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        Ok(text.to_ascii_uppercase())
    } else {
        Err(FieldProblem::NotAnOption)
    }
}
