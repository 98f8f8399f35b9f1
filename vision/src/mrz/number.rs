//! The number of a document, which may be longer than its nine characters.

use super::Checked;
use super::digit::verify;

/// A number, and what of the optional characters does not belong to it.
pub(super) struct Read {
    pub(super) number: Checked<String>,
    pub(super) optional: String,
}

/// Reads a number of TD1 or TD2. One of more than nine characters has a filler where its digit should
/// be; it goes on in the optional characters up to the next filler, and the last of these is its digit
/// (part 5, section 4.2.2.1, note j; part 6 likewise).
pub(super) fn read(field: &str, digit: u8, optional: &str) -> Read {
    let (more, rest) = optional.split_once('<').unwrap_or((optional, ""));
    match more.as_bytes().split_last() {
        Some((&last, tail)) if digit == b'<' => {
            let whole = [field, &more[..tail.len()]].concat();
            Read {
                number: Checked { digit: verify(&whole, last), value: trimmed(&whole) },
                optional: trimmed(rest),
            }
        }
        _ => Read { number: short(field, digit), optional: trimmed(optional) },
    }
}

/// Reads a number that has to fit its place.
pub(super) fn short(field: &str, digit: u8) -> Checked<String> {
    Checked { value: trimmed(field), digit: verify(field, digit) }
}

fn trimmed(text: &str) -> String {
    text.trim_end_matches('<').into()
}
