//! The Steps API: what a browser speaks, whichever family started the session.

mod create;
mod credentials;
mod open;
mod skills;
mod spool;
mod submit;
mod token;
mod upload;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use vestibule_protocol::endpoint::{
    CreateSession, Endpoint, ListSkills, OpenSession, ReadCredentials, ReadSkill, RedeemToken, RedeemTokens,
    SubmitStep, UploadFile,
};

use crate::app::App;

/// The calls that are answered within a time.
pub fn calls() -> Router<Arc<App>> {
    Router::new()
        .route(CreateSession::PATH, post(create::create))
        .route(OpenSession::PATH, post(open::open))
        .route(SubmitStep::PATH, post(submit::submit))
        .route(RedeemToken::PATH, post(token::redeem))
        .route(RedeemTokens::PATH, post(token::redeem))
        .route(ReadCredentials::PATH, get(credentials::read).delete(credentials::erase))
        .route(ListSkills::PATH, get(skills::list))
        .route(ReadSkill::PATH, get(skills::read))
}

/// The call that takes as long as a file on a bad connection; the file's limit is the skill's.
pub fn uploads() -> Router<Arc<App>> {
    Router::new().route(UploadFile::PATH, post(upload::upload).layer(DefaultBodyLimit::disable()))
}
