//! A tenant's backend redeems a result token, by whichever of its two names.

use vestibule_protocol::id::CredentialsId;
use vestibule_protocol::secret::{AccessToken, Reveal};

use super::error::Failure;
use crate::app::{App, TRIES};
use crate::digest::Digest;
use crate::engine::redeem::NotInForce;
use crate::engine::session::{Completion, Session};
use crate::ledger::Fault;
use crate::store::{SessionChange, Tenant};

/// What became of it.
pub struct Redeemed {
    /// The session.
    pub session: Session,
    /// What was decided in it.
    pub completion: Completion,
}

impl Redeemed {
    /// What was collected, as the tenant reads it.
    pub fn credentials(&self) -> &CredentialsId {
        &self.completion.credentials
    }
}

/// Redeems `token`, once. `access` then reads what was collected. Gives `None` for a token that is not
/// in force, or is another tenant's.
///
/// # Errors
/// [`Failure`] when the store fails.
pub async fn redeem(
    app: &App,
    tenant: &Tenant,
    token: &impl Reveal,
    access: Option<&AccessToken>,
) -> Result<Option<Redeemed>, Failure> {
    let digest = Digest::of_secret(token);
    for _ in 0..TRIES {
        let Some(id) = app.store.session_of_result(&tenant.id, &digest).await? else { return Ok(None) };
        let Some(kept) = app.ledger.session(&tenant.id, &id).await? else { return Ok(None) };
        let (session, completion) = match kept.content.clone().redeem(&digest, app.now()) {
            Ok(redeemed) => redeemed,
            Err(NotInForce) => return Ok(None),
        };
        let mut change = SessionChange::of(app.ledger.seal_session(&kept, &session)?);
        change.access_token = access.map(Digest::of_secret);
        if app.commit(&tenant.id, &change.into()).await? {
            return Ok(Some(Redeemed { session, completion }));
        }
    }
    Err(Fault::Contention.into())
}
