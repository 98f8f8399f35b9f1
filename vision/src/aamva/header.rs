//! The header of a barcode, and the way from it to the subfile.

use super::Kind;
use super::elements::is_code;
use crate::day::number;

/// The header.
pub(super) struct Header<'a> {
    /// The whole text.
    text: &'a str,
    /// The number of the issuer, six digits.
    pub(super) issuer: &'a str,
    /// The version of the standard.
    pub(super) version: u8,
    /// What follows the header: the designators of the subfiles.
    rest: &'a str,
}

/// Type, offset and length.
const DESIGNATOR: usize = 10;

impl<'a> Header<'a> {
    /// Finds the header. What should stand before its file type is passed over: scanners drop it.
    pub(super) fn read(text: &'a str) -> Option<Self> {
        let marks =
            ["ANSI", "AAMVA"].into_iter().filter_map(|mark| Some(places(text, mark).next()? + mark.len()));
        let after = text.get(marks.min()?..)?.trim_ascii_start();
        let (issuer, after) = digits(after, 6)?;
        let (version, after) = digits(after, 2)?;
        let version = number(version.as_bytes())? as u8;
        // From version 2 on the issuer has a version of its own; then the number of subfiles.
        let (_, rest) = digits(after, if version < 2 { 2 } else { 4 })?;
        Some(Self { text, issuer, version, rest })
    }

    /// The subfile of a card, from its type on. The first designator of one says where it begins; if it
    /// does not begin there, it is looked for.
    pub(super) fn subfile(&self) -> Option<(Kind, &'a str)> {
        let mut designators = self.rest;
        // The first subfile may stand where another designator would.
        while let Some(designator) = designators.get(..DESIGNATOR).filter(|text| is_designator(text)) {
            designators = &designators[DESIGNATOR..];
            let (name, numbers) = designator.split_at(2);
            let Some(kind) = kind(name) else { continue };
            let offset = usize::from(number(&numbers.as_bytes()[..4])?);
            let there = self.text.get(offset..).filter(|there| begins(there, name));
            return there.or_else(|| find(self.rest, name)).map(|there| (kind, &there[2..]));
        }
        let found = |kind, name| find(self.rest, name).map(|there| (kind, &there[2..]));
        found(Kind::Licence, "DL").or_else(|| found(Kind::IdCard, "ID"))
    }
}

fn kind(name: &str) -> Option<Kind> {
    match name {
        "DL" => Some(Kind::Licence),
        "ID" => Some(Kind::IdCard),
        _ => None,
    }
}

fn is_designator(text: &str) -> bool {
    text.is_ascii() && text[2..].bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a subfile of this type begins here: its type, then the code of an element.
fn begins(text: &str, name: &str) -> bool {
    text.strip_prefix(name).is_some_and(|rest| is_code(rest.trim_ascii_start()))
}

fn find<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    places(text, name).map(|at| &text[at..]).find(|there| begins(there, name))
}

/// Where a short name stands in a text. The standard library's search is for long ones, and weighs as much as all
/// else here.
fn places(text: &str, name: &str) -> impl Iterator<Item = usize> {
    let parts = text.as_bytes().windows(name.len()).enumerate();
    parts.filter(move |&(_, part)| part == name.as_bytes()).map(|(at, _)| at)
}

fn digits(text: &str, count: usize) -> Option<(&str, &str)> {
    let (digits, rest) = text.split_at_checked(count)?;
    digits.bytes().all(|byte| byte.is_ascii_digit()).then_some((digits, rest))
}
