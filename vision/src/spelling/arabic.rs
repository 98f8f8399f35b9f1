//! Letters of the Arabic script (Doc 9303-3, section 6, table C): with those of Persian, Urdu and Pashto.
//! `X` says that the letters after it stand for one.

use super::Letter;

pub(super) fn spellings(letter: char) -> Option<Letter> {
    Some(match letter {
        'ء' => &["XE"],
        'آ' => &["XAA"],
        'أ' => &["XAE"],
        'ؤ' => &["U"],
        'إ' => &["I"],
        'ئ' => &["XI"],
        'ا' => &["A"],
        'ب' => &["B"],
        // The second at the end of a word.
        'ة' => &["XTA", "XAH"],
        'ت' => &["T"],
        'ث' => &["XTH"],
        'ج' => &["J"],
        'ح' => &["XH"],
        'خ' => &["XKH"],
        'د' => &["D"],
        'ذ' => &["XDH"],
        'ر' => &["R"],
        'ز' => &["Z"],
        'س' => &["S"],
        'ش' => &["XSH"],
        'ص' => &["XSS"],
        'ض' => &["XDZ"],
        'ط' => &["XTT"],
        'ظ' => &["XZZ"],
        'ع' => &["E"],
        'غ' => &["G"],
        'ف' => &["F"],
        'ق' => &["Q"],
        'ك' => &["K"],
        'ل' => &["L"],
        'م' => &["M"],
        'ن' => &["N"],
        'ه' => &["H"],
        'و' => &["W"],
        'ى' => &["XAY"],
        'ي' => &["Y"],
        'ٱ' => &["XXA"],
        'ٹ' => &["XXT"],
        'ټ' => &["XRT"],
        'پ' => &["P"],
        'ځ' => &["XKE"],
        'څ' => &["XXH"],
        'چ' => &["XC"],
        'ڈ' => &["XXD"],
        'ډ' => &["XDR"],
        'ڑ' => &["XXR"],
        'ړ' => &["XRR"],
        'ږ' => &["XRX"],
        'ژ' => &["XJ"],
        'ښ' => &["XXS"],
        'ک' => &["XKK"],
        'ګ' => &["XXK"],
        'ڭ' => &["XNG"],
        'گ' => &["XGG"],
        'ں' => &["XNN"],
        'ڼ' => &["XXN"],
        'ھ' => &["XDO"],
        'ۀ' => &["XYH"],
        'ہ' => &["XXG"],
        'ۂ' => &["XGE"],
        'ۃ' => &["XTG"],
        'ی' => &["XYA"],
        'ۍ' => &["XXY"],
        'ې' => &["Y"],
        'ے' => &["XYB"],
        'ۓ' => &["XBE"],
        _ => return None,
    })
}

/// The sign that doubles the letter before it.
pub(super) fn doubles(letter: char) -> bool {
    letter == '\u{651}'
}

/// The signs of short vowels and of length, which a zone leaves out.
pub(super) fn is_unwritten(letter: char) -> bool {
    matches!(letter, '\u{640}' | '\u{64b}'..='\u{650}' | '\u{652}'..='\u{65f}' | '\u{670}')
}
