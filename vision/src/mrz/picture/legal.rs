//! Which characters may stand where (Doc 9303, parts 3 to 7): one bit for each of the network's characters.

use std::ops::Range;

use super::super::lines::Layout;

/// The characters that may stand in a place.
pub(super) type Set = u64;

const DIGIT: Set = (1 << 10) - 1;
pub(super) const LETTER: Set = ((1 << 36) - 1) & !DIGIT;
const FILLER: Set = 1 << 36;
const ANY: Set = DIGIT | LETTER | FILLER;
pub(super) const WORD: Set = LETTER | FILLER;
/// Days may be unknown in part (part 3, section 4.8).
const DAY: Set = DIGIT | FILLER;
const SEX: Set = letter(b'F') | letter(b'M') | FILLER;
const VISA: Set = letter(b'V');

const fn letter(letter: u8) -> Set {
    1 << (letter - b'A' + 10)
}

/// What may stand in a column of a line; both count from 0.
pub(super) fn legal(layout: Layout, line: usize, column: usize) -> Set {
    match layout {
        Layout::Td1 => card(line, column),
        Layout::Td3 | Layout::MrvA | Layout::Td2 | Layout::MrvB if line == 0 => match (layout, column) {
            (Layout::MrvA | Layout::MrvB, 0) => VISA,
            (_, 0) => LETTER & !VISA,
            _ => WORD,
        },
        Layout::Td3 | Layout::MrvA | Layout::Td2 | Layout::MrvB => second(layout, column),
        Layout::FrenchCard => french_card(line, column),
    }
}

/// Where countries stand: lines and columns.
pub(super) fn countries(layout: Layout) -> [(usize, Range<usize>); 2] {
    match layout {
        Layout::Td1 => [(0, 2..5), (1, 15..18)],
        Layout::Td3 | Layout::MrvA | Layout::Td2 | Layout::MrvB => [(0, 2..5), (1, 10..13)],
        Layout::FrenchCard => [(0, 2..5), (0, 2..5)],
    }
}

/// Where the name stands whose parts two fillers part: line and columns. French cards have one part there, and
/// write the other one by rules of their own.
pub(super) fn name(layout: Layout) -> (usize, Range<usize>) {
    match layout {
        Layout::Td1 => (2, 0..30),
        Layout::Td3 | Layout::MrvA => (0, 5..44),
        Layout::Td2 | Layout::MrvB => (0, 5..36),
        Layout::FrenchCard => (0, 5..30),
    }
}

fn card(line: usize, column: usize) -> Set {
    match (line, column) {
        (0, 0) => LETTER & !VISA,
        (0, 1..5) => WORD,
        // A filler stands there if the number is longer than its place.
        (0, 14) => DAY,
        (0, _) => ANY,
        (1, 6 | 14 | 29) => DIGIT,
        (1, 0..14) if column == 7 => SEX,
        (1, 0..14) => DAY,
        (1, 15..18) => WORD,
        (1, _) => ANY,
        _ => WORD,
    }
}

/// The second line of two, from part 4, 6 and 7, sections 4.2.
fn second(layout: Layout, column: usize) -> Set {
    match column {
        9 if layout == Layout::Td2 => DAY,
        9 | 19 | 27 => DIGIT,
        0..9 => ANY,
        10..13 => WORD,
        20 => SEX,
        13..27 => DAY,
        42 if layout == Layout::Td3 => DAY,
        43 if layout == Layout::Td3 => DIGIT,
        35 if layout == Layout::Td2 => DIGIT,
        _ => ANY,
    }
}

fn french_card(line: usize, column: usize) -> Set {
    match (line, column) {
        (0, 0..5) => letter(b"IDFRA"[column]),
        (0, 5..30) => WORD,
        (0, _) => ANY,
        (_, 12 | 33 | 35) => DIGIT,
        // Corsica's departments have letters.
        (_, 0..12) => DIGIT | LETTER,
        (_, 13..27) => WORD,
        (_, 34) => SEX,
        _ => DAY,
    }
}
