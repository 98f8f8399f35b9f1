//! What a document says, wherever that was learnt: from its machine-readable zone and its barcode, as this server
//! read them from pictures or as they were given in fields, or by somebody's word.

use std::fmt;

use vestibule_protocol::date::Date;
use vestibule_protocol::field::{FieldName, Value};
use vestibule_vision::aamva::Card;
use vestibule_vision::country::alpha2;
use vestibule_vision::day::Day;
use vestibule_vision::mrz::Zone;

use super::session::Values;
use super::sight::Sight;

/// What a document says in one place. What is not known of it is `None`.
#[derive(Clone, PartialEq, Eq)]
pub struct Reading {
    /// Where it was learnt.
    pub source: Source,
    /// Who issued the document.
    pub issuer: Option<Issuer>,
    /// Its number: capitals and digits alone.
    pub number: Option<String>,
    /// The holder's day of birth.
    pub birth: Option<Span>,
    /// The last day on which the document is valid.
    pub expiry: Option<Date>,
    /// The holder's name.
    pub name: Option<PersonName>,
}

/// Where a reading was learnt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A picture that this server has read itself.
    Picture(Print),
    /// A field that holds what somebody else has read.
    Field(Print),
    /// What was typed, or what the tenant knew.
    Word,
}

/// What machines read of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Print {
    /// The machine-readable zone.
    Zone {
        /// Whether all its check digits fit.
        all_right: bool,
    },
    /// The barcode of a North American card.
    Barcode,
}

impl Source {
    /// What a machine has read, whoever's it was.
    pub fn print(self) -> Option<Print> {
        match self {
            Source::Picture(print) | Source::Field(print) => Some(print),
            Source::Word => None,
        }
    }
}

/// Who issued a document.
#[derive(Clone, PartialEq, Eq)]
pub struct Issuer {
    /// ISO 3166-1 alpha-2, or what the zone has where there is none, as for the United Nations.
    pub country: String,
    /// The state, province or territory, where that is who issues.
    pub region: Option<String>,
}

/// The days that a day can be of which not all is known.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first of them.
    pub earliest: Date,
    /// The last of them.
    pub latest: Date,
}

/// A person's name.
#[derive(Clone, PartialEq, Eq)]
pub enum PersonName {
    /// In its two parts.
    Parts {
        /// All given names, in their order.
        given: String,
        /// The family name.
        family: String,
        /// Whether one of the two may have been cut.
        truncated: bool,
    },
    /// As one text, in whatever order.
    Whole(String),
}

/// The bytes that a part of a name has at most. Two names of 100 characters each fit, in any script; a
/// barcode could hold more, and would take long to compare.
const LONGEST_NAME: usize = 1_000;

impl Reading {
    /// What a zone says on the day `today`, which resolves its two-digit years.
    pub fn of_zone(source: fn(Print) -> Source, zone: &Zone, today: Date) -> Self {
        let today = day(today);
        let birth = zone.birth.value.and_then(|birth| birth.birth(today?));
        let expiry = zone.expiry.value.and_then(|expiry| expiry.expiry(today?));
        let country = alpha2(&zone.issuer).map_or_else(|| zone.issuer.clone(), Into::into);
        Self {
            source: source(Print::Zone { all_right: zone.all_right() }),
            issuer: filled(country).map(|country| Issuer { country, region: None }),
            number: number(&zone.number.value),
            birth: birth.and_then(|birth| Span::new(date(birth.earliest())?, date(birth.latest())?)),
            expiry: expiry.and_then(date),
            name: PersonName::of_parts(&zone.name.secondary, &zone.name.primary, zone.name.truncated),
        }
    }

    /// What a barcode says.
    pub fn of_barcode(source: fn(Print) -> Source, card: &Card) -> Self {
        let issuer = card
            .issuer
            .map(|issuer| Issuer { country: issuer.country.into(), region: filled(issuer.region.into()) });
        let country = || card.element("DCG").and_then(alpha2);
        Self {
            source: source(Print::Barcode),
            issuer: issuer.or_else(|| Some(Issuer { country: country()?.into(), region: None })),
            number: card.number.as_deref().and_then(number),
            birth: card.birth.and_then(date).map(Span::of),
            expiry: card.expiry.and_then(date),
            name: PersonName::of_parts(&card.name.given, &card.name.family, card.name.truncated),
        }
    }

