//! What a camera read of a document, as what forms ask for: shown for confirmation, offered to fields that
//! are still empty, and held against what was typed. It is never evidence: the server reads for itself.

mod agree;
mod differ;

use std::fmt;

pub use self::agree::Agreement;
pub use self::differ::{capitals_differ, differs};

use crate::aamva::Card;
use crate::country::alpha2;
use crate::day::Day;
use crate::mrz::Zone;

/// What was read, by the last word of the data identifiers that ask for it (`first_name` for
/// `id.first_name` and `document.passport.first_name`), in the order in which it is shown.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Reading(Vec<(&'static str, String)>);

impl Reading {
    /// What a zone says on the day `today`, which resolves its two-digit years. `None` unless it is a zone
    /// of which every check digit is right.
    pub fn of_zone(text: &str, today: Day) -> Option<Self> {
        let zone = Zone::read(text).ok().filter(Zone::all_right)?;
        let mut reading = Self::default();
        // A name that was cut is not the person's name.
        if !zone.name.truncated {
            reading.say("first_name", &zone.name.secondary);
            reading.say("last_name", &zone.name.primary);
        }
        let birth = zone.birth.value.and_then(|birth| birth.birth(today));
        let birth = birth.filter(|birth| birth.earliest() == birth.latest());
        reading.say_day("dob", birth.map(|birth| birth.earliest()));
        reading.say("document_number", &zone.number.value);
        reading.say_day("expires_at", zone.expiry.value.and_then(|expiry| expiry.expiry(today)));
        reading.say("nationality", alpha2(&zone.nationality).unwrap_or_default());
        reading.say("issuing_country", alpha2(&zone.issuer).unwrap_or_default());
        reading.say("mrz", text);
        Some(reading)
    }

    /// What the barcode of a North American card says. `None` when it is no such barcode.
    pub fn of_barcode(text: &str) -> Option<Self> {
        let card = Card::read(text).ok()?;
        let element = |code| card.element(code).unwrap_or_default();
        let mut reading = Self::default();
        if !card.name.truncated {
            reading.say("first_name", &card.name.given);
            reading.say("last_name", &card.name.family);
        }
        reading.say_day("dob", card.birth);
        let number = card.number.as_deref().unwrap_or_default();
        reading.say("document_number", number);
        reading.say_day("expires_at", card.expiry);
        reading.say_day("issued_at", card.issued);
        reading.say("address_line1", element("DAG"));
        reading.say("address_line2", element("DAH"));
        reading.say("city", element("DAI"));
        reading.say("state", element("DAJ"));
        reading.say("zip", postcode(element("DAK")));
        let country = card.issuer.map(|issuer| issuer.country).or_else(|| alpha2(element("DCG")));
        reading.say("country", country.unwrap_or_default());
        reading.say("issuing_country", country.unwrap_or_default());
        if country == Some("US") {
            reading.say("drivers_license_number", number);
            reading.say("drivers_license_state", card.issuer.map_or("", |issuer| issuer.region));
        }
        reading.say("barcode", text);
        Some(reading)
    }

    /// Each word with what was read for it.
    pub fn words(&self) -> &[(&'static str, String)] {
        &self.0
    }

    // Said in twenty places, and nowhere in haste.
    #[inline(never)]
    fn say(&mut self, word: &'static str, value: &str) {
        if !value.is_empty() {
            self.0.push((word, value.into()));
        }
    }

    fn say_day(&mut self, word: &'static str, day: Option<Day>) {
        if let Some(day) = day {
            self.say(word, &day.text());
        }
    }
}

/// How much was read, and nothing that stands in it.
impl fmt::Debug for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Reading").field(&self.0.len()).finish()
    }
}

/// A ZIP code without the four digits that say nothing, by which issuers fill its place.
fn postcode(text: &str) -> &str {
    let digits = text.len() == 9 && text.bytes().all(|byte| byte.is_ascii_digit());
    let bare = text.strip_suffix("0000").filter(|_| digits).unwrap_or(text);
    bare.trim_end_matches('-')
}

#[cfg(test)]
mod tests;
