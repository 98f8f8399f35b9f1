//! What is submitted in a step about log-in.

use vestibule_protocol::date::{Date, Timestamp};
use vestibule_protocol::field::{FieldProblem, Format, Raw, parse};
use vestibule_protocol::login::{AuthMethod, CODE, DONE, PASSKEY, PasskeySkip, SEND, SKIP};
use vestibule_protocol::problem::RefusedField;
use vestibule_protocol::session::StepAnswer;
use vestibule_protocol::skill::{StepKind, StepSpec};
use vestibule_protocol::submission::Data;

use super::contact::Contact;
use super::sent::Sent;
use super::{Doings, Key, Outside};
use crate::digest::Digest;
use crate::engine::given::{refuse, shortened};
use crate::engine::session::{Fresh, Given, Lives, Session};
use crate::engine::submit::{Submit, SubmitRefused};

/// What a person asks in a step about log-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// A code to an address that they typed.
    CodeTo(Contact),
    /// A code to an address of theirs that is known.
    CodeBy(AuthMethod),
    /// To be taken for the one who got the code.
    Code(String),
    /// The same by a passkey; or that this passkey is kept.
    Passkey(String),
    /// To make none.
    Skip(PasskeySkip),
    /// To go on.
    Done,
}

/// What became of a submission in a step about log-in.
#[derive(Debug)]
pub enum Taken {
    /// It was answered before: the same answer again, sealed under the nonce.
    Replayed(Vec<u8>),
    /// It was refused, which is remembered. The nonce is still good.
    Refused(Box<Session>, Vec<RefusedField>),
    /// The session went on.
    Advanced {
        /// The session, to be kept.
        session: Box<Session>,
        /// The answer, to be sealed and remembered.
        answer: Box<StepAnswer>,
        /// What follows outside the session.
        doings: Box<Doings>,
    },
}

/// What `data` asks in a step of this kind.
///
/// # Errors
/// The fields that cannot be accepted.
pub fn asked(kind: &StepKind, data: &Data, today: Date) -> Result<Asked, Vec<RefusedField>> {
    let taken: &[&str] = match kind {
        StepKind::Identify { .. } => &["email", "phone", SEND, CODE, PASSKEY],
        StepKind::LoginMethods => &["email", "phone", CODE, PASSKEY, DONE],
        _ => &[PASSKEY, SKIP],
    };
    let mut unknown = data.names().filter(|name| !taken.contains(name)).peekable();
    if unknown.peek().is_some() {
        return Err(unknown.map(|name| refuse(&shortened(name), FieldProblem::Unknown)).collect());
    }
    let mut given = data.iter();
    let (Some((name, raw)), None) = (given.next(), given.next()) else {
        return Err(vec![refuse(taken[0], FieldProblem::Required)]);
    };
    read(name, raw, today).map_err(|problem| vec![refuse(name, problem)])
}

fn read(name: &str, raw: &Raw, today: Date) -> Result<Asked, FieldProblem> {
    let address = |method, format: Format| {
        let address = parse(&format, raw, today)?.to_text().ok_or(FieldProblem::WrongType)?;
        Ok(Asked::CodeTo(Contact { method, address }))
    };
    match (name, raw) {
        ("email", _) => address(AuthMethod::Email, Format::Email),
        ("phone", _) => address(AuthMethod::Phone, Format::Phone),
        (DONE, Raw::Bool(true)) => Ok(Asked::Done),
        (_, Raw::Text(text)) => match name {
            SEND => AuthMethod::from_text(text).map(Asked::CodeBy).ok_or(FieldProblem::NotAnOption),
            SKIP => PasskeySkip::from_text(text).map(Asked::Skip).ok_or(FieldProblem::NotAnOption),
            CODE => Ok(Asked::Code(digits(text))),
            _ => Ok(Asked::Passkey(text.clone())),
        },
        _ => Err(FieldProblem::WrongType),
    }
}

/// The digits of a code, which some people type in groups.
fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).take(16).collect()
}

/// A submission on its way through the session.
pub(super) struct Turn<'a> {
    pub session: Session,
    pub outside: Outside<'a>,
    pub doings: Doings,
    pub now: Timestamp,
    pub code: Digest,
    /// Whether the one who logs in was known before.
    pub known: bool,
}

impl Session {
    /// Takes a submission of a step about log-in, in which this is [`asked`].
    ///
    /// # Errors
    /// [`SubmitRefused`]; nothing has changed then.
    pub fn submit_login(
        &self,
        submit: Submit<'_>,
        asked: Result<Asked, Vec<RefusedField>>,
        outside: Outside<'_>,
        lives: Lives,
        now: Timestamp,
        fresh: Fresh,
    ) -> Result<Taken, SubmitRefused> {
        if let Some(answer) = self.replay(&submit, now)? {
            return Ok(Taken::Replayed(answer));
        }
        let step = self.submittable(submit.step)?.clone();
        if self.submission(&step).is_some() {
            // Who somebody is does not change in the middle.
            return Err(SubmitRefused::StepUnavailable);
        }
        let asked = asked.map_err(SubmitRefused::Fields)?;
        let mut turn = Turn {
            session: self.clone(),
            outside,
            doings: Doings::default(),
            now,
            code: fresh.login.code,
            known: false,
        };
        let field = submit.data.names().next().unwrap_or_default();
        let given = match turn.take(&step, asked) {
            Ok(given) => given,
            Err(problem) => {
                return Ok(Taken::Refused(Box::new(turn.session), vec![refuse(field, problem)]));
            }
        };
        Ok(turn.finish(&step, given, submit, lives, fresh))
    }
}

