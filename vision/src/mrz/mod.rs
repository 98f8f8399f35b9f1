//! The machine-readable zone of travel documents (ICAO Doc 9303, parts 3 to 7), from its characters.
//!
//! A zone that is read is not a zone that is right: [`Zone::read`] takes any lines of a known length,
//! and each check digit says for itself whether it fits. Check digits do not cover names, issuer, sex
//! and nationality, and one wrong reading in ten passes each.

mod digit;
mod lines;
mod name;
mod number;
pub mod picture;

use std::fmt;

pub use self::digit::{CheckDigit, check_digit};
pub use self::lines::{Layout, NotAZone};
pub use self::name::Name;

use self::digit::verify;
use self::lines::Lines;
use crate::Sex;
use crate::day::ShortDay;

/// What a zone says.
#[derive(Clone, PartialEq, Eq)]
pub struct Zone {
    /// How it is laid out.
    pub layout: Layout,
    /// The kind of document: `P` and `PD` are passports, `V` visas, `I`, `A` and `C` cards.
    pub code: String,
    /// The issuing state or organisation, fillers dropped: three letters, or Germany's `D`.
    pub issuer: String,
    /// The holder's name.
    pub name: Name,
    /// The number of the document, whole where it is longer than its place.
    pub number: Checked<String>,
    /// The holder's nationality, as the issuer is written.
    pub nationality: String,
    /// The day of birth; `None` when it cannot be read as one.
    pub birth: Checked<Option<ShortDay>>,
    /// The holder's sex.
    pub sex: Sex,
    /// The day of expiry; `None` when it cannot be read as one, or the layout has none.
    pub expiry: Checked<Option<ShortDay>>,
    /// What the issuer adds, such as a personal number; fillers dropped at its end.
    pub optional: Checked<String>,
    /// What the issuer adds on the second line of a card.
    pub further: String,
    /// The digit over all that has digits.
    pub composite: CheckDigit,
}

/// A part of a zone, and what its check digit says of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Checked<T> {
    /// The part.
    pub value: T,
    /// Its digit.
    pub digit: CheckDigit,
}

/// A part of a zone that a digit may guard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The number of the document.
    Number,
    /// The day of birth.
    Birth,
    /// The day of expiry.
    Expiry,
    /// What the issuer adds.
    Optional,
    /// All that has digits, and the digits.
    Composite,
}

impl Zone {
    /// Reads a zone from its lines, separated by line breaks or by nothing. White space within lines is
    /// dropped, and small letters are taken as capitals.
    ///
    /// # Errors
    /// [`NotAZone`] when no layout has lines of these lengths, or a character is none of a zone's.
    pub fn read(text: &str) -> Result<Self, NotAZone> {
        let lines = Lines::of(text)?;
        Ok(match lines.layout {
            Layout::Td1 => card(&lines),
            Layout::FrenchCard => french_card(&lines),
            Layout::Td2 | Layout::Td3 | Layout::MrvA | Layout::MrvB => two_lines(&lines),
        })
    }

    /// What each digit says.
    pub fn digits(&self) -> [(Part, CheckDigit); 5] {
        [
            (Part::Number, self.number.digit),
            (Part::Birth, self.birth.digit),
            (Part::Expiry, self.expiry.digit),
            (Part::Optional, self.optional.digit),
            (Part::Composite, self.composite),
        ]
    }

    /// Whether every digit that the layout has is right.
    pub fn all_right(&self) -> bool {
        self.digits().iter().all(|(_, digit)| *digit != CheckDigit::Wrong)
    }
}

/// How well it was read, and nothing that stands in it.
impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Zone")
            .field("layout", &self.layout)
            .field("digits", &self.digits())
            .finish_non_exhaustive()
    }
}

/// What its digit says, and nothing of what it guards.
impl<T> fmt::Debug for Checked<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Checked").field("digit", &self.digit).finish_non_exhaustive()
    }
}

