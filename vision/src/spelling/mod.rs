//! How documents spell names with the letters from A to Z (Doc 9303-3, section 6), and whether two
//! names can be one.
//!
//! A letter may be spelt in several ways: `Ü` as UE, UXX or U, `Г` as G or H. Which one a document has
//! depends on its issuer and its age. So names are not turned into one spelling and compared; it is
//! asked whether there is a spelling that both have.

mod arabic;
mod cyrillic;
mod greek;
mod latin;
mod meet;

use std::fmt;

/// A letter's spellings. An empty one leaves it out.
type Letter = &'static [&'static str];

const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/// A name with all its spellings. Space, hyphens, apostrophes and dots are nothing to it.
#[derive(Clone, PartialEq, Eq)]
pub struct Spelt {
    letters: Vec<Letter>,
    certain: bool,
}

/// How two names stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Likeness {
    /// There is a spelling that both have.
    pub same: bool,
    /// The first has a spelling with which one of the second begins.
    pub begins: bool,
    /// The second has a spelling with which one of the first begins.
    pub begun: bool,
}

impl Spelt {
    /// The spellings of a text; `None` when a letter has none here, as those of Han, Hebrew or Thai.
    pub fn of(text: &str) -> Option<Self> {
        Self::of_capitals(&text.to_uppercase())
    }

    /// The same of a text in capitals. Whoever can make them without Unicode's table, as browsers can, need not
    /// carry it.
    pub fn of_capitals(text: &str) -> Option<Self> {
        let capitals: Vec<char> = text.chars().filter(|c| !is_nothing(*c)).collect();
        let mut letters: Vec<Letter> = Vec::with_capacity(capitals.len());
        let mut certain = true;
        let mut rest = capitals.as_slice();
        while let Some((&letter, after)) = rest.split_first() {
            rest = after;
            if let Some(mark) = after.first()
                && let Some(composed) = latin::composed(letter, *mark).or_else(|| greek::pair(letter, *mark))
            {
                letters.push(composed);
                rest = &after[1..];
            } else if arabic::doubles(letter) {
                letters.extend(letters.last().copied());
            } else if let Some(arabic) = arabic::spellings(letter) {
                // Doc 9303 spells Arabic letter by letter; most issuers write down the sound instead.
                certain = false;
                letters.push(arabic);
            } else {
                let known = plain(letter).or_else(|| latin::spellings(letter));
                letters.push(
                    known.or_else(|| cyrillic::spellings(letter)).or_else(|| greek::spellings(letter))?,
                );
            }
        }
        Some(Self { letters, certain })
    }

    /// Whether a document that spells it in none of these ways has another name.
    pub fn is_certain(&self) -> bool {
        self.certain
    }

    /// Whether nothing is spelt.
    pub fn is_empty(&self) -> bool {
        self.letters.iter().all(|letter| letter.contains(&""))
    }

    /// How this name stands to another.
    pub fn likeness(&self, other: &Self) -> Likeness {
        meet::likeness(&self.letters, &other.letters)
    }

    /// Whether there is a spelling that both have.
    pub fn is(&self, other: &Self) -> bool {
        self.likeness(other).same
    }

    /// The name in the first spelling of each letter, which is the one that Doc 9303 recommends.
    pub fn recommended(&self) -> String {
        self.letters.iter().filter_map(|letter| letter.first()).copied().collect()
    }
}

/// Names are personal.
impl fmt::Debug for Spelt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Spelt(…)")
    }
}

/// Every letter of the alphabet as a list of its own.
static PLAIN: [[&str; 1]; ALPHABET.len()] = {
    let mut each = [[""]; ALPHABET.len()];
    let mut rest = ALPHABET;
    let mut index = 0;
    while index < each.len() {
        let (first, after) = rest.split_at(1);
        each[index] = [first];
        rest = after;
        index += 1;
    }
    each
};

/// A letter of the alphabet, which is spelt as itself.
fn plain(letter: char) -> Option<Letter> {
    ALPHABET.find(letter).map(|index| PLAIN[index].as_slice())
}

/// Space, the fillers of a zone, punctuation of names, and marks that no spelling shows.
fn is_nothing(c: char) -> bool {
    c.is_whitespace()
        || "<-‐‑–.,'’‘ʼ`´ʹʻ·".contains(c)
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}')
        || arabic::is_unwritten(c)
}

#[cfg(test)]
mod tests;
