//! Addresses of a person, to which codes go.

use serde::{Deserialize, Serialize};
use vestibule_protocol::field::{FieldName, Value};
use vestibule_protocol::login::{AuthMethod, LoginMethod};

use super::{Key, Logins};
use crate::engine::erase::Erasure;
use crate::engine::session::Starter;
use crate::engine::user::User;

/// An address of a person's.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// `Phone` or `Email`.
    pub method: AuthMethod,
    /// In the canonical form of its field.
    pub address: String,
}

impl std::fmt::Debug for Contact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Contact({})", self.method.as_str())
    }
}

impl Contact {
    /// As the person is shown it who did not type it.
    pub fn shown(&self) -> LoginMethod {
        LoginMethod { method: self.method, masked: Some(masked(self)) }
    }
}

/// Most of an address hidden: the first letter and the domain of an e-mail address, the last two digits of a
/// telephone number.
pub fn masked(contact: &Contact) -> String {
    match contact.address.rsplit_once('@') {
        Some((name, domain)) => {
            let first: String = name.chars().take(1).collect();
            [&first, "•••@", domain].concat()
        }
        None => {
            let digits = contact.address.len();
            ["••••", contact.address.get(digits.saturating_sub(2)..).unwrap_or_default()].concat()
        }
    }
}

/// The data identifier under which an address of this kind is known.
pub fn field_of(method: AuthMethod) -> Option<FieldName> {
    let name = match method {
        AuthMethod::Email => "id.email",
        AuthMethod::Phone => "id.phone_number",
        AuthMethod::Passkey => return None,
    };
    Some(name.parse().unwrap_or_else(|_| unreachable!("a data identifier")))
}

impl Logins {
    /// The address of this kind by which the person logs in.
    pub fn contact(&self, method: AuthMethod) -> Option<Contact> {
        let address = match method {
            AuthMethod::Email => self.email.clone(),
            AuthMethod::Phone => self.phone.clone(),
            AuthMethod::Passkey => None,
        };
        address.map(|address| Contact { method, address })
    }

    /// Makes this the address of its kind, and gives the former.
    pub fn replace(&mut self, contact: &Contact) -> Option<Contact> {
        let slot = match contact.method {
            AuthMethod::Email => &mut self.email,
            AuthMethod::Phone => &mut self.phone,
            AuthMethod::Passkey => return None,
        };
        let former = slot.replace(contact.address.clone());
        former.map(|address| Contact { method: contact.method, address })
    }

    /// Forgets the addresses whose data are erased, and with all data the passkeys too. Gives by what the person
    /// is found no more.
    pub fn erase(&mut self, what: &Erasure) -> Vec<Key> {
        let covered = |method| field_of(method).is_some_and(|field| what.covers(&field));
        let mut lost: Vec<Key> =
            self.contacts().filter(|contact| covered(contact.method)).map(Key::Contact).collect();
        self.email.take_if(|_| covered(AuthMethod::Email));
        self.phone.take_if(|_| covered(AuthMethod::Phone));
        if *what == Erasure::All {
            lost.extend(self.passkeys.drain(..).map(|passkey| Key::Passkey(passkey.credential)));
        }
        lost
    }

    /// All addresses.
    pub fn contacts(&self) -> impl Iterator<Item = Contact> {
        [AuthMethod::Email, AuthMethod::Phone].into_iter().filter_map(|method| self.contact(method))
    }
}

impl User {
    /// Where a code that proves that it is this person can go: the address by which they log in, or else the
    /// one that the tenant answers for. What was typed in a session that a page had started is neither: whoever
    /// holds a tenant's public client could have typed it.
    pub fn contact(&self, method: AuthMethod) -> Option<Contact> {
        self.state.logins.contact(method).or_else(|| {
            let field = field_of(method)?;
            let Value::Text(address) = self.attested(&field)? else { return None };
            Some(Contact { method, address: address.clone() })
        })
    }

    fn attested(&self, name: &FieldName) -> Option<&Value> {
        let value = self.state.vault.value(name)?;
        let by_page = self.state.vault.session_of_value(name).is_some_and(|session| {
            let onboardings = &self.state.onboardings;
            let own =
                onboardings.iter().find(|one| one.session == *session || one.supplements.contains(session));
            own.is_none_or(|one| one.starter == Starter::Page)
        });
        (!by_page).then_some(value)
    }
}
