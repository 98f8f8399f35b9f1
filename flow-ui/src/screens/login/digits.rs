//! Finds the code in what was typed or pasted.

use vestibule_protocol::login::CODE_DIGITS;

/// What stands for a code in a text: a number of six digits if there is one, however it is grouped and whatever
/// stands around it; else the digits that are there, which may become one.
pub fn digits(text: &str) -> String {
    let (mut all, mut number, mut between) = (String::new(), String::new(), 0);
    for c in text.chars().chain(['.']) {
        match c {
            '0'..='9' => {
                all.push(c);
                number.push(c);
                between = 0;
            }
            // A code is grouped by one of these.
            ' ' | '\u{a0}' | '-' if between == 0 => between = 1,
            _ if number.len() == CODE_DIGITS => return number,
            _ => number.clear(),
        }
    }
    all.truncate(CODE_DIGITS);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_taken_digit_by_digit() {
        for (typed, taken) in
            [("", ""), ("1", "1"), ("12a3", "123"), ("123456", "123456"), ("1234567", "123456")]
        {
            assert_eq!(digits(typed), taken, "{typed:?}");
        }
    }

    #[test]
    fn a_code_is_taken_however_it_is_grouped() {
        for grouped in ["123 456", "123-456", "12 34 56", " 123456 ", "123\u{a0}456", "1 2 3 4 5 6"] {
            assert_eq!(digits(grouped), "123456", "{grouped:?}");
        }
    }

    #[test]
    fn of_a_whole_message_the_code_is_taken() {
        for message in [
            "Acorn Bank: your code is 123456. It is good for 10 minutes.",
            "In 10 minutes your code is gone: 123 456\n\n@verify.example #123456",
            "Call 0800 7700900 if you did not ask for 123456.",
        ] {
            assert_eq!(digits(message), "123456", "{message:?}");
        }
    }
}
