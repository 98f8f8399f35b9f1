//! What authenticators are asked, and what their answers are worth.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use vestibule_protocol::login::AuthMethod;

use super::Page;
use crate::app::App;
use crate::engine::login::{Ceremonies, Ceremony, KeptPasskey, Key, Logins, masked};
use crate::engine::session::Session;
use crate::engine::user::User;
use crate::ledger::Fault;
use crate::passkey::{
    self, Passkey, begin_discoverable_login, begin_login, begin_registration, finish_login,
    finish_registration,
};
use crate::store::Tenant;

/// What authenticators can be asked at this page, in this session of this person.
///
/// # Errors
/// [`Fault`] when a passkey is not of the shape in which this version keeps it.
pub(super) fn ceremonies(
    app: &App,
    tenant: &Tenant,
    session: &Session,
    person: &User,
    page: &Page,
) -> Result<Ceremonies, Fault> {
    let Some(party) = &page.party else { return Ok(Ceremonies::default()) };
    let now = app.now();
    let passkeys = read(&person.state.logins)?;
    let proof = match session.state.login.named {
        true => begin_login(party, &passkeys, now),
        false => Some(begin_discoverable_login(party, now)),
    };
    let shown = [AuthMethod::Email, AuthMethod::Phone].into_iter().find_map(|method| person.contact(method));
    let shown = shown.map(|contact| masked(&contact)).unwrap_or_default();
    let whom = passkey::Person {
        user_handle: app.ledger.handle(&tenant.id, &person.id),
        name: &shown,
        display_name: &shown,
    };
    let making = begin_registration(party, &whom, &passkeys, now);
    Ok(Ceremonies { proof: proof.map(kept), making: Some(kept(making)) })
}

fn kept(ceremony: passkey::Ceremony) -> Ceremony {
    Ceremony { options: ceremony.options, state: ceremony.state }
}

/// By what the person is found who answers so; `None` for what is no answer of an authenticator.
pub(super) fn key(response: &str) -> Option<Key> {
    let credential = passkey::credential_of(response).ok()?;
    Some(Key::Passkey(URL_SAFE_NO_PAD.encode(credential)))
}

/// The passkey that answers, as it is to be kept from now on; `None` for one that is not good. `holder` is
/// whose it says it is.
///
/// # Errors
/// [`Fault`] as above.
pub(super) fn proved(
    app: &App,
    session: &Session,
    holder: Option<&User>,
    page: &Page,
    response: &str,
) -> Result<Option<KeptPasskey>, Fault> {
    let (Some(party), Some(ceremony), Some(holder)) = (&page.party, &session.state.login.ceremony, holder)
    else {
        return Ok(None);
    };
    let passkeys = read(&holder.state.logins)?;
    let proved = finish_login(party, &ceremony.state, response, &passkeys, app.now());
    proved.ok().map(|passkey| written(&passkey)).transpose()
}

/// The passkey that was made, in the same manner.
///
/// # Errors
/// [`Fault`].
pub(super) fn made(
    app: &App,
    session: &Session,
    page: &Page,
    response: &str,
) -> Result<Option<KeptPasskey>, Fault> {
    let (Some(party), Some(ceremony)) = (&page.party, &session.state.login.ceremony) else { return Ok(None) };
    let made = finish_registration(party, &ceremony.state, response, app.now());
    made.ok().map(|passkey| written(&passkey)).transpose()
}

fn read(logins: &Logins) -> Result<Vec<Passkey>, Fault> {
    let read = |kept: &KeptPasskey| serde_json::from_str(&kept.record);
    logins.passkeys.iter().map(read).collect::<Result<_, _>>().map_err(|_| Fault::Shape("a passkey".into()))
}

fn written(passkey: &Passkey) -> Result<KeptPasskey, Fault> {
    Ok(KeptPasskey {
        credential: URL_SAFE_NO_PAD.encode(passkey.credential()),
        record: serde_json::to_string(passkey).map_err(|_| Fault::Shape("a passkey".into()))?,
    })
}
