//! The server behind the flow: it issues sessions, keeps what they collect and judges it.
//!
//! `engine` is pure; `store`, `blob` and `vault` keep; `api` translates. See ARCHITECTURE.md.

pub mod api;
pub mod app;
pub mod blob;
pub mod clock;
pub mod config;
pub mod courier;
pub mod demo;
pub mod digest;
pub mod engine;
pub mod jwt;
pub mod ledger;
pub mod limits;
pub mod media;
pub mod notify;
pub mod passkey;
pub mod provider;
pub mod random;
pub mod sandbox;
pub mod serve;
pub mod site;
pub mod skills;
pub mod store;
pub mod sweep;
pub mod tenants;
pub mod vault;
pub mod webhook;
