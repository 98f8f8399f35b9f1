//! What a tenant's people write in their own words: why they do something, and what a person is told.

use vestibule_protocol::field::prose;
use vestibule_protocol::problem::Code;

use super::error::Failure;

/// Why something is done, for the audit: 1 to 500 characters.
///
/// # Errors
/// [`Failure`] when it is no such text.
pub fn reason(text: &str) -> Result<String, Failure> {
    read("reason", text, 500)
}

/// What a person is told: 1 to 2,000 characters.
///
/// # Errors
/// [`Failure`] when it is no such text.
pub fn note(text: &str) -> Result<String, Failure> {
    read("note", text, 2_000)
}

fn read(field: &str, text: &str, most: usize) -> Result<String, Failure> {
    prose(text, most).map_err(|problem| Failure::field(Code::InvalidField, field, problem))
}
