//! What people of the sandbox were sent: it stays here, in memory, where their tenant reads it.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use vestibule_protocol::date::Timestamp;
use vestibule_protocol::id::TenantId;
use vestibule_protocol::onboarding::{LetterKind, OutboxLetter};

use super::words::{Language, Mail};
use super::{Address, Letter, Words};
use crate::store::Tenant;

/// How many letters of a tenant are there at most.
const MOST: usize = 100;

/// Letters by tenant, the newest first.
#[derive(Default)]
pub struct Outbox(Mutex<HashMap<TenantId, VecDeque<OutboxLetter>>>);

impl Outbox {
    /// What people of this tenant were sent, the newest first.
    pub fn of(&self, tenant: &TenantId) -> Vec<OutboxLetter> {
        self.letters().get(tenant).map(|letters| letters.iter().cloned().collect()).unwrap_or_default()
    }

    /// Adds one, as it would have been sent.
    pub(super) fn put(&self, of: &Tenant, letter: &Letter, language: &Language, host: &str, now: Timestamp) {
        let letter = as_sent(of, letter, language, host, now);
        let mut all = self.letters();
        let letters = all.entry(of.id.clone()).or_default();
        letters.push_front(letter);
        letters.truncate(MOST);
    }

    fn letters(&self) -> MutexGuard<'_, HashMap<TenantId, VecDeque<OutboxLetter>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn as_sent(of: &Tenant, letter: &Letter, language: &Language, host: &str, now: Timestamp) -> OutboxLetter {
    let (to, subject, text, html) = match &letter.to {
        Address::Email(to) => {
            let Mail { subject, text, html } = language.mail(&of.name, &letter.words);
            (to, Some(subject), text, Some(html))
        }
        Address::Phone(to) => (to, None, language.text_message(&of.name, &letter.words, host), None),
    };
    let (kind, method, code) = match &letter.words {
        Words::Code { code, .. } => (LetterKind::Code, letter.to.method(), Some(code.clone())),
        Words::LoginChanged { method } => (LetterKind::LoginChanged, *method, None),
    };
    OutboxLetter { to: to.clone(), kind, method, code, subject, text, html, timestamp: now }
}
