//! From any text to the lines of a layout.

use std::fmt;
use std::ops::Range;

/// How the lines of a zone are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// A card: three lines of 30 characters.
    Td1,
    /// A larger card: two lines of 36.
    Td2,
    /// A passport: two lines of 44.
    Td3,
    /// A visa that fills a page: two lines of 44.
    MrvA,
    /// A smaller visa: two lines of 36.
    MrvB,
    /// The French identity card of before 2021: two lines of 36.
    FrenchCard,
}

/// Why a text is no zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAZone {
    /// No layout has so many lines of these lengths.
    Shape,
    /// No zone has this character; lines and columns count from 1.
    Character {
        /// The line, as it was given.
        line: usize,
        /// The column, white space not counted.
        column: usize,
    },
}

impl fmt::Display for NotAZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shape => f.write_str("no machine-readable zone has lines of these lengths"),
            Self::Character { line, column } => {
                write!(f, "no machine-readable zone has the character at line {line}, column {column}")
            }
        }
    }
}

impl std::error::Error for NotAZone {}

/// The characters of a zone, of which each line has the length of its layout, and which are ASCII all.
pub(super) struct Lines {
    pub(super) layout: Layout,
    /// All lines, one after the other.
    text: String,
}

impl Lines {
    pub(super) fn of(text: &str) -> Result<Self, NotAZone> {
        let mut lines = Vec::new();
        for (index, line) in text.split(['\n', '\r']).enumerate() {
            let line: String = line.chars().filter(|c| !c.is_whitespace()).collect();
            let foreign = |c: char| !(c.is_ascii_alphanumeric() || c == '<');
            if let Some(column) = line.chars().position(foreign) {
                return Err(NotAZone::Character { line: index + 1, column: column + 1 });
            }
            if !line.is_empty() {
                lines.push(line.to_ascii_uppercase());
            }
        }
        let text = lines.concat();
        let layout = layout(&text).ok_or(NotAZone::Shape)?;
        let whole = lines.len() == 1 || lines.iter().all(|line| line.len() == width(layout));
        if whole { Ok(Self { layout, text }) } else { Err(NotAZone::Shape) }
    }

    /// How long each line is.
    pub(super) fn width(&self) -> usize {
        width(self.layout)
    }

    /// Characters of a line. Both count from 0, and stay within the layout.
    pub(super) fn at(&self, line: usize, range: Range<usize>) -> &str {
        let start = line * self.width();
        &self.text[start + range.start..start + range.end]
    }

    /// One character of a line.
    pub(super) fn one(&self, line: usize, column: usize) -> u8 {
        self.text.as_bytes()[line * self.width() + column]
    }

    /// Characters of a line, without the fillers at their end.
    pub(super) fn trimmed(&self, line: usize, range: Range<usize>) -> String {
        self.at(line, range).trim_end_matches('<').into()
    }
}

/// The layout that has so many characters, and the visa among those that begins with `V`. France issues larger cards
/// of its own layout: a given name begins in them where others have the day of birth.
fn layout(text: &str) -> Option<Layout> {
    let visa = text.starts_with('V');
    match text.len() {
        90 => Some(Layout::Td1),
        88 if visa => Some(Layout::MrvA),
        88 => Some(Layout::Td3),
        72 if visa => Some(Layout::MrvB),
        72 if text.starts_with("IDFRA") && text.as_bytes()[36 + 13].is_ascii_alphabetic() => {
            Some(Layout::FrenchCard)
        }
        72 => Some(Layout::Td2),
        _ => None,
    }
}

fn width(layout: Layout) -> usize {
    match layout {
        Layout::Td1 => 30,
        Layout::Td3 | Layout::MrvA => 44,
        Layout::Td2 | Layout::MrvB | Layout::FrenchCard => 36,
    }
}
