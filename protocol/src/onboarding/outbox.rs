//! What people of the sandbox would have been sent, as their tenant reads it.

use serde::{Deserialize, Serialize};

use super::AuthMethod;
use crate::date::Timestamp;
use crate::upload::words;

words! {
    /// What a message to a person is for.
    LetterKind {
        /// It brings a code to log in with.
        Code = "code",
        /// It tells that a way to log in was changed.
        LoginChanged = "login_changed",
    }
}

/// A message to a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OutboxLetter {
    /// The e-mail address, or the phone number in E.164.
    pub to: String,
    /// What it is for.
    pub kind: LetterKind,
    /// The way to log in that it is about: the one that the code is for, or that was changed.
    pub method: AuthMethod,
    /// The code, if it brings one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// What stands above it; text messages have nothing there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// What it says.
    pub text: String,
    /// The same as HTML, in an e-mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub html: Option<String>,
    /// When it would have been sent.
    pub timestamp: Timestamp,
}
