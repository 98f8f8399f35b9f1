//! People, as a tenant's backend knows them.

pub(super) mod create;
pub(super) mod list;
pub(super) mod read;
pub(super) mod request_info;
pub(super) mod review;

use vestibule_protocol::onboarding::{InfoRequest, User};

use crate::engine::user;

/// A person as the wire describes them.
fn described(user: user::User) -> User {
    let request = user.state.info_request;
    User {
        id: user.id,
        external_id: user.external_id,
        status: user.state.status,
        requires_manual_review: user.state.requires_manual_review,
        requires_additional_info: request
            .map(|request| InfoRequest { timestamp: request.at, note: request.note }),
    }
}
