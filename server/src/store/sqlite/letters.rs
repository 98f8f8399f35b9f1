//! Messages to people, on their way.

use async_trait::async_trait;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection, query};
use vestibule_protocol::date::Timestamp;
use vestibule_protocol::id::{LetterId, TenantId};
use vestibule_protocol::onboarding::AuthMethod;

use super::SqliteStore;
use super::row::{identifier, instant};
use crate::store::StoreFault;
use crate::store::letters::{LetterRow, Letters};

pub(super) async fn put(
    transaction: &mut SqliteConnection,
    tenant: &TenantId,
    row: &LetterRow,
) -> Result<(), sqlx::Error> {
    query(
        "INSERT INTO letter (tenant_id, id, method, valid_until, due_at, attempts, sealed) \
         VALUES (?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(tenant.as_str())
    .bind(row.id.as_str())
    .bind(row.method.as_str())
    .bind(row.valid_until.millis())
    .bind(row.due_at.millis())
    .bind(row.attempts)
    .bind(&row.sealed)
    .execute(transaction)
    .await?;
    Ok(())
}

#[async_trait]
impl Letters for SqliteStore {
    async fn due_letters(
        &self,
        method: AuthMethod,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<(TenantId, LetterRow)>, StoreFault> {
        let rows = query("SELECT * FROM letter WHERE method = ? AND due_at <= ? ORDER BY due_at LIMIT ?")
            .bind(method.as_str())
            .bind(now.millis())
            .bind(limit)
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(|row| Ok((identifier(row, "tenant_id")?, letter_row(row)?))).collect()
    }

    async fn postpone_letter(
        &self,
        tenant: &TenantId,
        letter: &LetterId,
        due_at: Timestamp,
    ) -> Result<(), StoreFault> {
        query("UPDATE letter SET due_at = ?, attempts = attempts + 1 WHERE tenant_id = ? AND id = ?")
            .bind(due_at.millis())
            .bind(tenant.as_str())
            .bind(letter.as_str())
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    async fn remove_letter(&self, tenant: &TenantId, letter: &LetterId) -> Result<(), StoreFault> {
        query("DELETE FROM letter WHERE tenant_id = ? AND id = ?")
            .bind(tenant.as_str())
            .bind(letter.as_str())
            .execute(&self.writer)
            .await?;
        Ok(())
    }
}

fn letter_row(row: &SqliteRow) -> Result<LetterRow, StoreFault> {
    let method = AuthMethod::from_text(row.try_get("method")?);
    Ok(LetterRow {
        id: identifier(row, "id")?,
        method: method.ok_or_else(|| StoreFault("an unknown way of a letter".into()))?,
        valid_until: instant(row, "valid_until")?,
        due_at: instant(row, "due_at")?,
        attempts: row.try_get("attempts")?,
        sealed: row.try_get("sealed")?,
    })
}