/// TD1: three lines of 30 characters (part 5, section 4.2).
fn card(lines: &Lines) -> Zone {
    let composite = [lines.at(0, 5..30), lines.at(1, 0..7), lines.at(1, 8..15), lines.at(1, 18..29)].concat();
    let number = number::read(lines.at(0, 5..14), lines.one(0, 14), lines.at(0, 15..30));
    Zone {
        layout: lines.layout,
        code: lines.trimmed(0, 0..2),
        issuer: lines.trimmed(0, 2..5),
        name: Name::read(lines.at(2, 0..30)),
        number: number.number,
        nationality: lines.trimmed(1, 15..18),
        birth: day(lines.at(1, 0..6), lines.one(1, 6)),
        sex: sex(lines.one(1, 7)),
        expiry: day(lines.at(1, 8..14), lines.one(1, 14)),
        optional: unchecked(number.optional),
        further: lines.trimmed(1, 18..29),
        composite: verify(&composite, lines.one(1, 29)),
    }
}

/// TD2, TD3 and visas: two lines, of which the second differs from its 29th character on (part 6, part 4
/// and part 7, sections 4.2).
fn two_lines(lines: &Lines) -> Zone {
    let (composite, optional) = match lines.layout {
        Layout::Td3 => (Some(43), 28..42),
        Layout::Td2 => (Some(35), 28..35),
        _ => (None, 28..lines.width()),
    };
    let end = composite.unwrap_or(lines.width());
    let rest = lines.at(1, optional);
    let (number, optional) = match lines.layout {
        Layout::Td2 => {
            let read = number::read(lines.at(1, 0..9), lines.one(1, 9), rest);
            (read.number, unchecked(read.optional))
        }
        _ => (number::short(lines.at(1, 0..9), lines.one(1, 9)), {
            let guarded = lines.layout == Layout::Td3;
            let digit =
                if guarded { digit::verify_optional(rest, lines.one(1, 42)) } else { CheckDigit::Absent };
            Checked { value: rest.trim_end_matches('<').into(), digit }
        }),
    };
    let guarded = || [lines.at(1, 0..10), lines.at(1, 13..20), lines.at(1, 21..end)].concat();
    Zone {
        layout: lines.layout,
        code: lines.trimmed(0, 0..2),
        issuer: lines.trimmed(0, 2..5),
        name: Name::read(lines.at(0, 5..lines.width())),
        number,
        nationality: lines.trimmed(1, 10..13),
        birth: day(lines.at(1, 13..19), lines.one(1, 19)),
        sex: sex(lines.one(1, 20)),
        expiry: day(lines.at(1, 21..27), lines.one(1, 27)),
        optional,
        further: String::new(),
        composite: composite.map_or(CheckDigit::Absent, |place| verify(&guarded(), lines.one(1, place))),
    }
}

/// The French identity card that was issued until 2021 and is valid for 15 years: older than part 6, with
/// the given names on the second line and no day of expiry.
fn french_card(lines: &Lines) -> Zone {
    let composite = [lines.at(0, 0..36), lines.at(1, 0..35)].concat();
    Zone {
        layout: lines.layout,
        code: lines.trimmed(0, 0..2),
        issuer: lines.trimmed(0, 2..5),
        name: Name::of_parts(lines.at(0, 5..30), lines.at(1, 13..27)),
        number: number::short(lines.at(1, 0..12), lines.one(1, 12)),
        nationality: lines.trimmed(0, 2..5),
        birth: day(lines.at(1, 27..33), lines.one(1, 33)),
        sex: sex(lines.one(1, 34)),
        expiry: Checked { value: None, digit: CheckDigit::Absent },
        optional: unchecked(lines.trimmed(0, 30..36)),
        further: String::new(),
        composite: verify(&composite, lines.one(1, 35)),
    }
}

fn day(text: &str, digit: u8) -> Checked<Option<ShortDay>> {
    Checked { value: ShortDay::read(text), digit: verify(text, digit) }
}

fn unchecked(value: String) -> Checked<String> {
    Checked { value, digit: CheckDigit::Absent }
}

fn sex(letter: u8) -> Sex {
    match letter {
        b'F' => Sex::Female,
        b'M' => Sex::Male,
        _ => Sex::Unspecified,
    }
}

#[cfg(test)]
mod tests;
