//! Tenants are told of what happens: by HTTP, at addresses that they name, signed as Standard Webhooks
//! says (<https://www.standardwebhooks.com>).
//!
//! `outbox` puts events into the words of the families, in the transaction of what they tell of. `courier`
//! takes what is due and sees it delivered; `post` is one attempt, and `reach` says where it may lead.

pub mod courier;
pub mod endpoint;
mod family;
pub mod outbox;
pub mod payload;
pub mod post;
pub mod reach;
mod schedule;
pub mod sign;
pub mod target;
pub mod trust;
