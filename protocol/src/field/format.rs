//! The formats that a field can have, and the parsers of plain text and dates.

use serde::{Deserialize, Serialize};

use super::FieldProblem;
use crate::date::Date;

/// What a field holds. It decides the parser, the input mode of the keyboard and the drawing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Format {
    /// A person's or a place's name, in any script: 1 to 100 characters, no digits at all.
    Name,
    /// One line of text of at most `max` characters.
    Line {
        /// The most characters taken.
        max: u16,
    },
    /// A day within the last 120 years.
    Birthday,
    /// A day from today on.
    Expiry,
    /// Any day.
    Day,
    /// An e-mail address.
    Email,
    /// A telephone number in E.164; spaces, brackets and dashes are dropped.
    Phone,
    /// An `http` or `https` address.
    Url,
    /// ISO 3166-1 alpha-2.
    Country,
    /// A state or territory of the United States, as its two letters.
    State,
    /// A state, province or region, by its name or code.
    Region,
    /// A postal code of any country.
    PostalCode,
    /// A social security number, nine digits.
    Ssn9,
    /// The last four digits of a social security number.
    Ssn4,
    /// A social security number or an individual taxpayer number, nine digits.
    UsTaxId,
    /// An employer's taxpayer number, nine digits.
    Tin,
    /// A driver's licence number.
    LicenceNumber,
    /// A machine-readable zone (ICAO Doc 9303): two lines of 36 or 44 characters, or three of 30.
    Mrz,
    /// The text of the barcode on a North American card (AAMVA), with its control characters.
    Barcode,
    /// A whole percentage, 1 to 100.
    Percent,
    /// A whole number.
    Integer {
        /// The least taken.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<i64>,
        /// The most taken.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<i64>,
    },
    /// An amount of money, with at most two decimals.
    Amount {
        /// The least taken, in whole units.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<i64>,
        /// The most taken, in whole units.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<i64>,
    },
    /// ISO 4217, three letters.
    Currency,
    /// One of a few.
    Choice {
        /// The values, in the order in which they are shown.
        options: Vec<Box<str>>,
    },
    /// A tick.
    Checkbox,
    /// Further owners of a business.
    Owners,
}

/// How much of a value may be shown again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sensitivity {
    /// Shown again as it is to the person who gave it.
    Plain,
    /// Shown again by its last four characters at most.
    Masked,
}

/// The text without what nobody sees: zero-width spaces, and the direction marks that telephones put
/// around a copied number and that can make a name read as another one. The joiners U+200C and
/// U+200D stay: Persian and the scripts of India are spelt with them.
pub(super) fn visible(text: &str) -> String {
    let unseen = |c: char| matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    text.chars().filter(|c| !unseen(*c)).collect()
}

/// What somebody wrote in their own words: 1 to `most` characters in one line or several.
///
/// # Errors
/// [`FieldProblem::Required`] if nothing is left of it, [`FieldProblem::TooLong`], and
/// [`FieldProblem::InvalidCharacters`] for what nobody can read.
pub fn prose(text: &str, most: usize) -> Result<String, FieldProblem> {
    let text = visible(text).trim().replace("\r\n", "\n");
    if text.is_empty() {
        Err(FieldProblem::Required)
    } else if text.chars().any(|c| c.is_control() && c != '\n') {
        Err(FieldProblem::InvalidCharacters)
    } else if text.chars().count() > most {
        Err(FieldProblem::TooLong)
    } else {
        Ok(text)
    }
}

pub(super) fn line(text: &str, max: usize) -> Result<String, FieldProblem> {
    if text.chars().any(char::is_control) {
        return Err(FieldProblem::InvalidCharacters);
    }
    if text.chars().count() > max {
        return Err(FieldProblem::TooLong);
    }
    Ok(text.into())
}

/// Runs of white space become one space. Names have letters of any script, marks, apostrophes,
/// hyphens, dots and commas; what no name has is refused: digits, `@`, angle brackets and the like.
pub(super) fn name(text: &str) -> Result<String, FieldProblem> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let foreign = |c: char| c.is_numeric() || "<>{}[]|\\@#$%^*=+~\"_!?;:/".contains(c);
    if text.chars().any(foreign) || !text.chars().any(char::is_alphabetic) {
        return Err(FieldProblem::InvalidCharacters);
    }
    line(&text, 100)
}

pub(super) fn day(text: &str) -> Result<Date, FieldProblem> {
    text.parse().map_err(|_| FieldProblem::InvalidDate)
}

pub(super) fn birthday(text: &str, today: Date) -> Result<Date, FieldProblem> {
    let date = day(text)?;
    if date > today {
        Err(FieldProblem::DateInFuture)
    } else if date.years_until(today) > 120 {
        Err(FieldProblem::DateTooEarly)
    } else {
        Ok(date)
    }
}

pub(super) fn expiry(text: &str, today: Date) -> Result<Date, FieldProblem> {
    let date = day(text)?;
    if date < today { Err(FieldProblem::DateInPast) } else { Ok(date) }
}
