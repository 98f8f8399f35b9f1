//! Log-in: what a person proves of themselves in a session, and by what they can prove it again.
//!
//! A step about log-in stays the next one until it is done. What is submitted in it is judged by
//! [`Session::submit_login`], with what is known outside the session ([`Outside`]), and what follows for people
//! and addresses is given as [`Doings`].

mod contact;
mod prove;
mod sent;
mod submit;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use vestibule_protocol::date::Timestamp;
use vestibule_protocol::id::OnboardingId;
use vestibule_protocol::login::{AuthEvent, AuthEventKind, AuthMethod, LoginMethod};
use vestibule_protocol::secret::LoginToken;
use vestibule_protocol::skill::StepKind;

pub use contact::{Contact, masked};
pub use sent::{LIFE as CODE_LIFE, Sends, Sent};
pub use submit::{Asked, Taken, asked};

use super::plan::plan;
use super::session::{Completion, Session, Stage};
use super::user::User;
use crate::digest::Digest;

/// By what a person logs in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logins {
    /// A telephone, in E.164.
    pub phone: Option<String>,
    /// An e-mail address.
    pub email: Option<String>,
    /// Passkeys, in the order in which they were made.
    pub passkeys: Vec<KeptPasskey>,
}

/// A passkey as it is kept.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptPasskey {
    /// Its name, which the authenticator gave it: the credential id, in base64url.
    pub credential: String,
    /// What its proofs are judged by, as `passkey` writes it.
    pub record: String,
}

impl std::fmt::Debug for KeptPasskey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KeptPasskey(…)")
    }
}

/// What a session holds of log-in.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Login {
    /// Whether it is fixed who the person is: whoever started the session said so, or they have logged in.
    pub named: bool,
    /// Which methods may be changed; all of them, unless whoever started the session says otherwise.
    pub may_change: Option<BTreeSet<AuthMethod>>,
    /// The code that was sent last.
    pub sent: Option<Sent>,
    /// How often codes were sent.
    pub sends: Sends,
    /// What an authenticator is asked in the step that comes next.
    pub ceremony: Option<Ceremony>,
    /// What happened.
    pub events: Vec<AuthEvent>,
    /// The token of the browser in which the person logged in.
    pub browser: Option<Digest>,
    /// How the person can log in, and what they may change: see [`Session::acquaint`].
    pub ways: Ways,
}

/// The ways of a person, as they are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ways {
    /// Whether it is known where a code goes.
    pub known: bool,
    /// To log in.
    pub methods: Vec<LoginMethod>,
    /// To be changed.
    pub changeable: Vec<LoginMethod>,
    /// How many passkeys there are.
    pub passkeys: u16,
}

/// What an authenticator is asked, and what its answer is judged by.
#[derive(Clone, Serialize, Deserialize)]
pub struct Ceremony {
    /// For the browser, as JSON.
    pub options: String,
    /// For `passkey`.
    pub state: String,
}

impl std::fmt::Debug for Ceremony {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Ceremony(…)")
    }
}

/// What authenticators can be asked next.
#[derive(Clone, Debug, Default)]
pub struct Ceremonies {
    /// To prove a passkey.
    pub proof: Option<Ceremony>,
    /// To make one.
    pub making: Option<Ceremony>,
}

/// Secrets of one transition of a log-in.
#[derive(Clone, Debug)]
pub struct FreshLogin {
    /// Of the browser, if somebody logs in.
    pub token: LoginToken,
    /// The code, if one is sent.
    pub digits: String,
    /// Its digest.
    pub code: Digest,
    /// What authenticators can be asked next.
    pub ceremonies: Ceremonies,
}

impl Login {
    /// Forgets where a code went and what is shown of the person; the latter is noted anew when the session is
    /// opened.
    pub fn forget(&mut self) {
        (self.sent, self.ceremony, self.ways) = (None, None, Ways::default());
    }
}

/// What is known outside a session when somebody logs in to it.
#[derive(Clone, Copy)]
pub struct Outside<'a> {
    /// The person of the session.
    pub person: &'a User,
    /// Who logs in by the address to which the code went, or by the passkey: the session's person or another.
    pub holder: Option<&'a User>,
    /// The digest of the code that is given.
    pub code: Option<Digest>,
    /// What became of the passkey that is given: as it is to be kept from now on, if it is good.
    pub passkey: Option<&'a KeptPasskey>,
    /// Whether a code may be sent to the address that is given.
    pub may_send: bool,
    /// By which ways codes can be sent.
    pub reaches: &'a [AuthMethod],
    /// The onboarding whose result whoever logs in gets without further steps.
    pub decided: Option<(&'a OnboardingId, &'a Completion)>,
}

