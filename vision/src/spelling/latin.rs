//! Letters made of Latin ones (Doc 9303-3, section 6, table A), capitals all: the recommended spelling
//! first, then others that documents have. What the table lacks and names have, such as the letters of
//! Vietnam, is spelt without its marks.

use super::Letter;

pub(super) fn spellings(letter: char) -> Option<Letter> {
    Some(match letter {
        'Á' | 'À' | 'Â' | 'Ã' | 'Ă' | 'Ā' | 'Ą' | 'Ǎ' | 'Ạ'..='Ặ' => &["A"],
        'Ä' => &["AE", "A"],
        'Å' => &["AA", "A"],
        'Æ' => &["AE"],
        'Ć' | 'Ĉ' | 'Č' | 'Ċ' | 'Ç' => &["C"],
        'Đ' | 'Ď' | 'Ð' | 'Ɖ' => &["D"],
        'É' | 'È' | 'Ê' | 'Ë' | 'Ě' | 'Ė' | 'Ē' | 'Ę' | 'Ĕ' | 'Ẽ' | 'Ə' | 'Ẹ'..='Ệ' => &["E"],
        'Ĝ' | 'Ğ' | 'Ġ' | 'Ģ' | 'Ǧ' => &["G"],
        'Ħ' | 'Ĥ' => &["H"],
        'Í' | 'Ì' | 'Î' | 'Ï' | 'Ĩ' | 'İ' | 'Ī' | 'Į' | 'Ĭ' | 'Ǐ' | 'Ỉ'..='Ị' => &["I"],
        'Ĳ' => &["IJ"],
        'Ĵ' => &["J"],
        'Ķ' | 'Ǩ' => &["K"],
        'Ł' | 'Ĺ' | 'Ľ' | 'Ļ' | 'Ŀ' => &["L"],
        'Ñ' => &["N", "NXX"],
        'Ń' | 'Ň' | 'Ņ' | 'Ŋ' => &["N"],
        'Ø' => &["OE", "O"],
        'Ö' => &["OE", "O"],
        'Ó' | 'Ò' | 'Ô' | 'Õ' | 'Ő' | 'Ō' | 'Ŏ' | 'Ơ' | 'Ǒ' | 'Ǫ' | 'Ọ'..='Ợ' => &["O"],
        'Œ' => &["OE"],
        'Ŕ' | 'Ř' | 'Ŗ' => &["R"],
        'Ś' | 'Ŝ' | 'Š' | 'Ş' | 'Ș' => &["S"],
        'ẞ' => &["SS"],
        'Ŧ' | 'Ť' | 'Ţ' | 'Ț' => &["T"],
        'Þ' => &["TH"],
        'Ü' => &["UE", "UXX", "U"],
        'Ú' | 'Ù' | 'Û' | 'Ũ' | 'Ŭ' | 'Ű' | 'Ů' | 'Ū' | 'Ų' | 'Ư' | 'Ǔ' | 'Ụ'..='Ự' => &["U"],
        'Ŵ' | 'Ẁ' | 'Ẃ' | 'Ẅ' => &["W"],
        'Ý' | 'Ŷ' | 'Ÿ' | 'Ỳ'..='Ỹ' => &["Y"],
        'Ź' | 'Ž' | 'Ż' => &["Z"],
        // Marks that stand by themselves, after a letter.
        '\u{300}'..='\u{36f}' => &[""],
        _ => return None,
    })
}

/// A letter and the mark after it, where the two are spelt otherwise than the letter alone.
pub(super) fn composed(letter: char, mark: char) -> Option<Letter> {
    match (letter, mark) {
        ('A', '\u{308}') => spellings('Ä'),
        ('O', '\u{308}') => spellings('Ö'),
        ('U', '\u{308}') => spellings('Ü'),
        ('A', '\u{30a}') => spellings('Å'),
        ('N', '\u{303}') => spellings('Ñ'),
        _ => None,
    }
}
