//! Businesses, as a tenant's backend sees them, and who owns them.

pub(super) mod create;
pub(super) mod invite;
pub(super) mod list;
pub(super) mod mark;
pub(super) mod owners;
pub(super) mod read;

use vestibule_protocol::onboarding::{Business, BusinessOwner};

use crate::engine::business;

fn described(business: &business::Business) -> Business {
    Business {
        id: business.id.clone(),
        external_id: business.external_id.clone(),
        status: business.state.status,
        requires_manual_review: business.state.requires_manual_review,
    }
}

fn owner(owner: &business::Owner) -> BusinessOwner {
    BusinessOwner {
        fp_id: owner.user.clone(),
        kind: owner.kind,
        ownership_stake: owner.stake,
        status: owner.status(),
        requires_manual_review: owner.decided.is_some_and(|decided| decided.requires_manual_review),
    }
}
