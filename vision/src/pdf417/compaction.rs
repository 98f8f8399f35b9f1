//! Codewords as text (ISO/IEC 15438:2015, 5.4 and 5.5).

const TEXT: u16 = 900;
const BYTES: u16 = 901;
const NUMBERS: u16 = 902;
/// One byte within text.
const ONE_BYTE: u16 = 913;
/// Bytes whose count is divided by six.
const SIXES: u16 = 924;

const MIXED: &[u8] = b"0123456789&\r\t,:#-.$/+%*=^";
const MARKS: &[u8] = b";<>@[\\]_`~!\r\t,:\n-.$/\"|*()?{}'";

/// The bytes that these codewords say: all words of a symbol but its length and its correction. What follows
/// in other symbols (Macro PDF417) is not looked for. `None` where a word has no meaning.
pub(super) fn expand(words: &[u16]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut mode = TEXT;
    let mut text = Text::default();
    let mut rest = words;
    while let Some(&word) = rest.first() {
        rest = &rest[1..];
        match word {
            0..TEXT => {
                let run = 1 + rest.iter().take_while(|&&word| word < TEXT).count();
                let (group, after) = words[words.len() - rest.len() - 1..].split_at(run);
                rest = after;
                match mode {
                    TEXT => group.iter().for_each(|&word| text.write(word, &mut bytes)),
                    NUMBERS => group.chunks(15).try_for_each(|group| write_number(group, &mut bytes))?,
                    _ => write_bytes(group, mode == SIXES, &mut bytes)?,
                }
            }
            TEXT => {
                mode = TEXT;
                text = Text::default();
            }
            BYTES | NUMBERS | SIXES => mode = word,
            ONE_BYTE => {
                let (&byte, after) = rest.split_first()?;
                bytes.push(u8::try_from(byte).ok()?);
                text.once = None;
                rest = after;
            }
            // How bytes are letters: one or two numbers follow. Nearly nobody says so.
            925 | 927 => rest = rest.get(1..)?,
            926 => rest = rest.get(2..)?,
            // For the reader's own use.
            921 => {}
            // A part of something larger: the text has ended.
            922 | 923 | 928 => break,
            _ => return None,
        }
    }
    Some(bytes)
}

/// Bytes as text: UTF-8 if they are that, else Latin-1, which symbols begin in.
pub(super) fn text(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|&byte| char::from(byte)).collect(),
    }
}

/// Five words are six bytes; the last ones a byte each, unless all are sixes.
fn write_bytes(words: &[u16], sixes: bool, bytes: &mut Vec<u8>) -> Option<()> {
    let singles = if sixes { words.len() % 5 } else { (words.len() - 1) % 5 + 1 };
    let (groups, rest) = words.split_at(words.len() - singles);
    // Some writers end sixes as bytes.
    let (groups, rest) = match rest.iter().any(|&word| word > 255) && singles == 5 {
        true => (words, &[][..]),
        false => (groups, rest),
    };
    for group in groups.chunks_exact(5) {
        let number = group.iter().fold(0u64, |number, &word| number * 900 + u64::from(word));
        bytes.extend(&number.to_be_bytes()[2..]);
    }
    for &word in rest {
        bytes.push(u8::try_from(word).ok()?);
    }
    Some(())
}

/// A number to the base 900: a 1, and the digits.
fn write_number(words: &[u16], bytes: &mut Vec<u8>) -> Option<()> {
    // The last digit first.
    let mut digits: Vec<u8> = Vec::new();
    for &word in words {
        let mut carry = u32::from(word);
        for digit in &mut digits {
            let value = u32::from(*digit) * 900 + carry;
            *digit = (value % 10) as u8;
            carry = value / 10;
        }
        while carry > 0 {
            digits.push((carry % 10) as u8);
            carry /= 10;
        }
    }
    if digits.pop() != Some(1) {
        return None;
    }
    bytes.extend(digits.iter().rev().map(|digit| b'0' + digit));
    Some(())
}

#[derive(Clone, Copy, Default)]
enum Table {
    #[default]
    Upper,
    Lower,
    Mixed,
    Marks,
}

