//! The barcode on the back of North American driving licences and identity cards, once PDF417 is
//! decoded to text (AAMVA DL/ID Card Design Standard, annex D, versions 1 to 10).
//!
//! Issuers deviate in much: offsets that point beside the subfile, elements parted by other characters,
//! dates in the other order, names in one element. What can be told is told, and the rest is left out.

mod elements;
mod header;
mod issuer;
mod name;

use std::fmt;

pub use self::issuer::{Issuer, issuer, issuers};
pub use self::name::CardName;

use self::elements::Elements;
use self::header::Header;
use crate::Sex;
use crate::day::{Day, number};

/// What a barcode says.
#[derive(Clone, PartialEq, Eq)]
pub struct Card {
    /// The version of the standard that it names, 1 to 10 and on.
    pub version: u8,
    /// What it is.
    pub kind: Kind,
    /// Who issued it, where the number of the issuer is a known one.
    pub issuer: Option<Issuer>,
    /// The holder's name.
    pub name: CardName,
    /// The number of the card.
    pub number: Option<String>,
    /// The day of birth.
    pub birth: Option<Day>,
    /// The day of expiry.
    pub expiry: Option<Day>,
    /// The day of issue.
    pub issued: Option<Day>,
    /// The holder's sex.
    pub sex: Sex,
    elements: Elements,
}

/// What a card is, by the type of its subfile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A driving licence: `DL`.
    Licence,
    /// An identity card: `ID`.
    IdCard,
}

/// Why a text is not what such a barcode holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotACard {
    /// No header of the standard: `ANSI` or `AAMVA`, the number of the issuer, the version.
    Header,
    /// No subfile of type `DL` or `ID` in which anything stands.
    Subfile,
}

impl fmt::Display for NotACard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Header => "the barcode does not begin as AAMVA's standard says",
            Self::Subfile => "the barcode holds neither a licence nor an identity card",
        })
    }
}

impl std::error::Error for NotACard {}

impl Card {
    /// Reads the text of a barcode.
    ///
    /// # Errors
    /// [`NotACard`] when header or subfile are missing.
    pub fn read(text: &str) -> Result<Self, NotACard> {
        let header = Header::read(text).ok_or(NotACard::Header)?;
        let (kind, subfile) = header.subfile().ok_or(NotACard::Subfile)?;
        let elements = Elements::read(subfile);
        if elements.is_empty() {
            return Err(NotACard::Subfile);
        }
        let issuer = issuer(header.issuer);
        let country = elements.get("DCG").or(issuer.map(|issuer| issuer.country));
        let year_first = header.version < 2 || country.is_some_and(|country| country.starts_with("CA"));
        let day = |code| elements.get(code).and_then(|text| read_day(text, year_first));
        Ok(Self {
            version: header.version,
            kind,
            issuer,
            name: CardName::read(&elements),
            number: elements.get("DAQ").map(Into::into),
            birth: day("DBB"),
            expiry: day("DBA"),
            issued: day("DBD"),
            sex: match elements.get("DBC") {
                Some("1" | "M") => Sex::Male,
                Some("2" | "F") => Sex::Female,
                _ => Sex::Unspecified,
            },
            elements,
        })
    }

    /// Any element by its three letters, as `DAG` for the street.
    pub fn element(&self, code: &str) -> Option<&str> {
        self.elements.get(code)
    }
}

/// How much was read, and nothing that stands in it.
impl fmt::Debug for Card {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Card")
            .field("version", &self.version)
            .field("kind", &self.kind)
            .field("issuer", &self.issuer)
            .finish_non_exhaustive()
    }
}

/// Eight digits as a day: month first in the United States, year first in Canada and in version 1. The
/// other order is tried too, since no text is a day of our time in both.
fn read_day(text: &str, year_first: bool) -> Option<Day> {
    let digits = text.get(..8)?;
    let number = |range: std::ops::Range<usize>| number(&digits.as_bytes()[range]);
    let day = |year_at: usize, month_at: usize| {
        let (year, month) = (number(year_at..year_at + 4)?, number(month_at..month_at + 2)?);
        let day = number(month_at + 2..month_at + 4)?;
        let day = Day::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)?;
        (1800..=2200).contains(&year).then_some(day)
    };
    let (ours, other) = ([(0, 4), (4, 0)], [(4, 0), (0, 4)]);
    let orders = if year_first { ours } else { other };
    orders.into_iter().find_map(|(year, month)| day(year, month))
}

#[cfg(test)]
mod tests;
