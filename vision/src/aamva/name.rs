//! The holder's name, which each version of the standard writes in elements of its own.

use std::fmt;

use super::elements::Elements;

/// A name as a barcode has it.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct CardName {
    /// The family name.
    pub family: String,
    /// All given names, in their order.
    pub given: String,
    /// What follows the name, such as `JR`.
    pub suffix: String,
    /// Whether the card says that one of them was cut.
    pub truncated: bool,
}

impl CardName {
    /// Versions 4 and on have family, first and middle names, versions 2 and 3 family and given names,
    /// version 1 the whole name with commas, or its parts under letters of their own.
    pub(super) fn read(elements: &Elements) -> Self {
        let element = |code| elements.get(code).unwrap_or_default();
        let whole = element("DAA");
        let (family_of_whole, given_of_whole) = whole.split_once(',').unwrap_or((whole, ""));
        let family = first([element("DCS"), element("DAB"), family_of_whole]);
        let parts = words(&[element("DAC"), ",", element("DAD")].concat());
        let given = first([&parts, element("DCT"), given_of_whole]);
        let truncated = ["DDE", "DDF", "DDG"].into_iter().any(|code| elements.get(code) == Some("T"));
        Self {
            family: words(family),
            given: words(given),
            suffix: words(first([element("DCU"), element("DAE"), ""])),
            truncated,
        }
    }
}

fn first(candidates: [&str; 3]) -> &str {
    candidates.into_iter().find(|candidate| !candidate.is_empty()).unwrap_or_default()
}

/// Commas part names as spaces do.
fn words(text: &str) -> String {
    let mut words = String::new();
    for word in text.split([',', ' ']).filter(|word| !word.is_empty()) {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    words
}

impl fmt::Debug for CardName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CardName").field("truncated", &self.truncated).finish_non_exhaustive()
    }
}