/// What follows from a step about log-in, outside the session.
#[derive(Clone, Debug, Default)]
pub struct Doings {
    /// Where a code is to be sent.
    pub send: Option<Contact>,
    /// A person as they are from now on.
    pub person: Option<User>,
    /// Whether the former person of the session is nobody any more: somebody who was known is.
    pub recognised: bool,
    /// By what the person can be found from now on.
    pub gained: Vec<Key>,
    /// And by what no more.
    pub lost: Vec<Key>,
    /// Who is told that a method was changed.
    pub told: Vec<(Contact, AuthMethod)>,
}

/// By what a person is found: an address, or the name of a passkey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// An address.
    Contact(Contact),
    /// The credential id of a passkey.
    Passkey(String),
}

impl Session {
    /// Whether somebody has to log in before anything else is done or shown.
    pub fn lacks_login(&self) -> bool {
        self.skill.identify().is_some_and(|(step, _)| self.submission(step).is_none())
    }

    /// Notes how the person can log in, and what they may change.
    pub fn acquaint(&mut self, person: &User, reaches: &[AuthMethod]) {
        let Some((_, methods)) = self.skill.identify() else { return };
        let login = &self.state.login;
        let can = |method: &AuthMethod| *method == AuthMethod::Passkey || reaches.contains(method);
        let passkeys = person.state.logins.passkeys.len();
        let own = |method: &AuthMethod| match method {
            AuthMethod::Passkey => (passkeys > 0).then_some(LoginMethod { method: *method, masked: None }),
            _ => person.contact(*method).map(|contact| contact.shown()),
        };
        let possible = methods.iter().filter(|method| can(method));
        let owned: Vec<LoginMethod> =
            if login.named { possible.clone().filter_map(own).collect() } else { Vec::new() };
        let newcomer = |method: &&AuthMethod| !login.named || **method != AuthMethod::Passkey;
        let bare = |method: &AuthMethod| LoginMethod { method: *method, masked: None };
        let may = |method: &AuthMethod| login.may_change.as_ref().is_none_or(|may| may.contains(method));
        let changeable = AuthMethod::ALL.iter().filter(|method| can(method) && may(method));
        let masked = |method: &AuthMethod| own(method).and_then(|own| own.masked);
        self.state.login.ways = Ways {
            known: !owned.is_empty(),
            methods: match owned.is_empty() {
                true => possible.filter(newcomer).map(bare).collect(),
                false => owned,
            },
            changeable: changeable
                .map(|method| LoginMethod { method: *method, masked: masked(method) })
                .collect(),
            passkeys: u16::try_from(passkeys).unwrap_or(u16::MAX),
        };
    }

    /// Notes what an authenticator is asked in the step that comes next.
    pub(super) fn arm(&mut self, ceremonies: &Ceremonies) {
        let ways = &self.state.login.ways;
        let has = |methods: &[LoginMethod]| methods.iter().any(|way| way.method == AuthMethod::Passkey);
        self.state.login.ceremony = match plan(self).next.map(|step| &step.kind) {
            Some(StepKind::Identify { .. }) if has(&ways.methods) => ceremonies.proof.clone(),
            Some(StepKind::LoginMethods) if has(&ways.changeable) => ceremonies.making.clone(),
            Some(StepKind::Passkey) => ceremonies.making.clone(),
            _ => None,
        };
    }

    /// Whether `token` is of the browser in which the person logged in. If it is not, nobody has: the log-in
    /// is forgotten, and whoever opens the session logs in as the same person.
    pub(super) fn admit(&mut self, token: Option<&Digest>) -> bool {
        let Some((step, _)) = self.skill.identify() else { return true };
        let step = step.name.clone();
        let admitted = token.is_some() && token == self.state.login.browser.as_ref();
        if !admitted && !matches!(self.state.stage, Stage::Completed(_)) {
            self.state.submissions.retain(|submission| submission.step != step);
        }
        admitted
    }

    pub(super) fn note_login(&mut self, kind: AuthEventKind, now: Timestamp) {
        self.state.login.events.push(AuthEvent { kind, timestamp: now });
    }
}
