//! Who somebody is who has proved an address or a passkey, and what they change by it.

use vestibule_protocol::date::Date;
use vestibule_protocol::field::{FieldName, FieldProblem, Value, parse};
use vestibule_protocol::login::AuthMethod;

use super::Key;
use super::contact::{Contact, field_of};
use super::submit::Turn;
use crate::engine::session::{Given, Session};
use crate::engine::user::User;

impl Turn<'_> {
    /// The person of the session as they are by now.
    pub(super) fn person(&self) -> User {
        self.doings.person.as_ref().unwrap_or(self.outside.person).clone()
    }

    /// The person has proved that this address is theirs, at log-in. Somebody who logs in by it is
    /// recognised; a newcomer logs in by it from now on.
    pub(super) fn logged_in_by(&mut self, contact: &Contact) -> Result<Given, FieldProblem> {
        let (own, holder) = (self.outside.person, self.outside.holder);
        let of_another = holder.filter(|holder| holder.id != own.id);
        let ways = &self.session.state.login.ways;
        if ways.known && own.contact(contact.method).as_ref() != Some(contact) {
            // It was theirs when the code was sent, and is not any more.
            return Err(FieldProblem::CodeExpired);
        }
        match of_another {
            Some(holder) if !self.session.state.login.named => self.recognise(holder),
            // The tenant answers for it, and has given it to somebody else as well.
            Some(_) if ways.known => self.known = true,
            Some(_) => return Err(FieldProblem::AddressTaken),
            None => {
                self.known = ways.known || holder.is_some();
                if holder.is_none() {
                    self.enrol(contact);
                }
            }
        }
        self.session.note_login(contact.method.logged_in(), self.now);
        self.prefill_address(contact);
        Ok(Given::LoggedIn(contact.method))
    }

    /// The same by a passkey, whose proof was judged and whose holder found.
    pub(super) fn logged_in_by_passkey(&mut self) -> Result<Given, FieldProblem> {
        let (Some(passkey), Some(holder)) = (self.outside.passkey, self.outside.holder) else {
            return Err(FieldProblem::PasskeyRefused);
        };
        if holder.id == self.outside.person.id {
            self.known = true;
        } else if self.session.state.login.named {
            return Err(FieldProblem::PasskeyRefused);
        } else {
            self.recognise(holder);
        }
        let mut person = if self.doings.recognised { self.person() } else { holder.clone() };
        let mut kept = person.state.logins.passkeys.iter_mut();
        let kept = kept.find(|kept| kept.credential == passkey.credential);
        *kept.ok_or(FieldProblem::PasskeyRefused)? = passkey.clone();
        self.doings.person = Some(person);
        self.session.note_login(AuthMethod::Passkey.logged_in(), self.now);
        Ok(Given::LoggedIn(AuthMethod::Passkey))
    }

    /// The session is of this person from now on, who was known before.
    fn recognise(&mut self, holder: &User) {
        self.known = true;
        self.doings.recognised = true;
        self.session.user = holder.id.clone();
        let mut person = holder.clone();
        if self.outside.decided.is_none() && self.session.skill.is_judged() {
            person.embark(&self.session, None);
        }
        self.doings.person = Some(person);
    }

    fn enrol(&mut self, contact: &Contact) {
        let mut person = self.person();
        person.state.logins.replace(contact);
        self.doings.gained.push(Key::Contact(contact.clone()));
        self.doings.person = Some(person);
    }

    /// The person has proved an address by which they want to log in from now on.
    pub(super) fn change(&mut self, contact: &Contact) -> Result<(), FieldProblem> {
        if self.outside.holder.is_some_and(|holder| holder.id != self.outside.person.id) {
            return Err(FieldProblem::AddressTaken);
        }
        let mut person = self.person();
        let others = person.state.logins.contacts().find(|other| other.method != contact.method);
        let former = person.contact(contact.method).filter(|former| former != contact);
        if let Some(replaced) = person.state.logins.replace(contact) {
            self.doings.lost.extend((replaced != *contact).then_some(Key::Contact(replaced)));
        }
        self.doings.gained.push(Key::Contact(contact.clone()));
        self.doings.told.extend(former.or(others).map(|told| (told, contact.method)));
        if let Some((name, value)) = valued(contact, self.now.date()) {
            person.state.vault.note(name, value, &self.session.id);
        }
        self.changed(person, contact.method);
        Ok(())
    }

    pub(super) fn changed(&mut self, person: User, method: AuthMethod) {
        self.doings.person = Some(person);
        self.session.note_login(method.changed(), self.now);
    }

    /// What was just proved need not be typed again.
    fn prefill_address(&mut self, contact: &Contact) {
        let Some((name, value)) = valued(contact, self.now.date()) else { return };
        if self.session.skill.fields().any(|field| field.name == name) {
            self.session.state.prefilled.insert(name, value);
        }
    }
}

/// An address as the value of its data identifier.
fn valued(contact: &Contact, today: Date) -> Option<(FieldName, Value)> {
    let name = field_of(contact.method)?;
    let value = parse(&name.format()?, &contact.address.as_str().into(), today).ok()?;
    Some((name, value))
}

impl Session {
    /// Fills in what is known of the person, where nobody has said otherwise.
    pub(super) fn fill_in(&mut self, person: &User, today: Date) {
        let known = person.state.vault.known();
        for field in self.skill.fields() {
            let Some(value) = known.get(&field.name) else { continue };
            if let Ok(value) = parse(&field.format, &value.to_raw(), today) {
                self.state.prefilled.entry(field.name.clone()).or_insert(value);
            }
        }
    }
}
