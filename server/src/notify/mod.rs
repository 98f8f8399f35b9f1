//! Messages to people: codes to log in with, and the notice that a way to log in was changed.
//!
//! Whoever has something to say makes a [`Letter`], has the ledger seal it, and writes it in the commit of
//! what it tells of. `courier` takes it from the store, `words` says it in a language of the person's, and it
//! goes by e-mail (`mail`) or to a phone (`sms`); in the sandbox it goes to the `outbox` and nowhere else.
//!
//! **Invariant:** a letter is sent to somebody real or kept for whoever tries the sandbox, never both, and no
//! log knows whom it is to or what it says.

pub mod courier;
mod html;
mod mail;
pub mod outbox;
pub mod page;
mod sms;
mod words;

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use thiserror::Error;
use url::Url;
use vestibule_protocol::date::Timestamp;
use vestibule_protocol::id::LetterId;
use vestibule_protocol::onboarding::AuthMethod;
use vestibule_protocol::secret::Reveal;
use vestibule_protocol::webhook::DeliveryProblem;

use self::mail::MailServer;
use self::outbox::Outbox;
use self::sms::Gateway;
use self::words::Language;
use crate::config::Config;
use crate::store::Tenant;
use crate::store::letters::LetterRow;
use crate::webhook::courier::Bell;
use crate::webhook::post::Post;
use crate::webhook::reach::Reach;
use crate::webhook::trust::{RootsError, trust};

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
        /// The host of the page where it is typed; ours, where that is not known.
        page: Option<String>,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("{problem}")]
pub struct Unsent {
    problem: Problem,
    /// Whether it may be sent later.
    may_come_again: bool,
    /// After how many seconds at the soonest, where the other side says so.
    asked_seconds: Option<u64>,
}

impl Unsent {
    fn yet(problem: Problem) -> Self {
        Self { problem, may_come_again: true, asked_seconds: None }
    }

    fn never(problem: Problem) -> Self {
        Self { may_come_again: false, ..Self::yet(problem) }
    }
}

/// What went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Problem {
    /// The settings name nobody who carries it.
    NoCarrier,
    /// The address is none.
    Address,
    /// The mail server was not reached, or broke off.
    Unreachable,
    /// It took too long.
    TimedOut,
    /// The connection could not be encrypted, or not with whom it was meant to be.
    Encryption,
    /// The mail server does not do what it takes.
    Unable,
    /// This status was answered.
    Status(u16),
    /// The gateway was not reached, or broke off.
    Delivery(DeliveryProblem),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::NoCarrier => f.write_str("the settings name nobody who carries it"),
            Problem::Address => f.write_str("the address is none"),
            Problem::Unreachable => f.write_str("the mail server was not reached, or broke off"),
            Problem::TimedOut => f.write_str("it took too long"),
            Problem::Encryption => f.write_str("the connection to the mail server could not be encrypted"),
            Problem::Unable => f.write_str("the mail server does not do what it takes"),
            Problem::Status(status) => write!(f, "status {status}"),
            Problem::Delivery(problem) => f.write_str(problem.as_str()),
        }
    }
}

/// Why nobody can be sent anything.
#[derive(Debug, Error)]
pub enum CannotNotify {
    /// The address of the mail server.
    #[error(
        "smtp_url is no address of a mail server: smtps://user:password@host, smtp://user:password@host, or smtp://host?tls=none without a password"
    )]
    MailServer,
    /// The sender of mail.
    #[error("mail_from is no sender: an address, or a name and an address in angle brackets")]
    From,
    /// The address of the gateway.
    #[error(
        "sms_url is no address that can be asked: https and public, or http and private too with sms_private_target"
    )]
    Gateway,
    /// What the gateway knows us by.
    #[error("sms_account and sms_token are not both there, or not such as can be sent")]
    GatewayKey,
    /// The sender of text messages.
    #[error("sms_from is missing: a number, a name, or a messaging service")]
    Sender,
    /// The certificates.
    #[error(transparent)]
    Roots(#[from] RootsError),
}

/// Sends.
pub struct Notifier {
    /// What was sent to people of the sandbox.
    pub outbox: Outbox,
    mail_server: Option<MailServer>,
    gateway: Option<Gateway>,
    /// Where people log in.
    host: String,
    mail_bell: Bell,
    texts_bell: Bell,
}

impl Notifier {
    /// What sends messages by those whom the settings name.
    ///
    /// # Errors
    /// [`CannotNotify`] says which setting is wrong.
    pub fn new(config: &Config) -> Result<Self, CannotNotify> {
        let host =
            Url::parse(config.public_url.as_str()).ok().and_then(|url| Some(url.host_str()?.to_owned()));
        let host = host.unwrap_or_default();
        let (roots, limit) = (config.message_roots.as_deref(), Duration::from_secs(config.message_seconds));
        let tls = trust(roots)?;
        let (mail, texts) = (config.smtp_url.reveal(), config.sms_url.as_str());
        let mail_server = (!mail.is_empty())
            .then(|| MailServer::new(mail, &config.mail_from, &host, roots, limit))
            .transpose()?;
        let gateway = (!texts.is_empty()).then(|| {
            let reach = if config.sms_private_target { Reach::Nearby } else { Reach::Public };
            let post = Post::new(reach, limit, tls);
            let (account, token) = (&config.sms_account, config.sms_token.reveal());
            Gateway::new(texts, account, token, &config.sms_from, reach, post)
        });
        Ok(Self {
            outbox: Outbox::default(),
            mail_server,
            gateway: gateway.transpose()?,
            host,
            mail_bell: Bell::default(),
            texts_bell: Bell::default(),
        })
    }

    /// Whether a message can go this way to people of a tenant. In the sandbox it always can; nothing needs to
    /// be sent for a passkey, and nothing can be.
    pub fn can(&self, sandbox: bool, method: AuthMethod) -> bool {
        match method {
            AuthMethod::Email => sandbox || self.mail_server.is_some(),
            AuthMethod::Phone => sandbox || self.gateway.is_some(),
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

    /// Sends a letter of a tenant once, or keeps it for whoever tries the sandbox.
    async fn send(&self, of: &Tenant, id: &LetterId, letter: &Letter, now: Timestamp) -> Result<(), Unsent> {
        let letter = still_to_come(letter, now);
        if of.sandbox {
            let language = Language::best(letter.language.as_deref());
            self.outbox.put(of, &letter, language, &self.host, now);
            return Ok(());
        }
        self.carry(&of.name, id, &letter, now).await
    }

    /// Sends a letter once, in the name of a business called `tenant`.
    ///
    /// # Errors
    /// [`Unsent`] when nobody has taken it.
    pub async fn carry(
        &self,
        tenant: &str,
        id: &LetterId,
        letter: &Letter,
        now: Timestamp,
    ) -> Result<(), Unsent> {
        let (language, words) = (Language::best(letter.language.as_deref()), &letter.words);
        let nobody = Unsent::yet(Problem::NoCarrier);
        match &letter.to {
            Address::Email(to) => {
                let server = self.mail_server.as_ref().ok_or(nobody)?;
                server.send(to, id, language.tag, language.mail(tenant, words), now).await
            }
            Address::Phone(to) => {
                let gateway = self.gateway.as_ref().ok_or(nobody)?;
                gateway.send(to, &language.text_message(tenant, words, &self.host), now).await
            }
        }
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
