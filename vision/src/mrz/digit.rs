//! Check digits (Doc 9303-3, section 4.9).

/// What a check digit says of what it guards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckDigit {
    /// It fits.
    Right,
    /// It does not: misread, misprinted or made up.
    Wrong,
    /// The layout has none.
    Absent,
}

/// The check digit of some characters of a zone, 0 to 9: their values weighted 7, 3 and 1 in turn, the
/// sum modulo 10. Letters count from 10, and all else nothing, as fillers do.
pub fn check_digit(text: &str) -> u8 {
    let weights = [7, 3, 1].into_iter().cycle();
    let sum = text.bytes().zip(weights).fold(0, |sum, (byte, weight)| (sum + value(byte) * weight) % 10);
    sum as u8
}

fn value(byte: u8) -> u32 {
    char::from(byte).to_digit(36).unwrap_or(0)
}

pub(super) fn verify(text: &str, digit: u8) -> CheckDigit {
    if digit == b'0' + check_digit(text) { CheckDigit::Right } else { CheckDigit::Wrong }
}

/// The digit of an empty personal number may be left out (part 4, section 4.2.2.2).
pub(super) fn verify_optional(text: &str, digit: u8) -> CheckDigit {
    if digit == b'<' && text.bytes().all(|byte| byte == b'<') {
        CheckDigit::Right
    } else {
        verify(text, digit)
    }
}