/// Where a text stands: its table, and another one for one character.
#[derive(Default)]
struct Text {
    table: Table,
    once: Option<Table>,
}

impl Text {
    /// Writes the two values of a word.
    fn write(&mut self, word: u16, bytes: &mut Vec<u8>) {
        for value in [word / 30, word % 30] {
            self.write_value(value as u8, bytes);
        }
    }

    fn write_value(&mut self, value: u8, bytes: &mut Vec<u8>) {
        let table = self.once.take().unwrap_or(self.table);
        let byte = match (table, value) {
            (Table::Upper, 0..26) => b'A' + value,
            (Table::Lower, 0..26) => b'a' + value,
            (Table::Mixed, 0..25) => MIXED[usize::from(value)],
            (Table::Marks, 0..29) => MARKS[usize::from(value)],
            (Table::Upper | Table::Lower | Table::Mixed, 26) => b' ',
            (Table::Lower, 27) => return self.once = Some(Table::Upper),
            (Table::Upper | Table::Mixed, 27) => return self.table = Table::Lower,
            (Table::Mixed, 28) | (Table::Marks, _) => return self.table = Table::Upper,
            (Table::Upper | Table::Lower, 28) => return self.table = Table::Mixed,
            (Table::Mixed, 25) => return self.table = Table::Marks,
            _ => return self.once = Some(Table::Marks),
        };
        bytes.push(byte);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn said(words: &[u16]) -> Option<String> {
        expand(words).map(|bytes| text(&bytes))
    }

    /// Values of text, two to a word.
    fn values<const N: usize>(values: [u16; N]) -> Vec<u16> {
        values.chunks(2).map(|pair| pair[0] * 30 + pair[1]).collect()
    }

    #[test]
    fn the_standard_s_examples_are_read() {
        assert_eq!(said(&[453, 178, 121, 239]).as_deref(), Some("PDF417"));
        assert_eq!(said(&[902, 1, 624, 434, 632, 282, 200]).as_deref(), Some("000213298174000"));
        let sixes = expand(&[924, 387, 700, 208, 213, 302]);
        assert_eq!(sixes, Some(vec![231, 101, 11, 97, 205, 2]));
        assert_eq!(expand(&[901, 387, 700, 208, 213, 302, 5]), Some(vec![231, 101, 11, 97, 205, 2, 5]));
    }

    #[test]
    fn shifts_last_for_one_character_and_latches_until_the_next() {
        assert_eq!(said(&values([27, 0, 27, 0, 0, 29])).as_deref(), Some("aAa"));
        assert_eq!(said(&values([28, 1, 25, 0, 29, 0])).as_deref(), Some("1;A"));
        assert_eq!(said(&values([29, 15, 0, 28, 27, 1])).as_deref(), Some("\nAb"));
        assert_eq!(said(&values([28, 28, 0, 26, 28, 26])).as_deref(), Some("A  "));
    }

    #[test]
    fn a_byte_within_text_ends_a_shift_and_no_latch() {
        assert_eq!(said(&[27 * 30 + 29, 913, 30, 0]).as_deref(), Some("\u{1e}aa"));
        assert_eq!(said(&[913]), None);
        assert_eq!(said(&[913, 900]), None);
    }

    #[test]
    fn what_is_said_about_letters_is_passed_over_and_further_symbols_are_not_looked_for() {
        assert_eq!(said(&[927, 26, 901, 0xC3, 0xA9]).as_deref(), Some("é"));
        assert_eq!(said(&[901, 0xE9]).as_deref(), Some("é"), "Latin-1");
        assert_eq!(said(&[926, 1, 2, 1, 925, 3]).as_deref(), Some("AB"));
        assert_eq!(said(&[1, 928, 111, 100]).as_deref(), Some("AB"));
        assert_eq!(said(&[903]), None);
        assert_eq!(said(&[901, 256, 1]), None);
        assert_eq!(said(&[902, 0]), None);
    }

    proptest! {
        #[test]
        fn no_words_make_it_panic(words in prop::collection::vec(0u16..929, 0..60)) {
            let _ = expand(&words);
        }
    }
}
