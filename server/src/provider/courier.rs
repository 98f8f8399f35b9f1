//! The queue of what a provider is to be asked.

use vestibule_protocol::id::TenantId;

use super::attempt::attempt;
use crate::app::App;
use crate::courier::Queue;
use crate::ledger::Fault;
use crate::store::questions::QuestionRow;
use crate::webhook::courier::Bell;

/// What a provider is to be asked, of all tenants.
#[derive(Clone, Copy, Debug)]
pub struct Inquiries;

impl Queue for Inquiries {
    type Row = QuestionRow;

    const NAME: &'static str = "questions to providers";

    fn bell<'a>(&self, app: &'a App) -> &'a Bell {
        &app.questions_bell
    }

    async fn due(&self, app: &App, limit: u32) -> Result<Vec<(TenantId, QuestionRow)>, Fault> {
        Ok(app.store.due_questions(app.now(), limit).await?)
    }

    fn name(row: &QuestionRow) -> String {
        row.question.id(&row.session).to_string()
    }

    async fn attempt(&self, app: &App, tenant: &TenantId, row: &QuestionRow) -> Result<(), Fault> {
        attempt(app, tenant, row).await
    }
}
