//! What crosses the wire between a person's browser, the server and a tenant's backend.
//!
//! Everything here is pure: no IO, no clock, no randomness, no browser. The same parsers and the
//! same types run in the browser (as wasm) and in the server, so that both refuse the same input
//! with the same code. `wire/` holds one golden JSON document for every shape.

pub mod burst;
pub mod date;
pub mod endpoint;
pub mod field;
pub mod id;
pub mod login;
pub mod message;
pub mod omni;
pub mod onboarding;
pub mod outcome;
pub mod problem;
pub mod provider;
pub mod schema;
pub mod secret;
pub mod session;
pub mod skill;
pub mod step;
pub mod submission;
pub mod upload;
pub mod webhook;
