//! What each data identifier takes and refuses, and what holds for every input whatever.

mod document;
mod identifiers;
mod properties;
mod shapes;

use super::*;

/// The day on which these tests take place.
fn today() -> Date {
    "2026-11-20".parse().unwrap()
}

/// The format that the identifier fixes.
fn format_of(identifier: &str) -> Format {
    let name: FieldName = identifier.parse().unwrap_or_else(|_| panic!("{identifier} is no identifier"));
    name.format().unwrap_or_else(|| panic!("{identifier} fixes no format"))
}

/// Every text is taken, and kept as the text beside it.
fn takes(identifier: &str, pairs: &[(&str, &str)]) {
    let format = format_of(identifier);
    for (typed, kept) in pairs {
        let value = parse(&format, &Raw::from(*typed), today());
        let text = value.map(|value| value.to_text().unwrap());
        assert_eq!(text.as_deref(), Ok(*kept), "{identifier} of {typed:?}");
    }
}

/// Every text is refused, for this reason.
fn refuses(identifier: &str, problem: FieldProblem, texts: &[&str]) {
    let format = format_of(identifier);
    for typed in texts {
        assert_eq!(parse(&format, &Raw::from(*typed), today()), Err(problem), "{identifier} of {typed:?}");
    }
}
