//! How a person proves who they are, and changes how they do.
//!
//! All of it goes by submissions of a step, which stays the next one until it is done. A step of kind
//! `identify` takes `email` or `phone` (an address of the person's, to which a code is sent), or `send` (where
//! it is known who must log in: the method of theirs to which the code goes), then `code`; or `passkey`. One of
//! kind `login_methods` takes `email` or `phone` and then `code`, or `passkey`, as often as the person likes,
//! and `done`. One of kind `passkey` takes `passkey` or `skip`.

use serde::{Deserialize, Serialize};

use crate::date::Timestamp;
use crate::upload::words;

words! {
    /// A way to log in.
    AuthMethod {
        /// A code sent to a telephone.
        Phone = "phone",
        /// A code sent by e-mail.
        Email = "email",
        /// A passkey.
        Passkey = "passkey",
    }
}

/// The name under which a submission gives the code that was sent.
pub const CODE: &str = "code";
/// The name under which it gives what the browser says of a passkey: a public key credential as JSON, by Web
/// Authentication Level 3, section 5.1.
pub const PASSKEY: &str = "passkey";
/// The name under which it says which known method a code is to be sent to.
pub const SEND: &str = "send";
/// The name under which it says why no passkey is made: a [`PasskeySkip`].
pub const SKIP: &str = "skip";
/// The name under which it says, with `true`, that the person has changed all that they want.
pub const DONE: &str = "done";

/// How many digits a code has.
pub const CODE_DIGITS: usize = 6;

words! {
    /// Why a person makes no passkey.
    PasskeySkip {
        /// They do not want one now.
        Declined = "declined",
        /// The browser cannot make any, or not here.
        Unsupported = "unsupported",
        /// It was tried, and did not work.
        Failed = "failed",
    }
}

/// A way to log in, as the person is shown it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LoginMethod {
    /// Which.
    pub method: AuthMethod,
    /// Where a code goes, with most of it hidden; absent where nothing is known yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub masked: Option<String>,
}

/// A code that is on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CodeSent {
    /// By which way.
    pub method: AuthMethod,
    /// Where to: as it was typed in this session, or with most of it hidden.
    pub to: String,
    /// In how many seconds it can be sent again.
    pub resend_seconds: u32,
    /// How many more times a code can be tried.
    pub tries_left: u8,
}

words! {
    /// What a person did about their log-in.
    AuthEventKind {
        /// Logged in by a code sent to a telephone.
        Phone = "phone",
        /// Logged in by a code sent by e-mail.
        Email = "email",
        /// Logged in by a passkey.
        Passkey = "passkey",
        /// Gave another telephone number, and a code that was sent to it.
        PhoneUpdated = "phone_updated",
        /// Gave another e-mail address, and a code that was sent to it.
        EmailUpdated = "email_updated",
        /// Made a passkey.
        PasskeyAdded = "passkey_added",
    }
}

impl AuthMethod {
    /// That somebody has logged in by it.
    pub fn logged_in(self) -> AuthEventKind {
        match self {
            AuthMethod::Phone => AuthEventKind::Phone,
            AuthMethod::Email => AuthEventKind::Email,
            AuthMethod::Passkey => AuthEventKind::Passkey,
        }
    }

    /// That somebody has changed it.
    pub fn changed(self) -> AuthEventKind {
        match self {
            AuthMethod::Phone => AuthEventKind::PhoneUpdated,
            AuthMethod::Email => AuthEventKind::EmailUpdated,
            AuthMethod::Passkey => AuthEventKind::PasskeyAdded,
        }
    }
}

/// One thing that a person did about their log-in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AuthEvent {
    /// What.
    pub kind: AuthEventKind,
    /// When.
    pub timestamp: Timestamp,
}
