//! The fields that a person fills: what they are called, what they hold and what they refuse.
//!
//! [`parse`] runs in the browser when a person leaves a field and in the server when it arrives.

mod contact;
mod document;
mod format;
mod identifier;
mod money;
mod number;
mod owner;
mod place;
mod raw;
mod value;

pub use format::{Format, Sensitivity, prose};
pub use identifier::{FieldName, InvalidFieldName};
#[cfg(feature = "schema")]
pub(crate) use identifier::{business_pattern, data_pattern};
pub use owner::{
    MOST_OWNERS, OWNER_MEMBERS, Owner, OwnerProblem, PRIMARY_STAKE, SECONDARY_OWNERS, first_beyond_whole,
    owner_problems,
};
pub use place::{COUNTRIES, US_STATES, is_country, is_us_state};
pub use raw::Raw;
pub(crate) use raw::raw_members;
pub use value::Value;

use serde::{Deserialize, Serialize};

use crate::date::Date;

/// What is wrong with a field's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FieldProblem {
    /// Nothing was given.
    Required,
    /// This call or step does not take such a field.
    Unknown,
    /// A text was expected and something else came, or the other way round.
    WrongType,
    /// More characters than any such value has.
    TooLong,
    /// Fewer characters than any such value has.
    TooShort,
    /// Characters that no such value has.
    InvalidCharacters,
    /// Not a day that exists, written `YYYY-MM-DD`.
    InvalidDate,
    /// A day ahead where a past one is asked for.
    DateInFuture,
    /// A day past where one ahead is asked for: the document has expired.
    DateInPast,
    /// More than 120 years ago.
    DateTooEarly,
    /// Not an e-mail address.
    InvalidEmail,
    /// Not a telephone number with its country code.
    InvalidPhone,
    /// Not a country of ISO 3166-1.
    InvalidCountry,
    /// Not a state or territory of the United States.
    InvalidState,
    /// Not a postal code of that country.
    InvalidPostalCode,
    /// Not a social security number that can have been issued.
    InvalidSsn,
    /// Not a taxpayer number that can have been issued.
    InvalidTaxId,
    /// Not a web address.
    InvalidUrl,
    /// Not a number.
    InvalidNumber,
    /// Less than the least that is taken.
    TooSmall,
    /// More than the most that is taken.
    TooLarge,
    /// Not one of the options.
    NotAnOption,
    /// With this share the owners own more than the whole.
    StakesExceed,
    /// The consent was not given.
    NotAccepted,
    /// Another version of the text is in force.
    OutdatedVersion,
    /// The upload has not arrived.
    NotUploaded,
    /// Not the code that was sent.
    WrongCode,
    /// No code is in force: it is too old, was tried too often, or was never sent.
    CodeExpired,
    /// Codes were sent too often, to this address or in this session, or just now.
    TooManyCodes,
    /// Somebody else logs in with it.
    AddressTaken,
    /// The passkey is not one of this person's, or of this page, or did not prove itself.
    PasskeyRefused,
    /// A problem that a newer server knows.
    #[serde(other)]
    #[cfg_attr(feature = "schema", schemars(skip))]
    Other,
}

/// The one way from what was typed to what is kept: surrounding space and invisible characters are
/// dropped, harmless separators are normalised, and the result is in the canonical form of its
/// format. A JSON number is taken where the format is one.
/// `today` is the day on which it is asked, in UTC.
///
/// # Errors
/// The first [`FieldProblem`] found.
pub fn parse(format: &Format, raw: &Raw, today: Date) -> Result<Value, FieldProblem> {
    match (format, raw) {
        (Format::Checkbox, Raw::Bool(given)) => Ok(Value::Bool(*given)),
        (Format::Owners, Raw::List(owners)) => owner::parse_owners(owners, today),
        (Format::Checkbox | Format::Owners, _) => Err(FieldProblem::WrongType),
        (_, Raw::Text(text)) => parse_typed(format, text, today),
        (Format::Percent | Format::Integer { .. } | Format::Amount { .. }, Raw::Integer(number)) => {
            parse_text(format, &number.to_string(), today)
        }
        (_, _) => Err(FieldProblem::WrongType),
    }
}

/// [`parse`] of a text, which is all that an input can hold. A browser that asks for this alone does without
/// the code for all other JSON.
///
/// # Errors
/// The first [`FieldProblem`] found.
pub fn parse_typed(format: &Format, text: &str, today: Date) -> Result<Value, FieldProblem> {
    parse_text(format, format::visible(text).trim(), today)
}

fn parse_text(format: &Format, text: &str, today: Date) -> Result<Value, FieldProblem> {
    if text.is_empty() {
        return Err(FieldProblem::Required);
    }
    match format {
        Format::Name => format::name(text).map(Value::Text),
        Format::Line { max } => format::line(text, usize::from(*max)).map(Value::Text),
        Format::Birthday => format::birthday(text, today).map(Value::Date),
        Format::Expiry => format::expiry(text, today).map(Value::Date),
        Format::Day => format::day(text).map(Value::Date),
        Format::Email => contact::email(text).map(Value::Text),
        Format::Phone => contact::phone(text).map(Value::Text),
        Format::Url => contact::url(text).map(Value::Text),
        Format::Country => place::country(text).map(Value::Text),
        Format::State => place::us_state(text).map(Value::Text),
        Format::Region => format::line(text, 100).map(Value::Text),
        Format::PostalCode => place::postal_code(text).map(Value::Text),
        Format::Ssn9 => number::ssn9(text).map(Value::Text),
        Format::Ssn4 => number::ssn4(text).map(Value::Text),
        Format::UsTaxId => number::us_tax_id(text).map(Value::Text),
        Format::Tin => number::ein(text).map(Value::Text),
        Format::LicenceNumber => number::licence(text).map(Value::Text),
        Format::Mrz => document::mrz(text).map(Value::Text),
        Format::Barcode => document::barcode(text).map(Value::Text),
        Format::Percent => number::percent(text).map(Value::Integer),
        Format::Integer { min, max } => number::integer(text, *min, *max).map(Value::Integer),
        Format::Amount { min, max } => money::amount(text, *min, *max).map(Value::Text),
        Format::Currency => money::currency(text).map(Value::Text),
        Format::Choice { options } => {
            let known = options.iter().any(|option| &**option == text);
            if known { Ok(Value::Text(text.into())) } else { Err(FieldProblem::NotAnOption) }
        }
        Format::Checkbox | Format::Owners => Err(FieldProblem::WrongType),
    }
}

#[cfg(test)]
mod tests;
