//! Letting a person in by a passkey.

use vestibule_protocol::date::Timestamp;
use webauthn_rs::prelude::{DiscoverableAuthentication, PublicKeyCredential, RequestChallengeResponse};
use webauthn_rs_proto::AllowCredentials;

use super::begun::{Asked, Begun, Ceremony};
use super::kept::Passkey;
use super::refused::PasskeyRefused;
use super::relying_party::RelyingParty;
use super::{response, unlogged};

/// Begins to let a person in of whom it is known who they say they are. They may use those of their passkeys
/// that are of this host; there is nothing to begin if none is.
pub fn begin_login(party: &RelyingParty, passkeys: &[Passkey], now: Timestamp) -> Option<Ceremony> {
    let here = passkeys.iter().filter(|passkey| passkey.relying_party() == party.id());
    let allowed: Vec<_> = here
        .map(|passkey| AllowCredentials {
            type_: "public-key".to_owned(),
            id: passkey.credential().to_vec(),
            transports: passkey.transports(),
        })
        .collect();
    if allowed.is_empty() {
        return None;
    }
    let (mut asked, challenge) = challenge(party);
    let named = allowed.iter().map(|credential| credential.id.clone()).collect();
    asked.public_key.allow_credentials = allowed;
    Some(Begun::begin(party, now, &asked.public_key, Asked::Login { allowed: Some(named), challenge }))
}

/// Begins to let in whoever chooses one of the passkeys that their device has for this host, as browsers offer
/// them in a field for a name (conditional mediation) or in a window. Who it is follows from [`credential_of`].
///
/// [`credential_of`]: super::credential_of
pub fn begin_discoverable_login(party: &RelyingParty, now: Timestamp) -> Ceremony {
    let (asked, challenge) = challenge(party);
    Begun::begin(party, now, &asked.public_key, Asked::Login { allowed: None, challenge })
}

/// Lets a person in whose passkeys are these, and gives the one that was used as it is to be kept from now on.
///
/// # Errors
/// [`PasskeyRefused`], of which any ends the ceremony. After [`PasskeyRefused::Cloned`] the passkey should not
/// be used any more.
pub fn finish_login(
    party: &RelyingParty,
    state: &str,
    response: &str,
    passkeys: &[Passkey],
    now: Timestamp,
) -> Result<Passkey, PasskeyRefused> {
    let Asked::Login { allowed, challenge } = Begun::read(state, party, now)? else {
        return Err(PasskeyRefused::Ended);
    };
    let answer: PublicKeyCredential = response::read_of(party, response)?;
    let used = passkeys
        .iter()
        .filter(|passkey| passkey.relying_party() == party.id())
        .find(|passkey| passkey.credential() == answer.raw_id)
        .ok_or(PasskeyRefused::Unknown)?;
    // Section 7.2, step 6: whom the device names is whose the passkey is. It has to name somebody where
    // nobody was named before.
    let named = answer.get_user_unique_id().filter(|handle| !handle.is_empty());
    let is_theirs = match &allowed {
        Some(allowed) => {
            allowed.contains(&answer.raw_id) && named.is_none_or(|handle| handle == used.user_handle())
        }
        None => named == Some(&used.user_handle()),
    };
    if !is_theirs {
        return Err(PasskeyRefused::Unknown);
    }
    let verdict =
        unlogged(|| party.rules().finish_discoverable_authentication_v2(&answer, challenge, &used.key))?;
    Ok(used.after(&verdict, now))
}

/// A challenge for whichever passkey. The crate's other kind takes the passkeys down in its state, and would
/// compare with the counters of then. Which are allowed stands in ours.
fn challenge(party: &RelyingParty) -> (RequestChallengeResponse, DiscoverableAuthentication) {
    let (mut asked, challenge) = unlogged(|| party.rules().start_discoverable_authentication())
        .expect("nothing is asked for that could be missing");
    // Nothing is asked for whose answer nobody reads.
    asked.public_key.extensions = None;
    (asked, challenge)
}
