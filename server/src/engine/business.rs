//! A business, as a tenant knows it: what was given of it, who owns it, and how it stands.

mod declared;

use serde::{Deserialize, Serialize};
use thiserror::Error;
use vestibule_protocol::field::{FieldName, Owner as DeclaredOwner, SECONDARY_OWNERS};
use vestibule_protocol::id::{BusinessId, ExternalId, SessionId, UserId};
use vestibule_protocol::onboarding::OwnerKind;
use vestibule_protocol::outcome::Status;
use vestibule_protocol::skill::BusinessSpec;

use super::erase::Erasure;
use super::event::Decision;
use super::onboarding::Decided;
use super::record::Record;
use super::rewrite::Rewrite;
use super::session::{Session, Stage};
use super::vault::Vault;

/// A business, within one tenant.
pub type Business = Record<BusinessId, BusinessState>;

/// What is kept of a business.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct BusinessState {
    /// How it stands.
    pub status: Status,
    /// Whether a person is to look at it.
    pub requires_manual_review: bool,
    /// What is known of it.
    pub vault: Vault,
    /// Who owns it, in the order in which they became known.
    pub owners: Vec<Owner>,
    /// What the skill says of its owners, by which the business was described. `None` until it was.
    pub terms: Option<BusinessSpec>,
    /// The session in which it was described last.
    pub described_in: Option<SessionId>,
}

/// An owner of a business.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    /// Who.
    pub user: UserId,
    /// Whether it is the person who acts for it.
    pub kind: OwnerKind,
    /// Their share in percent, where it is known.
    pub stake: Option<u8>,
    /// What the person who acts for the business said of them; `None` for one whom the tenant marked, or
    /// who acts for it, and when it was erased.
    pub declared: Option<DeclaredOwner>,
    /// What was decided of them; `None` while they have something to give.
    pub decided: Option<Decided>,
}

/// The shares would add up to more than there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the shares of the owners exceed the whole")]
pub struct StakesExceed;

impl Business {
    /// A business of which nothing was begun.
    pub fn new(id: BusinessId, external_id: Option<ExternalId>) -> Self {
        let state = BusinessState {
            status: Status::None,
            requires_manual_review: false,
            vault: Vault::default(),
            owners: Vec::new(),
            terms: None,
            described_in: None,
        };
        Self { id, external_id, state }
    }

    /// A business that the tenant knows before any session about it.
    pub fn known(id: BusinessId, external_id: Option<ExternalId>, data: &Rewrite) -> Self {
        let mut business = Self::new(id, external_id);
        business.state.vault.rewrite(data);
        business
    }

    /// How it stands.
    pub fn standing(&self) -> Decision {
        Decision { status: self.state.status, requires_manual_review: self.state.requires_manual_review }
    }

    /// Forgets what is erased, also where it stands beside an owner. Who owns how much stays, and what was
    /// decided of it: an owner of whom nothing is said any more is like one whom the tenant marked.
    pub fn erase(&mut self, what: &Erasure) {
        self.state.vault.erase(what);
        if what.covers(&declared::field(SECONDARY_OWNERS)) {
            self.state.owners.iter_mut().for_each(|owner| owner.declared = None);
        }
    }

    /// The owner who is this person.
    pub fn owner(&self, user: &UserId) -> Option<&Owner> {
        self.state.owners.iter().find(|owner| owner.user == *user)
    }

    /// A business that this person acts for.
    pub fn of(id: BusinessId, external_id: Option<ExternalId>, user: &UserId) -> Self {
        let mut business = Self::new(id, external_id);
        business.state.owners.push(Owner::new(user.clone(), OwnerKind::Primary, None));
        business
    }

    /// One who acts for it turns out to be somebody who was known.
    pub fn pass_on(&mut self, from: &UserId, to: &UserId) {
        let owns = self.owner(to).is_some();
        self.state.owners.retain(|owner| owner.user != *from || !owns);
        for owner in self.state.owners.iter_mut().filter(|owner| owner.user == *from) {
            owner.user = to.clone();
        }
    }

