//! Whether what was typed is another thing than what was read, so that it is worth a question. In doubt it
//! is not: a question about what is right makes people mistrust the next one.

use crate::spelling::Spelt;

/// Whether a person should be asked about the field of this last word. Addresses are never asked about:
/// people move, and documents stay as they are.
pub fn differs(word: &str, read: &str, typed: &str) -> bool {
    capitals_differ(word, &read.to_uppercase(), &typed.to_uppercase())
}

/// The same for what was read and typed in capitals: see [`Spelt::of_capitals`].
pub fn capitals_differ(word: &str, read: &str, typed: &str) -> bool {
    match word {
        "first_name" | "last_name" => is_another_name(read, typed),
        "dob" | "expires_at" | "issued_at" | "nationality" | "issuing_country" | "drivers_license_state" => {
            read != typed
        }
        "document_number" | "drivers_license_number" => bare(read) != bare(typed),
        _ => false,
    }
}

/// One may have fewer given names or family names than the other, in letters that documents spell in any
/// of the ways that are known. Letters without a spelling, and those that are spelt by sound, say nothing.
fn is_another_name(read: &str, typed: &str) -> bool {
    let (Some(read_whole), Some(typed_whole)) = (Spelt::of_capitals(read), Spelt::of_capitals(typed)) else {
        return false;
    };
    if !read_whole.is_certain() || !typed_whole.is_certain() || typed_whole.is_empty() {
        return false;
    }
    if typed_whole.is(&read_whole) {
        return false;
    }
    // The same in another order, or parts of it: every word of the shorter one is a word of the other.
    let spelt = |text: &str| text.split([' ', '-']).filter_map(Spelt::of_capitals).collect::<Vec<_>>();
    let (read, typed) = (spelt(read), spelt(typed));
    let (few, many) = if read.len() < typed.len() { (&read, &typed) } else { (&typed, &read) };
    !few.iter().all(|word| many.iter().any(|other| word.is(other)))
}

/// Letters and digits alone.
fn bare(number: &str) -> Vec<u8> {
    number.bytes().filter(u8::is_ascii_alphanumeric).collect()
}
