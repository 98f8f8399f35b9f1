//! The person who acts for a business describes it, and says who else owns it.

use vestibule_protocol::field::{FieldName, Owner as DeclaredOwner, PRIMARY_STAKE, SECONDARY_OWNERS, Value};
use vestibule_protocol::id::UserId;
use vestibule_protocol::onboarding::OwnerKind;
use vestibule_protocol::outcome::Status;

use super::{Business, Owner};
use crate::engine::session::{Session, Values};
use crate::engine::user::User;
use crate::engine::vault::Whose;

impl Business {
    /// Takes over what the person who acts for it gave in a complete session, and gives the people who
    /// are new: one for each owner whom they named and nobody knew. `given` is all that they gave, in
    /// former sessions of the onboarding too; `people` are those who own it so far.
    ///
    /// Who owned it by an earlier description and is not in this one owns it no more. An owner whom the
    /// tenant marked stays. Who is named twice has both shares. A session whose files come after its
    /// token is decided later: it has described the business already then.
    pub fn describe(
        &mut self,
        session: &Session,
        given: &Values,
        people: &[User],
        mut new_id: impl FnMut() -> UserId,
    ) -> Vec<User> {
        if session.completion().is_none() || self.state.described_in.as_ref() == Some(&session.id) {
            self.hear(session);
            return Vec::new();
        }
        self.state.described_in = Some(session.id.clone());
        let former = std::mem::take(&mut self.state.owners);
        self.state.vault.learn(session, Whose::Business);
        self.state.terms.clone_from(&session.skill.business);
        self.act(&session.user, &former, stake(given));
        let mut new = Vec::new();
        for declared in declared(given) {
            let known = known(declared, session, &former, people);
            let user = known.unwrap_or_else(|| {
                let already = new.iter().find(|user: &&User| is_called(user, declared));
                already.map_or_else(&mut new_id, |user| user.id.clone())
            });
            if self.owner(&user).is_none() && former.iter().all(|owner| owner.user != user) {
                new.push(invited(user.clone(), declared, session));
            }
            self.declare(user, declared, &former);
        }
        let marked = former.into_iter().filter(|owner| owner.declared.is_none());
        let marked: Vec<Owner> = marked.filter(|owner| self.owner(&owner.user).is_none()).collect();
        self.state
            .owners
            .extend(marked.into_iter().map(|owner| Owner { kind: OwnerKind::Secondary, ..owner }));
        self.hear(session);
        new
    }

    /// This person acts for it.
    fn act(&mut self, user: &UserId, former: &[Owner], stake: Option<u8>) {
        let known = former.iter().find(|owner| owner.user == *user).cloned();
        let owner = known.unwrap_or_else(|| Owner::new(user.clone(), OwnerKind::Primary, None));
        self.state.owners.push(Owner { kind: OwnerKind::Primary, stake, declared: None, ..owner });
    }

    /// This person owns what was said of them.
    fn declare(&mut self, user: UserId, declared: &DeclaredOwner, former: &[Owner]) {
        let stake = percent(declared.ownership_stake);
        if let Some(twice) = self.state.owners.iter_mut().find(|owner| owner.user == user) {
            twice.stake = Some(twice.stake.unwrap_or(0).saturating_add(stake));
            return;
        }
        let known = former.iter().find(|owner| owner.user == user).cloned();
        let owner = known.unwrap_or_else(|| Owner::new(user, OwnerKind::Secondary, None));
        let is_marked = owner.declared.is_none() && former.iter().any(|known| known.user == owner.user);
        self.state.owners.push(Owner {
            kind: OwnerKind::Secondary,
            stake: Some(stake),
            declared: (!is_marked).then(|| declared.clone()),
            ..owner
        });
    }
}

/// The owner of a former description, or the person who acts, who has this name and e-mail address.
fn known(declared: &DeclaredOwner, session: &Session, former: &[Owner], people: &[User]) -> Option<UserId> {
    let before = former.iter().find(|owner| owner.declared.as_ref().is_some_and(|it| is_same(it, declared)));
    let owned = people.iter().filter(|user| former.iter().any(|owner| owner.user == user.id));
    let called = owned.into_iter().find(|user| is_called(user, declared)).map(|user| user.id.clone());
    let acts = is_called_so(&session.values(), declared).then(|| session.user.clone());
    before.map(|owner| owner.user.clone()).or(called).or(acts)
}

/// A person of whom nothing is known but what was said of them.
fn invited(id: UserId, declared: &DeclaredOwner, session: &Session) -> User {
    let mut user = User::new(id, None);
    user.state.status = Status::None;
    let said = [
        ("id.first_name", &declared.first_name),
        ("id.last_name", &declared.last_name),
        ("id.email", &declared.email),
    ];
    for (name, text) in said {
        user.state.vault.note(field(name), Value::Text(text.clone()), &session.id);
    }
    user
}

fn stake(given: &Values) -> Option<u8> {
    match given.get(&field(PRIMARY_STAKE)) {
        Some(Value::Integer(stake)) => Some(percent(*stake)),
        _ => None,
    }
}

fn declared(given: &Values) -> &[DeclaredOwner] {
    match given.get(&field(SECONDARY_OWNERS)) {
        Some(Value::Owners(owners)) => owners,
        _ => &[],
    }
}

fn is_called(user: &User, declared: &DeclaredOwner) -> bool {
    is_called_so(&user.state.vault.known(), declared)
}

fn is_called_so(known: &Values, declared: &DeclaredOwner) -> bool {
    let has = |name, text: &str| match known.get(&field(name)) {
        Some(Value::Text(known)) => is_alike(known, text),
        _ => false,
    };
    has("id.first_name", &declared.first_name)
        && has("id.last_name", &declared.last_name)
        && has("id.email", &declared.email)
}

fn is_same(one: &DeclaredOwner, other: &DeclaredOwner) -> bool {
    is_alike(&one.first_name, &other.first_name)
        && is_alike(&one.last_name, &other.last_name)
        && is_alike(&one.email, &other.email)
}

/// Whether two texts differ in capitals at most.
fn is_alike(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

/// A parsed share, which is 1 to 100.
fn percent(stake: i64) -> u8 {
    u8::try_from(stake).unwrap_or(u8::MAX)
}

pub(super) fn field(name: &str) -> FieldName {
    name.parse().unwrap_or_else(|_| unreachable!("these are data identifiers"))
}
