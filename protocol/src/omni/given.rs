//! What a backend says of a session that it starts: languages, countries, names of its own.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

#[cfg(feature = "schema")]
use crate::field::COUNTRIES;
use crate::field::{FieldProblem, Raw, is_country};
use crate::id::{ExternalId, InvalidId, text_id};
use crate::problem::RefusedField;
use crate::submission::Data;

text_id! {
    /// A language tag of BCP 47, such as `en-US`: its form is looked at, not its meaning.
    Language, "language tag such as en-US",
    "^[A-Za-z]{2,3}(-[0-9A-Za-z]{1,8}){0,7}$",
    is_language_tag
}
text_id! {
    /// From which countries documents come: `ALL`, or one of ISO 3166-1 alpha-2.
    Countries, "country of ISO 3166-1, or ALL",
    format!("^(ALL|{})$", COUNTRIES.replace(' ', "|")),
    |text| text == "ALL" || is_country(text)
}

/// Up to eight words of letters and digits joined by `-`, the first of two or three letters (RFC 5646,
/// section 2.1).
fn is_language_tag(text: &str) -> bool {
    let (language, rest) = text.split_once('-').map_or((text, None), |(first, rest)| (first, Some(rest)));
    let is_word =
        |word: &str| (1..=8).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (2..=3).contains(&language.len())
        && language.bytes().all(|byte| byte.is_ascii_alphabetic())
        && rest.is_none_or(|rest| rest.split('-').count() <= 7 && rest.split('-').all(is_word))
}

/// The tenant's own name for a person, in the free form of this family.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(
        with = "String",
        extend("minLength" = 1, "maxLength" = 256, "pattern" = r"^[^\u0000-\u001f\u007f-\u009f]*$")
    )
)]
pub struct CustomerId(pub ExternalId);

impl Serialize for CustomerId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for CustomerId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        ExternalId::of_customer(&text).map(Self).map_err(de::Error::custom)
    }
}

/// What a backend wants to be told again with a session. Texts by names of its own.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(extend(
        "maxProperties" = Self::MOST,
        "propertyNames" = { "maxLength": Self::LONGEST_NAME },
        "additionalProperties" = { "type": "string", "maxLength": Self::LONGEST_VALUE },
    ))
)]
#[serde(transparent)]
pub struct CustomFields(BTreeMap<String, String>);

impl CustomFields {
    /// How many there may be.
    pub const MOST: usize = 20;
    /// How many characters a name may have.
    pub const LONGEST_NAME: usize = 64;
    /// How many characters a value may have.
    pub const LONGEST_VALUE: usize = 500;

    /// The fields of a request.
    ///
    /// # Errors
    /// The first field that is too long or no text, or `customFields` itself when there are too many.
    pub fn parse(data: &Data) -> Result<Self, RefusedField> {
        let refused =
            |field: &str, problem| RefusedField { field: ["customFields", field].concat(), problem };
        if data.names().count() > Self::MOST {
            return Err(refused("", FieldProblem::TooLarge));
        }
        let texts = data.iter().map(|(name, value)| {
            if name.chars().count() > Self::LONGEST_NAME {
                return Err(refused("", FieldProblem::TooLong));
            }
            match value {
                Raw::Text(text) if text.chars().count() > Self::LONGEST_VALUE => {
                    Err(refused(&[".", name].concat(), FieldProblem::TooLong))
                }
                Raw::Text(text) => Ok((name.to_owned(), text.clone())),
                _ => Err(refused(&[".", name].concat(), FieldProblem::WrongType)),
            }
        });
        texts.collect::<Result<_, _>>().map(Self)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Whatever a backend writes there may be personal.
impl fmt::Debug for CustomFields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CustomFields({})", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_have_the_form_of_their_tags() {
        for taken in ["en-US", "de", "zh-Hant-TW", "es-419", "sl-rozaj-biske-1994"] {
            assert!(taken.parse::<Language>().is_ok(), "{taken}");
        }
        for refused in ["", "e", "english", "en_US", "en-", "-US", "en-toolongword", "e\u{301}n", "en\n"] {
            assert!(refused.parse::<Language>().is_err(), "{refused:?}");
        }
    }

    #[test]
    fn a_country_is_one_or_all() {
        for (text, taken) in [("ALL", true), ("US", true), ("all", false), ("USA", false), ("XX", false)] {
            assert_eq!(text.parse::<Countries>().is_ok(), taken, "{text}");
        }
    }

    #[test]
    fn custom_fields_are_texts_within_bounds() {
        let read = |json: &str| CustomFields::parse(&serde_json::from_str(json).unwrap());
        let one = read("{\"order\": \"0001\"}").unwrap();
        assert_eq!(serde_json::to_string(&one).unwrap(), "{\"order\":\"0001\"}");
        assert_eq!(format!("{one:?}"), "CustomFields(1)");
        let many: Vec<_> = (0..21).map(|number| format!("\"n{number}\": \"\"")).collect();
        for (json, field, problem) in [
            ("{\"order\": 1}".into(), "customFields.order", FieldProblem::WrongType),
            (format!("{{\"a\": \"{}\"}}", "x".repeat(501)), "customFields.a", FieldProblem::TooLong),
            (format!("{{\"{}\": \"\"}}", "x".repeat(65)), "customFields", FieldProblem::TooLong),
            (format!("{{{}}}", many.join(", ")), "customFields", FieldProblem::TooLarge),
        ] {
            assert_eq!(read(&json), Err(RefusedField { field: field.into(), problem }));
        }
    }
}
