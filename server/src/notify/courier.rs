//! The queues of letters, and one attempt at one letter.

use vestibule_protocol::id::TenantId;
use vestibule_protocol::onboarding::AuthMethod;

use super::Unsent;
use crate::app::App;
use crate::courier::Queue;
use crate::courier::schedule::again;
use crate::ledger::Fault;
use crate::store::letters::LetterRow;
use crate::webhook::courier::Bell;

/// The letters of all tenants that go one way. Each way has a courier of its own, so that a mail server that
/// hangs holds up no text message.
#[derive(Clone, Copy, Debug)]
pub struct Letters(AuthMethod);

impl Letters {
    /// Those that go by e-mail.
    pub const MAIL: Self = Self(AuthMethod::Email);
    /// Those that go to phones.
    pub const TEXTS: Self = Self(AuthMethod::Phone);
}

impl Queue for Letters {
    type Row = LetterRow;

    const NAME: &'static str = "messages to people";

    fn bell<'a>(&self, app: &'a App) -> &'a Bell {
        app.notifier.bell(self.0)
    }

    async fn due(&self, app: &App, limit: u32) -> Result<Vec<(TenantId, LetterRow)>, Fault> {
        Ok(app.store.due_letters(self.0, app.now(), limit).await?)
    }

    fn name(row: &LetterRow) -> String {
        row.id.to_string()
    }

    async fn attempt(&self, app: &App, tenant: &TenantId, row: &LetterRow) -> Result<(), Fault> {
        let (now, letter) = (app.now(), &row.id);
        if now >= row.valid_until {
            tracing::warn!(%letter, attempts = row.attempts, "a message was not sent in time");
            return Ok(app.store.remove_letter(tenant, letter).await?);
        }
        let opened = app.ledger.open_letter(tenant, row)?;
        let sent = app.notifier.send(&app.tenant(tenant).await?, letter, &opened, now).await;
        match sent {
            Ok(()) => {}
            Err(Unsent { problem, may_come_again: false, .. }) => {
                tracing::warn!(%letter, %problem, "a message cannot be sent");
            }
            Err(Unsent { problem, asked_seconds, .. }) => {
                tracing::warn!(%letter, %problem, "a message could not be sent yet");
                let due_at = again(row.attempts, asked_seconds, app.now(), row.valid_until);
                return Ok(app.store.postpone_letter(tenant, letter, due_at).await?);
            }
        }
        Ok(app.store.remove_letter(tenant, letter).await?)
    }
}
