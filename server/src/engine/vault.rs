//! What is known of a person or a business, by data identifier: their vault.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use vestibule_protocol::field::{FieldName, Value};
use vestibule_protocol::id::SessionId;
use vestibule_protocol::upload::UploadName;

use super::business::is_of_business;
use super::erase::Erasure;
use super::rewrite::Rewrite;
use super::session::{Given, Session, Submission, Upload, Values};

/// Whose a vault is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// A person's.
    Person,
    /// A business's.
    Business,
}

impl Whose {
    /// Whether what a session collects under this name belongs there. What a session about a business says
    /// of it is the business's, and all else the person's.
    pub fn gets(self, name: &FieldName, about_business: bool) -> bool {
        let of_business = about_business && is_of_business(name);
        of_business == (self == Whose::Business)
    }

    /// Whether a tenant's backend may write something of this name there.
    pub fn takes(self, name: &FieldName) -> bool {
        self == Whose::Person || is_of_business(name)
    }
}

/// What is known of somebody, by data identifier; of [`files`], that they are there.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Vault(BTreeMap<FieldName, Entry>);

/// One thing that is known.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Entry {
    /// The session that collected it; `None` for what the tenant's backend wrote.
    session: Option<SessionId>,
    content: Content,
}

impl Entry {
    /// Whether this is nothing new. A file of another session is another file.
    fn is_like(&self, other: &Self) -> bool {
        match (&self.content, &other.content) {
            (Content::Value(one), Content::Value(other)) => one == other,
            (Content::File, Content::File) => self.session == other.session,
            _ => false,
        }
    }
}

/// What is known.
#[derive(Clone, Debug, Serialize, Deserialize)]
enum Content {
    /// A value.
    Value(Value),
    /// A file, which stays with its session.
    File,
}

impl Vault {
    /// Whether there is something of this name. Nothing has a name that is no data identifier.
    pub fn has(&self, name: &str) -> bool {
        name.parse::<FieldName>().is_ok_and(|name| self.0.contains_key(&name))
    }

    /// The names of all that there is.
    pub fn names(&self) -> impl Iterator<Item = &FieldName> {
        self.0.keys()
    }

    /// The value of this name; a file is none.
    pub fn value(&self, name: &FieldName) -> Option<&Value> {
        match &self.0.get(name)?.content {
            Content::Value(value) => Some(value),
            Content::File => None,
        }
    }

    /// The session that collected the value of this name; `None` for what the tenant's backend wrote.
    pub fn session_of_value(&self, name: &FieldName) -> Option<&SessionId> {
        self.0.get(name)?.session.as_ref()
    }

    /// The session that keeps the file of this name.
    pub fn session_of_file(&self, name: &FieldName) -> Option<&SessionId> {
        let entry = self.0.get(name)?;
        matches!(entry.content, Content::File).then_some(entry.session.as_ref())?
    }

    /// All values; a file is none.
    pub fn known(&self) -> Values {
        let value = |(name, entry): (&FieldName, &Entry)| match &entry.content {
            Content::Value(value) => Some((name.clone(), value.clone())),
            Content::File => None,
        };
        self.0.iter().filter_map(value).collect()
    }

    /// The names of what was added, changed or removed since it was `former`.
    pub fn changed_since(&self, former: Option<&Vault>) -> Vec<FieldName> {
        let before = |name: &FieldName| former.and_then(|former| former.0.get(name));
        let changed = self.0.iter().filter(|(name, entry)| !before(name).is_some_and(|it| it.is_like(entry)));
        let removed = former.into_iter().flat_map(Vault::names).filter(|name| !self.0.contains_key(*name));
        let mut names: Vec<FieldName> = changed.map(|(name, _)| name).chain(removed).cloned().collect();
        names.sort_unstable();
        names
    }

    /// Takes over what a session collected, as far as it belongs here.
    pub fn learn(&mut self, session: &Session, whose: Whose) {
        let about_business = session.skill.business.is_some();
        let mut learn = |name: FieldName, content| {
            if whose.gets(&name, about_business) {
                self.0.insert(name, Entry { session: Some(session.id.clone()), content });
            }
        };
        for submission in &session.state.submissions {
            if let Given::Form(values) = &submission.given {
                values.iter().for_each(|(name, value)| learn(name.clone(), Content::Value(value.clone())));
            }
        }
        files(session).into_iter().for_each(|(name, _)| learn(name, Content::File));
    }

    /// Takes over what was said of somebody else in a session.
    pub fn note(&mut self, name: FieldName, value: Value, session: &SessionId) {
        self.0.insert(name, Entry { session: Some(session.clone()), content: Content::Value(value) });
    }

    /// Writes what the tenant's backend knows better, and removes what it wants removed.
    pub fn rewrite(&mut self, rewrite: &Rewrite) {
        for (name, value) in &rewrite.values {
            self.0.insert(name.clone(), Entry { session: None, content: Content::Value(value.clone()) });
        }
        self.0.retain(|name, _| !rewrite.removed.contains(name));
    }

    /// Forgets what is erased.
    pub fn erase(&mut self, what: &Erasure) {
        self.0.retain(|name, _| !what.covers(name));
    }

    /// Forgets what a session collected.
    pub fn forget(&mut self, session: &SessionId) {
        self.0.retain(|_, entry| entry.session.as_ref() != Some(session));
    }
}

impl Session {
    /// The file that is called so in the vault.
    pub fn file(&self, name: &FieldName) -> Option<&Upload> {
        files(self).into_iter().find_map(|(called, upload)| (called == *name).then_some(upload))
    }
}

/// Whether this is the name of a file, as [`files`] gives them.
pub fn is_file(name: &FieldName) -> bool {
    match name.as_str().rsplit_once('.') {
        Some((what, which)) => what.starts_with("document.") && UploadName::from_text(which).is_some(),
        None => {
            let further = name.as_str().strip_prefix(UploadName::Selfie.as_str());
            further.is_some_and(|rest| {
                rest.is_empty() || rest.strip_prefix('_').is_some_and(|number| number.parse::<u16>().is_ok())
            })
        }
    }
}

/// The files of a session, by what they are called in the vault. Of two documents of one kind in a session
/// the second is called so: `document.passport_2.front`.
pub fn files(session: &Session) -> Vec<(FieldName, &Upload)> {
    let mut files = Vec::new();
    let mut taken: Vec<String> = Vec::new();
    for submission in &session.state.submissions {
        let what = match &submission.given {
            Given::Document(kind) => kind.as_str(),
            Given::Selfie => UploadName::Selfie.as_str(),
            _ => submission.step.as_str(),
        };
        let numbered = (2..).map(|number| format!("{what}_{number}"));
        let mut names = std::iter::once(what.to_owned()).chain(numbered);
        let what =
            names.find(|name| !taken.contains(name)).unwrap_or_else(|| unreachable!("numbers do not end"));
        files.extend(submission.uploads.iter().map(|upload| (file_name(&what, submission, upload), upload)));
        taken.push(what);
    }
    files
}

fn file_name(what: &str, submission: &Submission, upload: &Upload) -> FieldName {
    let text = match submission.given {
        Given::Selfie => what.into(),
        _ => ["document.", what, ".", upload.name.as_str()].concat(),
    };
    text.parse().unwrap_or_else(|_| unreachable!("words joined by dots are an identifier of a document"))
}
