//! Messages to people: codes to log in with, and the notice that a way to log in was changed.
//!
//! Whoever has something to say makes a [`Letter`], has the ledger seal it, and writes it in the commit of
//! what it tells of. `courier` takes it from the store, `words` says it in a language of the person's, and it
//! goes by e-mail or to a phone; in the sandbox it goes to the `outbox` and nowhere else.
//!
//! **Invariant:** a letter is sent to somebody real or kept for whoever tries the sandbox, never both, and no
//! log knows whom it is to or what it says.

pub mod courier;
mod html;
pub mod outbox;
mod words;

use std::fmt;

use serde::{Deserialize, Serialize};
use url::Url;
use vestibule_protocol::date::Timestamp;
use vestibule_protocol::onboarding::AuthMethod;

use self::outbox::Outbox;
use self::words::Language;
use crate::store::Tenant;
use crate::store::letters::LetterRow;
use crate::webhook::courier::Bell;

/// How many letters are under way at the same time by e-mail, and how many to phones.
pub const AT_ONCE: usize = 8;

/// Where a message goes.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Address {
    /// To an e-mail address.
    Email(String),
    /// To a phone, by its number in E.164.
    Phone(String),
}

/// What is said.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Words {
    /// A code to log in with.
    Code {
        /// The code.
        code: String,
        /// How many minutes it works.
        minutes: u32,
    },
    /// A way to log in was changed.
    LoginChanged {
        /// Which.
        method: AuthMethod,
    },
}

/// A message to a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// To whom.
    pub to: Address,
    /// In which language: a tag of BCP 47, as in `en-US`. English, where there is none or we do not speak it.
    pub language: Option<String>,
    /// What is said.
    pub words: Words,
    /// Until when it is worth sending.
    pub valid_until: Timestamp,
}

impl Address {
    /// How a message goes there.
    pub fn method(&self) -> AuthMethod {
        match self {
            Address::Email(_) => AuthMethod::Email,
            Address::Phone(_) => AuthMethod::Phone,
        }
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:[redacted]", self.method().as_str())
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Words::Code { minutes, .. } => write!(f, "Code {{ code: [redacted], minutes: {minutes} }}"),
            Words::LoginChanged { method } => write!(f, "LoginChanged {{ method: {} }}", method.as_str()),
        }
    }
}

/// Why a letter was not sent. It says nothing of whom it was to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Unsent {
    problem: Problem,
    /// Whether it may be sent later.
    may_come_again: bool,
    /// After how many seconds at the soonest, where the other side says so.
    asked_seconds: Option<u64>,
}

/// What went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Problem {
    /// The settings name nobody who carries it.
    NoCarrier,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::NoCarrier => f.write_str("the settings name nobody who carries it"),
        }
    }
}

/// Sends.
pub struct Notifier {
    /// What was sent to people of the sandbox.
    pub outbox: Outbox,
    host: String,
    mail_bell: Bell,
    texts_bell: Bell,
}

impl Notifier {
    /// What sends messages from a server that browsers reach at this origin.
    pub fn new(public_url: &str) -> Self {
        let host = Url::parse(public_url).ok().and_then(|url| Some(url.host_str()?.to_owned()));
        Self {
            outbox: Outbox::default(),
            host: host.unwrap_or_default(),
            mail_bell: Bell::default(),
            texts_bell: Bell::default(),
        }
    }

    /// Whether a message can go this way to people of a tenant. In the sandbox it always can; nothing needs to
    /// be sent for a passkey, and nothing can be.
    pub fn can(&self, sandbox: bool, method: AuthMethod) -> bool {
        match method {
            AuthMethod::Email | AuthMethod::Phone => sandbox,
            AuthMethod::Passkey => false,
        }
    }

    /// Tells the couriers of letters that were written.
    pub fn ring(&self, letters: &[LetterRow]) {
        for method in letters.iter().map(|letter| letter.method) {
            self.bell(method).ring();
        }
    }

    fn bell(&self, method: AuthMethod) -> &Bell {
        if method == AuthMethod::Email { &self.mail_bell } else { &self.texts_bell }
    }

    /// Sends a letter once.
    async fn send(&self, of: &Tenant, letter: &Letter, now: Timestamp) -> Result<(), Unsent> {
        let letter = &still_to_come(letter, now);
        let language = Language::best(letter.language.as_deref());
        if of.sandbox {
            self.outbox.put(of, letter, language, &self.host, now);
            return Ok(());
        }
        Err(Unsent { problem: Problem::NoCarrier, may_come_again: true, asked_seconds: None })
    }
}

/// The letter as it is true now: one that was held up brings a code that works for a shorter time.
fn still_to_come(letter: &Letter, now: Timestamp) -> Letter {
    let mut letter = letter.clone();
    if let Words::Code { minutes, .. } = &mut letter.words {
        let left = (letter.valid_until.millis() - now.millis() + 30_000) / 60_000;
        *minutes = (*minutes).min(u32::try_from(left).unwrap_or(0)).max(1);
    }
    letter
}

#[cfg(test)]
mod tests;
