//! The holder's name as a zone writes it (Doc 9303-3, section 4.6).

use std::fmt;

/// A name of a zone: capitals from A to Z, with a space where the zone has a filler, which stands for
/// spaces and hyphens. Apostrophes are left out by zones without a trace.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Name {
    /// What the issuer holds to be the chief part: the family name, in most countries.
    pub primary: String,
    /// The rest: the given names, in most countries. Empty where there is one name alone.
    pub secondary: String,
    /// Whether the name fills its place to the last character, so that it may have been cut.
    pub truncated: bool,
}

impl Name {
    /// Reads the whole field: two fillers part the primary identifier from the secondary one.
    pub(super) fn read(field: &str) -> Self {
        let parted = field.as_bytes().windows(2).position(|two| two == b"<<");
        let (primary, secondary) = field.split_at(parted.unwrap_or(field.len()));
        Self { primary: words(primary), secondary: words(secondary), truncated: !field.ends_with('<') }
    }

    /// Reads a name whose parts have fields of their own.
    pub(super) fn of_parts(primary: &str, secondary: &str) -> Self {
        let full = |field: &str| !field.ends_with('<');
        Self {
            primary: words(primary),
            secondary: words(secondary),
            truncated: full(primary) || full(secondary),
        }
    }
}

fn words(field: &str) -> String {
    let mut words = String::new();
    for word in field.split('<').filter(|word| !word.is_empty()) {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    words
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Name").field("truncated", &self.truncated).finish_non_exhaustive()
    }
}
