//! The Steps API: what a browser speaks, whichever family started the session.

mod burst;
mod create;
mod credentials;
mod hosted;
mod open;
mod skills;
mod spool;
mod submit;
mod token;
mod upload;

use vestibule_protocol::endpoint::{
    CreateSession, EraseCredentials, HostSession, ListSkills, OpenSession, ReadCredentials, ReadSkill,
    RedeemToken, RedeemTokens, SubmitStep, UploadFile,
};
use vestibule_protocol::problem::Code;

use super::call::{Auth, Call, Calls};
use super::error::Family;

/// The calls that are answered within a time.
pub fn calls() -> Calls {
    Calls::of(Family::Steps)
        .with(Call::new(CreateSession, create::create).refuses(&[
            Code::InvalidClientId,
            Code::InvalidClientAppKey,
            Code::InvalidSkillName,
            Code::InvalidExternalId,
            Code::SandboxMismatch,
            Code::LoginUnavailable,
        ]))
        .with(Call::new(OpenSession, open::open).auth(Auth::SessionToken).refuses(&[Code::SessionExpired]))
        .with(
            Call::new(HostSession, hosted::host)
                .refuses(&[Code::InvalidConfigurationId, Code::LoginUnavailable]),
        )
        .with(Call::new(SubmitStep, submit::submit).refuses(&[
            Code::InvalidClientId,
            Code::InvalidSkillName,
            Code::SandboxMismatch,
            Code::InvalidStep,
            Code::InvalidNonce,
            Code::NonceUsed,
            Code::NonceExpired,
            Code::UploadsMissing,
            Code::SessionExpired,
            Code::SessionCompleted,
        ]))
        .with(Call::new(RedeemToken, token::redeem).refuses(OF_REDEMPTION))
        .with(Call::new(RedeemTokens, token::redeem).refuses(OF_REDEMPTION))
        .with(Call::new(ReadCredentials, credentials::read).auth(Auth::AccessToken))
        .with(Call::new(EraseCredentials, credentials::erase).auth(Auth::AccessToken))
        .with(Call::new(ListSkills, skills::list))
        .with(Call::new(ReadSkill, skills::read))
}

const OF_REDEMPTION: &[Code] = &[Code::InvalidClientId, Code::InvalidClientSecret, Code::InvalidTempToken];

/// The call that takes as long as a file on a bad connection; the file's limit is the skill's.
pub fn uploads() -> Calls {
    Calls::of(Family::Steps).with(Call::new(UploadFile, upload::upload).multipart().refuses(&[
        Code::InvalidNonce,
        Code::NonceExpired,
        Code::InvalidStep,
        Code::TooManyAttempts,
        Code::SessionExpired,
        Code::SessionCompleted,
    ]))
}