    /// Notes that a session about it was begun.
    pub fn begin(&mut self) {
        if self.state.status == Status::None {
            self.state.status = Status::Incomplete;
        }
    }

    /// Marks a person as an owner, or corrects the share of one.
    ///
    /// # Errors
    /// [`StakesExceed`]; nothing has changed then.
    pub fn mark(&mut self, user: &UserId, stake: Option<u8>) -> Result<(), StakesExceed> {
        let others = self.state.owners.iter().filter(|owner| owner.user != *user);
        if sum(others) + u32::from(stake.unwrap_or(0)) > WHOLE {
            return Err(StakesExceed);
        }
        match self.state.owners.iter_mut().find(|owner| owner.user == *user) {
            Some(owner) => owner.stake = stake,
            None => self.state.owners.push(Owner::new(user.clone(), OwnerKind::Secondary, stake)),
        }
        self.decide();
        Ok(())
    }

    /// Takes over what was decided of an owner in a complete session of theirs. It counts if it ran the
    /// skill by which this business's owners are checked; what the person who acts for it gave counts by
    /// the session in which they described it.
    pub fn hear(&mut self, session: &Session) {
        let Stage::Completed(completion) = &session.state.stage else { return };
        let describes = session.skill.business.is_some();
        let checks = self.state.terms.as_ref().is_some_and(|terms| terms.owner_skill == session.skill.name);
        let Some(owner) = self.state.owners.iter_mut().find(|owner| owner.user == session.user) else {
            return;
        };
        if describes || (checks && owner.kind == OwnerKind::Secondary) {
            owner.decided = (!session.is_pending()).then(|| Decided::by(completion));
            self.decide();
        }
    }

    /// Decides of what is known.
    ///
    /// - Nothing is decided before the business was described.
    /// - It fails as soon as an owner fails who must pass: the person who acts for it, and whoever owns as
    ///   much as the skill requires, or an unknown share.
    /// - It is pending until each of its owners is decided.
    /// - Then it passes. A person is to look at it if one is to look at any of its owners, if an owner of
    ///   less failed, or if the shares exceed the whole.
    fn decide(&mut self) {
        let Some(terms) = &self.state.terms else { return };
        let owners = &self.state.owners;
        let must_pass = |owner: &Owner| {
            owner.kind == OwnerKind::Primary || owner.stake.is_none_or(|stake| stake >= terms.required_stake)
        };
        let failed = |owner: &&Owner| owner.decided.is_some_and(|decided| decided.status == Status::Fail);
        let status = if owners.iter().filter(failed).any(must_pass) {
            Status::Fail
        } else if owners.iter().any(|owner| owner.decided.is_none()) {
            Status::Pending
        } else {
            Status::Pass
        };
        let flagged = |owner: &Owner| owner.decided.is_some_and(|decided| decided.requires_manual_review);
        let doubtful = owners.iter().filter(failed).any(|owner| !must_pass(owner));
        let review = owners.iter().any(flagged) || doubtful || sum(owners) > WHOLE;
        (self.state.status, self.state.requires_manual_review) = (status, review);
    }
}

impl Owner {
    fn new(user: UserId, kind: OwnerKind, stake: Option<u8>) -> Self {
        Self { user, kind, stake, declared: None, decided: None }
    }

    /// How they stand.
    pub fn status(&self) -> Status {
        self.decided.map_or(Status::Incomplete, |decided| decided.status)
    }
}

/// Everything, in percent.
const WHOLE: u32 = 100;

fn sum<'a>(owners: impl IntoIterator<Item = &'a Owner>) -> u32 {
    owners.into_iter().map(|owner| u32::from(owner.stake.unwrap_or(0))).sum()
}

/// Whether a field says something of a business, and not of a person.
pub fn is_of_business(name: &FieldName) -> bool {
    name.as_str().starts_with("business.")
}
