//! What happens by itself as time passes: sessions expire, decisions wait for files no longer, and what was
//! delivered is forgotten.

use std::sync::Arc;
use std::time::Duration;

use vestibule_protocol::id::{SessionId, TenantId};

use crate::api::complete::{Learned, complete};
use crate::app::App;
use crate::ledger::Fault;
use crate::store::SessionChange;

/// How often it is looked.
const ROUND: Duration = Duration::from_secs(1);
/// How long nothing is done after a fault, which is likely to be there still.
const REST: Duration = Duration::from_secs(60);
/// How many sessions are taken at once.
const AT_ONCE: u32 = 100;
/// How often deliveries are forgotten, in seconds of the clock.
const FORGET_EVERY: i64 = 3_600;

/// Sweeps for as long as the server runs. It is kept for `keep_days` days that something was delivered.
pub async fn sweep(app: Arc<App>, keep_days: u32) {
    let mut forget_at = app.now();
    loop {
        let round = async {
            expire(&app).await?;
            if forget_at <= app.now() {
                forget(&app, keep_days).await?;
                forget_at = app.now().plus_seconds(FORGET_EVERY);
            }
            Ok::<(), Fault>(())
        };
        let rest = match round.await {
            Ok(()) => ROUND,
            Err(fault) => {
                tracing::error!(%fault, "what is past its time cannot be swept");
                REST
            }
        };
        tokio::time::sleep(rest).await;
    }
}

/// Notes of sessions that are past their life that they have expired, or decides what waited for files, so
/// that their tenants are told.
async fn expire(app: &App) -> Result<(), Fault> {
    for (tenant, session) in app.store.sessions_to_expire(app.now(), AT_ONCE).await? {
        if let Err(fault) = expire_one(app, &tenant, &session).await {
            tracing::error!(%fault, %session, "a session cannot be brought to its end");
        }
    }
    Ok(())
}

/// Somebody may complete it at the last moment, and write first: then it is looked at again in the next
/// round.
async fn expire_one(app: &App, tenant: &TenantId, session: &SessionId) -> Result<(), Fault> {
    let Some(kept) = app.ledger.session(tenant, session).await? else { return Ok(()) };
    let mut ended = kept.content.clone().expire(app.now()).decide_late(app.now());
    let given_up = kept.content.awaits_files() && !ended.awaits_files();
    let learned =
        if given_up { complete(app, tenant, &mut ended, None, None).await? } else { Learned::default() };
    let change = SessionChange::of(app.ledger.seal_session(&kept, &ended)?);
    app.commit(tenant, &learned.with(change)).await?;
    Ok(())
}

async fn forget(app: &App, keep_days: u32) -> Result<(), Fault> {
    let before = app.now().plus_seconds(-i64::from(keep_days) * 24 * 3600);
    while app.store.forget_delivered(before).await? > 0 {}
    Ok(())
}
