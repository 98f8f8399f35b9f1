//! Passkeys: how one is made for a person on a tenant's page, and how its signature is judged there.
//!
//! This is the server's half of Web Authentication (W3C, Level 3). Each ceremony begins with what the browser
//! is asked, and ends with what it answered. What stands between is [`Ceremony::state`]: it holds the
//! challenge, so it belongs into the sealed session and goes with the first answer, whatever that was worth.
//! webauthn-rs calls letting it be serialised a danger, because whoever puts it into a cookie lets the same
//! answer be given twice; here it never leaves the server.
//!
//! webauthn-rs judges what is signed. What it leaves to its caller is judged here: that the page is the very
//! origin that was asked and no frame in another, that the ceremony has not ended, that the passkey is of this
//! host and of this person, and that its name is the one that was signed.
//!
//! The crate draws the challenge itself, 32 bytes of a generator that the operating system seeds, so no
//! `Random` is an argument here. It reads the clock only to judge certificates, of which none is asked for.

mod begun;
mod kept;
mod login;
mod refused;
mod registration;
mod relying_party;
mod response;

pub use begun::Ceremony;
pub use kept::{Passkey, UserHandle};
pub use login::{begin_discoverable_login, begin_login, finish_login};
pub use refused::PasskeyRefused;
pub use registration::{Person, begin_registration, finish_registration};
pub use relying_party::RelyingParty;
pub use response::credential_of;

/// Does what may be logged by the crate that does it, without the log: it writes down what a browser sent, at
/// the level `error` too.
fn unlogged<T>(judge: impl FnOnce() -> T) -> T {
    tracing::subscriber::with_default(tracing::subscriber::NoSubscriber::default(), judge)
}
