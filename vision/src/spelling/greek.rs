//! Greek letters (ELOT 743, which is ISO 843 and the rule of Greek and Cypriot passports), capitals all.

use super::Letter;

pub(super) fn spellings(letter: char) -> Option<Letter> {
    Some(match letter {
        'Α' | 'Ά' => &["A"],
        'Β' => &["V"],
        // N before Γ, Ξ and Χ.
        'Γ' => &["G", "N"],
        'Δ' => &["D"],
        'Ε' | 'Έ' => &["E"],
        'Ζ' => &["Z"],
        'Η' | 'Ή' | 'Ι' | 'Ί' | 'Ϊ' => &["I"],
        'Θ' => &["TH"],
        'Κ' => &["K"],
        'Λ' => &["L"],
        'Μ' => &["M"],
        'Ν' => &["N"],
        'Ξ' => &["X"],
        'Ο' | 'Ό' | 'Ω' | 'Ώ' => &["O"],
        'Π' => &["P"],
        'Ρ' => &["R"],
        'Σ' => &["S"],
        'Τ' => &["T"],
        'Υ' | 'Ύ' | 'Ϋ' => &["Y"],
        'Φ' => &["F"],
        'Χ' => &["CH"],
        'Ψ' => &["PS"],
        _ => return None,
    })
}

/// Two letters that are spelt as one.
pub(super) fn pair(letter: char, next: char) -> Option<Letter> {
    match (letter, next) {
        ('Α', 'Υ' | 'Ύ') => Some(&["AV", "AF"]),
        ('Ε', 'Υ' | 'Ύ') => Some(&["EV", "EF"]),
        ('Η', 'Υ' | 'Ύ') => Some(&["IV", "IF"]),
        ('Ο', 'Υ' | 'Ύ') => Some(&["OU"]),
        // B at the beginning and at the end of a word.
        ('Μ', 'Π') => Some(&["B", "MP"]),
        _ => None,
    }
}