impl Turn<'_> {
    /// What was given in the step, once it is done.
    fn take(&mut self, step: &StepSpec, asked: Asked) -> Result<Option<Given>, FieldProblem> {
        match (&step.kind, asked) {
            (StepKind::Identify { .. }, Asked::CodeTo(contact)) if !self.session.state.login.ways.known => {
                self.offered(contact.method, false)?;
                self.send(contact, true)
            }
            (StepKind::Identify { .. }, Asked::CodeBy(method)) if self.session.state.login.ways.known => {
                self.offered(method, false)?;
                let contact = self.outside.person.contact(method).ok_or(FieldProblem::NotAnOption)?;
                self.send(contact, false)
            }
            (StepKind::Identify { .. }, Asked::Code(_)) => {
                let contact = self.attempt()?;
                self.logged_in_by(&contact).map(Some)
            }
            (StepKind::Identify { .. }, Asked::Passkey(_)) => self.logged_in_by_passkey().map(Some),
            (StepKind::LoginMethods, Asked::CodeTo(contact)) => {
                self.offered(contact.method, true)?;
                self.send(contact, true)
            }
            (StepKind::LoginMethods, Asked::Code(_)) => {
                let contact = self.attempt()?;
                self.change(&contact)?;
                Ok(None)
            }
            (StepKind::LoginMethods, Asked::Passkey(_)) => {
                self.offered(AuthMethod::Passkey, true)?;
                self.keep_passkey()?;
                Ok(None)
            }
            (StepKind::LoginMethods, Asked::Done) => Ok(Some(Given::LoginMethods)),
            (StepKind::Passkey, Asked::Passkey(_)) => {
                self.keep_passkey()?;
                Ok(Some(Given::Passkey(None)))
            }
            (StepKind::Passkey, Asked::Skip(reason)) => Ok(Some(Given::Passkey(Some(reason)))),
            _ => Err(FieldProblem::NotAnOption),
        }
    }

    fn offered(&self, method: AuthMethod, to_change: bool) -> Result<(), FieldProblem> {
        let ways = &self.session.state.login.ways;
        let offered = if to_change { &ways.changeable } else { &ways.methods };
        let is_offered = offered.iter().any(|way| way.method == method);
        if is_offered { Ok(()) } else { Err(FieldProblem::NotAnOption) }
    }

    fn send(&mut self, contact: Contact, typed: bool) -> Result<Option<Given>, FieldProblem> {
        if !self.outside.may_send {
            return Err(FieldProblem::TooManyCodes);
        }
        let login = &mut self.session.state.login;
        let elsewhere = login.sent.as_ref().is_some_and(|sent| sent.contact != contact);
        login.sends.count(elsewhere, self.now)?;
        login.sent = Some(Sent::new(contact.clone(), typed, self.code, self.now));
        self.doings.send = Some(contact);
        Ok(None)
    }

    /// The address whose code was given. A code is good once.
    fn attempt(&mut self) -> Result<Contact, FieldProblem> {
        let login = &mut self.session.state.login;
        let sent = login.sent.as_mut().ok_or(FieldProblem::CodeExpired)?;
        sent.attempt(self.outside.code, self.now)?;
        let contact = sent.contact.clone();
        login.sent = None;
        login.sends.arrived();
        Ok(contact)
    }

    /// Keeps a passkey that was made.
    fn keep_passkey(&mut self) -> Result<(), FieldProblem> {
        let passkey = self.outside.passkey.ok_or(FieldProblem::PasskeyRefused)?.clone();
        let mut person = self.person();
        self.doings.gained.push(Key::Passkey(passkey.credential.clone()));
        person.state.logins.passkeys.push(passkey);
        let told = person.state.logins.contacts().next();
        self.doings.told.extend(told.map(|contact| (contact, AuthMethod::Passkey)));
        self.changed(person, AuthMethod::Passkey);
        Ok(())
    }

    fn finish(
        self,
        step: &StepSpec,
        given: Option<Given>,
        submit: Submit<'_>,
        lives: Lives,
        fresh: Fresh,
    ) -> Taken {
        let Turn { mut session, outside, doings, now, known, .. } = self;
        let person = doings.person.as_ref().unwrap_or(outside.person);
        let logged_in = matches!(given, Some(Given::LoggedIn(_)));
        if logged_in {
            session.state.login.named = true;
            session.state.login.browser = Some(Digest::of_secret(&fresh.login.token));
        }
        if logged_in && known {
            session.fill_in(person, now.date());
        }
        session.acquaint(person, outside.reaches);
        let reused = outside.decided.filter(|_| logged_in && session.skill.is_judged());
        let token = fresh.login.token.clone();
        let (session, mut answer) = match (given, reused) {
            (Some(given), Some(decided)) => {
                session.conclude_as(step, given, decided, submit, lives, now, fresh)
            }
            (Some(given), None) => session.advance(step, given, submit, lives, now, fresh),
            (None, _) => session.stay(submit, lives, now, fresh),
        };
        answer.login_token = logged_in.then_some(token);
        Taken::Advanced { session: Box::new(session), answer: Box::new(answer), doings: Box::new(doings) }
    }
}
