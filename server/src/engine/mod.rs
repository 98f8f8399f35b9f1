//! What a session is and what can happen to it. Pure: transitions take the event, the time and fresh
//! secrets as arguments and give the next state or say why not. No store, no clock, no network.

pub mod again;
pub mod audit;
mod branch;
pub mod business;
pub mod decide;
pub mod erase;
pub mod event;
pub mod given;
pub mod grant;
pub mod judge;
mod late;
pub mod login;
pub mod nonce;
pub mod omni;
pub mod onboarding;
pub mod open;
pub mod plan;
pub mod provided;
pub mod reading;
pub mod record;
pub mod redeem;
pub mod review;
pub mod rewrite;
pub mod session;
pub mod sight;
pub mod submit;
pub mod upload;
pub mod user;
pub mod vault;
pub mod view;

#[cfg(test)]
mod tests;
