//! Data identifiers: the names under which tenants send and read what a person gives.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use thiserror::Error;

use super::{Format, Sensitivity};
use crate::id::is_word;

/// A data identifier such as `id.first_name`, or a skill's own field such as `period`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(extend("pattern" = field_pattern()))
)]
pub struct FieldName(Box<str>);

/// No data identifier has this name, and no skill may call a field of its own so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not a data identifier, nor a lower-case word of at most 64 letters, digits and '_'")]
pub struct InvalidFieldName;

impl FieldName {
    /// The name as the wire writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The format that the identifier fixes. `None` for a field of a skill's own, and for
    /// `custom.…`, whose format the skill says.
    pub fn format(&self) -> Option<Format> {
        if let Some((kind, rest)) = self.0.split_once('.') {
            return match kind {
                "document" => Some(document_format(rest)),
                "investor_profile" => Some(Format::Line { max: 500 }),
                "custom" => None,
                _ => standard(&self.0),
            };
        }
        None
    }

    /// How much of the value may be shown again.
    pub fn sensitivity(&self) -> Sensitivity {
        let masked = ["id.ssn9", "id.ssn4", "id.us_tax_id", "id.drivers_license_number", "business.tin"];
        let numbered = [".document_number", ".mrz", ".barcode"].iter().any(|what| self.0.ends_with(what));
        if masked.contains(&&*self.0) || numbered { Sensitivity::Masked } else { Sensitivity::Plain }
    }
}

fn choice(options: &[&str]) -> Format {
    Format::Choice { options: options.iter().map(|option| (*option).into()).collect() }
}

/// The identifiers with a format of their own: the match, and their names.
macro_rules! standard {
    ($($($name:literal)|+ => $format:expr,)*) => {
        fn standard(name: &str) -> Option<Format> {
            Some(match name {
                $($($name)|+ => $format,)*
                _ => return None,
            })
        }

        #[cfg(feature = "schema")]
        const STANDARD: &[&str] = &[$($($name),+),*];
    };
}

standard! {
    "id.first_name" | "id.middle_name" | "id.last_name" => Format::Name,
    "id.dob" => Format::Birthday,
    "id.email" => Format::Email,
    "id.phone_number" | "business.phone_number" => Format::Phone,
    "id.address_line1" | "id.address_line2" | "business.address_line1" | "business.address_line2" => Format::Line { max: 100 },
    // Not a name: there are "10th of Ramadan" and "25 de Mayo".
    "id.city" | "business.city" => Format::Line { max: 100 },
    "id.state" | "business.state" => Format::Region,
    "id.zip" | "business.zip" => Format::PostalCode,
    "id.country" | "id.nationality" | "business.country" => Format::Country,
    "id.ssn9" => Format::Ssn9,
    "id.ssn4" => Format::Ssn4,
    "id.us_tax_id" => Format::UsTaxId,
    "id.us_legal_status" => choice(&["citizen", "permanent_resident", "visa"]),
    "id.visa_kind" => choice(&["e1", "e2", "e3", "f1", "g4", "h1b", "l1", "o1", "tn1", "other"]),
    "id.visa_expiration_date" => Format::Expiry,
    "id.drivers_license_number" => Format::LicenceNumber,
    "id.drivers_license_state" => Format::State,
    "business.name" | "business.dba" => Format::Line { max: 200 },
    "business.tin" => Format::Tin,
    "business.website" => Format::Url,
    "business.corporation_type" => choice(&[
        "agent",
        "b_corporation",
        "c_corporation",
        "limited_liability_company",
        "llp",
        "non_profit",
        "partnership",
        "s_corporation",
        "sole_proprietorship",
        "trust",
        "unknown",
    ]),
    "business.primary_owner_stake" => Format::Percent,
    "business.secondary_owners" => Format::Owners,
}

/// The names that are data identifiers and not a skill's own, as a regular expression.
#[cfg(feature = "schema")]
pub(crate) fn data_pattern() -> String {
    const WORD: &str = "[a-z][a-z0-9_]{0,63}";
    let standard = STANDARD.join("|").replace('.', "\\.");
    format!("^((custom|investor_profile)\\.{WORD}|document\\.{WORD}\\.{WORD}|{standard})$")
}

/// The names of data identifiers that say something of a business, as a regular expression.
#[cfg(feature = "schema")]
pub(crate) fn business_pattern() -> String {
    let names: Vec<&str> = STANDARD.iter().filter_map(|name| name.strip_prefix("business.")).collect();
    format!("^business\\.({})$", names.join("|"))
}

/// The names that a field can have, as a regular expression.
#[cfg(feature = "schema")]
fn field_pattern() -> String {
    data_pattern().replacen("^(", "^([a-z][a-z0-9_]{0,63}|", 1)
}

/// `<kind>.<what>`: what is read from, or typed of, a document.
fn document_format(rest: &str) -> Format {
    match rest.rsplit('.').next().unwrap_or_default() {
        "dob" | "expires_at" | "issued_at" => Format::Day,
        "issuing_country" | "nationality" => Format::Country,
        "first_name" | "last_name" | "full_name" => Format::Name,
        "document_number" => Format::LicenceNumber,
        "mrz" => Format::Mrz,
        "barcode" => Format::Barcode,
        _ => Format::Line { max: 200 },
    }
}

impl FromStr for FieldName {
    type Err = InvalidFieldName;

    fn from_str(text: &str) -> Result<Self, InvalidFieldName> {
        let known = match text.split_once('.') {
            None => is_word(text),
            Some(("custom" | "investor_profile", rest)) => is_word(rest),
            Some(("document", rest)) => {
                rest.split_once('.').is_some_and(|(kind, what)| is_word(kind) && is_word(what))
            }
            Some(_) => standard(text).is_some(),
        };
        if known { Ok(Self(text.into())) } else { Err(InvalidFieldName) }
    }
}

impl fmt::Display for FieldName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for FieldName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for FieldName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for FieldName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}
