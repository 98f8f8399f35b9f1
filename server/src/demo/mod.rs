//! The made-up bank's backend: what a customer writes, in Rust. Sandbox only.
//!
//! It knows two things: the address of the API and the bank's secrets. It asks for a session, and
//! in the end for the result; the person's browser sees neither secret. It shares no code with the
//! server that it happens to run in, and talks to it over HTTP like everybody else.

mod bank;
mod routes;

pub use bank::{Bank, KeysMissing};
pub use routes::routes;

#[cfg(test)]
mod tests;
