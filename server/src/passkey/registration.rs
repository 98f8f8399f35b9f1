//! Making a passkey.

use vestibule_protocol::date::Timestamp;
use webauthn_rs::prelude::{RegisterPublicKeyCredential, Uuid};
use webauthn_rs_proto::{
    PublicKeyCredentialDescriptor, RequestRegistrationExtensions, ResidentKeyRequirement,
};

use super::begun::{Asked, Begun, Ceremony};
use super::kept::{Passkey, UserHandle};
use super::refused::PasskeyRefused;
use super::relying_party::RelyingParty;
use super::{response, unlogged};

/// Whom a passkey is for. All of it is kept by their device.
#[derive(Clone, Copy)]
pub struct Person<'a> {
    /// By which the device knows them.
    pub user_handle: UserHandle,
    /// What tells this account from others of theirs, such as the e-mail address: their device shows it when
    /// they choose a passkey. Where it is empty, the host stands there.
    pub name: &'a str,
    /// What the person is called. Where it is empty, the name stands there.
    pub display_name: &'a str,
}

/// Begins to make a passkey for a person who has proved who they are. `existing` are those that they have
/// already: a device that holds one of this host makes no second one.
///
/// The device is asked to make sure who uses it, to keep the passkey where it is found without its name, and
/// not to tell what device it is.
pub fn begin_registration(
    party: &RelyingParty,
    person: &Person<'_>,
    existing: &[Passkey],
    now: Timestamp,
) -> Ceremony {
    let name = [person.name, party.id()].into_iter().find(|name| !name.is_empty()).unwrap_or_default();
    let display_name =
        [person.display_name, name].into_iter().find(|name| !name.is_empty()).unwrap_or_default();
    let (mut asked, challenge) = unlogged(|| {
        let handle = Uuid::from_bytes(person.user_handle);
        party.rules().start_passkey_registration(handle, name, display_name, None)
    })
    .expect("there is a name, which is all that is asked for");

    let options = &mut asked.public_key;
    // The crate discourages it, for the sake of small security keys. But a login that begins with nobody's
    // name finds no other passkey, and some phones make none unless it is required.
    let device = options.authenticator_selection.get_or_insert_default();
    device.resident_key = Some(ResidentKeyRequirement::Required);
    device.require_resident_key = true;
    // Nothing is asked for whose answer nobody reads.
    options.extensions = options.extensions.take().map(|extensions| RequestRegistrationExtensions {
        uvm: None,
        cred_props: None,
        ..extensions
    });
    let here = existing.iter().filter(|passkey| passkey.relying_party() == party.id());
    let excluded = here.map(|passkey| PublicKeyCredentialDescriptor {
        type_: "public-key".to_owned(),
        id: passkey.credential().to_vec(),
        transports: passkey.transports(),
    });
    let excluded: Vec<_> = excluded.collect();
    let existing = excluded.iter().map(|descriptor| descriptor.id.clone()).collect();
    options.exclude_credentials = Some(excluded);
    let asked_for = Asked::Registration { user_handle: person.user_handle, existing, challenge };
    Begun::begin(party, now, options, asked_for)
}

/// The passkey that a browser's answer makes. The caller makes sure that no other person has this credential:
/// an attacker can name any.
///
/// # Errors
/// [`PasskeyRefused`], of which any ends the ceremony.
pub fn finish_registration(
    party: &RelyingParty,
    state: &str,
    response: &str,
    now: Timestamp,
) -> Result<Passkey, PasskeyRefused> {
    let Asked::Registration { user_handle, existing, challenge } = Begun::read(state, party, now)? else {
        return Err(PasskeyRefused::Ended);
    };
    let answer: RegisterPublicKeyCredential = response::read_of(party, response)?;
    let key = unlogged(|| party.rules().finish_passkey_registration(&answer, &challenge))?;
    if *key.cred_id() != answer.raw_id {
        return Err(PasskeyRefused::Malformed);
    }
    if existing.contains(key.cred_id()) {
        return Err(PasskeyRefused::AlreadyRegistered);
    }
    Ok(Passkey::new(party.id(), user_handle, key, answer.response.transports, now))
}