    /// What is said of a document of this kind in fields of its own, such as
    /// `document.passport.expires_at`; of a driving licence also those of the person.
    pub fn of_word(kind: &str, values: &Values) -> Self {
        let text = |what: &str| match values.get(&field(kind, what)?)? {
            Value::Text(text) => Some(text.clone()),
            _ => None,
        };
        let day = |what: &str| match values.get(&field(kind, what)?)? {
            Value::Date(date) => Some(*date),
            _ => None,
        };
        let of_person = |name: &str| match values.get(&name.parse().ok()?)? {
            Value::Text(text) if kind == "drivers_license" => Some(text.clone()),
            _ => None,
        };
        let state = of_person("id.drivers_license_state");
        let country = text("issuing_country").or_else(|| state.as_ref().map(|_| "US".into()));
        let parts = || {
            let (given, family) = (text("first_name")?, text("last_name")?);
            PersonName::of_parts(&given, &family, false)
        };
        Self {
            source: Source::Word,
            issuer: country.map(|country| Issuer { country, region: state }),
            number: text("document_number")
                .or_else(|| of_person("id.drivers_license_number"))
                .as_deref()
                .and_then(number),
            birth: day("dob").map(Span::of),
            expiry: day("expires_at"),
            name: parts().or_else(|| text("full_name").map(PersonName::Whole)),
        }
    }

    /// Whether nothing was learnt.
    pub fn is_empty(&self) -> bool {
        let Self { source: _, issuer, number, birth, expiry, name } = self;
        issuer.is_none() && number.is_none() && birth.is_none() && expiry.is_none() && name.is_none()
    }
}

/// Where it was learnt and what, but not what it says.
impl fmt::Debug for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reading").field("source", &self.source).finish_non_exhaustive()
    }
}

impl Span {
    /// The days from one to another, if they are in this order.
    pub fn new(earliest: Date, latest: Date) -> Option<Self> {
        (earliest <= latest).then_some(Self { earliest, latest })
    }

    /// A day that is known.
    pub fn of(day: Date) -> Self {
        Self { earliest: day, latest: day }
    }

    /// The day, if all of it is known.
    pub fn day(self) -> Option<Date> {
        (self.earliest == self.latest).then_some(self.earliest)
    }

    /// Whether both can be the same day.
    pub fn can_be(self, other: Self) -> bool {
        self.earliest <= other.latest && other.earliest <= self.latest
    }
}

impl PersonName {
    /// A name of these parts; `None` when there is nothing in either, or more than is anybody's name.
    pub fn of_parts(given: &str, family: &str, truncated: bool) -> Option<Self> {
        let (given, family) = (given.trim(), family.trim());
        let some = !given.is_empty() || !family.is_empty();
        let fits = given.len().max(family.len()) <= LONGEST_NAME;
        (some && fits).then(|| Self::Parts { given: given.into(), family: family.into(), truncated })
    }
}

/// What there is of a document, one reading for each place in which something stands. What this server has read
/// from pictures comes first, then what others have read, then what was typed. A zone or a barcode that cannot be
/// read is none.
pub fn readings(kind: &str, values: &Values, pictures: &[Sight], today: Date) -> Vec<Reading> {
    let text = |what| match values.get(&field(kind, what)?)? {
        Value::Text(text) => Some(text.as_str()),
        _ => None,
    };
    let zone = |source, text: &str| Some(Reading::of_zone(source, &Zone::read(text).ok()?, today));
    let barcode = |source, text: &str| Some(Reading::of_barcode(source, &Card::read(text).ok()?));
    let seen = pictures.iter().flat_map(|sight| {
        let of_zone = sight.zone.as_deref().and_then(|text| zone(Source::Picture, text));
        of_zone.into_iter().chain(sight.barcode.as_deref().and_then(|text| barcode(Source::Picture, text)))
    });
    let told = [
        text("mrz").and_then(|text| zone(Source::Field, text)),
        text("barcode").and_then(|text| barcode(Source::Field, text)),
        Some(Reading::of_word(kind, values)),
    ];
    seen.chain(told.into_iter().flatten()).filter(|reading| !reading.is_empty()).collect()
}

/// The field of a document of this kind.
pub fn field(kind: &str, what: &str) -> Option<FieldName> {
    ["document.", kind, ".", what].concat().parse().ok()
}

/// A number without what is written between its characters; `None` when nothing is left.
fn number(text: &str) -> Option<String> {
    let bare = text.chars().filter(char::is_ascii_alphanumeric);
    filled(bare.map(|c| c.to_ascii_uppercase()).collect())
}

fn filled(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

fn date(day: Day) -> Option<Date> {
    Date::new(day.year(), day.month(), day.day()).ok()
}

fn day(date: Date) -> Option<Day> {
    Day::new(date.year(), date.month(), date.day())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use vestibule_protocol::field::COUNTRIES;
    use vestibule_vision::country;

    #[test]
    fn documents_and_fields_name_the_same_countries() {
        let of_documents: BTreeSet<_> = country::all().map(|(_, short)| short).collect();
        assert_eq!(of_documents, COUNTRIES.split(' ').collect());
    }
}
