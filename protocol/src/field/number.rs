//! Numbers that authorities issue, and plain whole numbers.

use super::FieldProblem;

/// The digits of `text` without spaces and dashes, if nothing else is in it.
fn digits(text: &str, problem: FieldProblem) -> Result<String, FieldProblem> {
    let bare: String = text.chars().filter(|c| !" -".contains(*c)).collect();
    if bare.bytes().all(|byte| byte.is_ascii_digit()) { Ok(bare) } else { Err(problem) }
}

/// Nine digits. The Social Security Administration has never issued the areas 000, 666 and 9xx,
/// the group 00 or the serial 0000 (20 CFR 422.103; "Social Security Number Randomization", 2011).
pub(super) fn ssn9(text: &str) -> Result<String, FieldProblem> {
    let ssn = digits(text, FieldProblem::InvalidSsn)?;
    let issued = ssn.len() == 9
        && !matches!(&ssn[..3], "000" | "666")
        && !ssn.starts_with('9')
        && &ssn[3..5] != "00"
        && &ssn[5..] != "0000";
    if issued { Ok(ssn) } else { Err(FieldProblem::InvalidSsn) }
}

pub(super) fn ssn4(text: &str) -> Result<String, FieldProblem> {
    let last = digits(text, FieldProblem::InvalidSsn)?;
    if last.len() == 4 && last != "0000" { Ok(last) } else { Err(FieldProblem::InvalidSsn) }
}

/// A social security number, or an individual taxpayer number: `9xx` with a group of 50–65, 70–88,
/// 90–92 or 94–99 (IRS Internal Revenue Manual 3.21.263).
pub(super) fn us_tax_id(text: &str) -> Result<String, FieldProblem> {
    let number = digits(text, FieldProblem::InvalidTaxId)?;
    if number.len() == 9 && number.starts_with('9') {
        let group: u8 = number[3..5].parse().map_err(|_| FieldProblem::InvalidTaxId)?;
        return match group {
            50..=65 | 70..=88 | 90..=92 | 94..=99 => Ok(number),
            _ => Err(FieldProblem::InvalidTaxId),
        };
    }
    ssn9(&number).map_err(|_| FieldProblem::InvalidTaxId)
}

/// An employer identification number: nine digits, not all alike in the prefix 00.
pub(super) fn ein(text: &str) -> Result<String, FieldProblem> {
    let number = digits(text, FieldProblem::InvalidTaxId)?;
    if number.len() == 9 && !number.starts_with("00") { Ok(number) } else { Err(FieldProblem::InvalidTaxId) }
}

/// 1 to 25 letters and digits; spaces, dashes and asterisks within are kept out.
pub(super) fn licence(text: &str) -> Result<String, FieldProblem> {
    let bare: String = text.chars().filter(|c| !" -*".contains(*c)).collect();
    if bare.is_empty() || !bare.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(FieldProblem::InvalidCharacters);
    }
    if bare.len() > 25 { Err(FieldProblem::TooLong) } else { Ok(bare.to_ascii_uppercase()) }
}

/// 1 to 100, with or without the sign.
pub(super) fn percent(text: &str) -> Result<i64, FieldProblem> {
    integer(text.strip_suffix('%').unwrap_or(text).trim(), Some(1), Some(100))
}

pub(super) fn integer(text: &str, min: Option<i64>, max: Option<i64>) -> Result<i64, FieldProblem> {
    let number: i64 = text.parse().map_err(|_| FieldProblem::InvalidNumber)?;
    if min.is_some_and(|least| number < least) {
        Err(FieldProblem::TooSmall)
    } else if max.is_some_and(|most| number > most) {
        Err(FieldProblem::TooLarge)
    } else {
        Ok(number)
    }
}
