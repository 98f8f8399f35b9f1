//! What a provider is to be asked.

use async_trait::async_trait;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection, query};
use vestibule_protocol::date::Timestamp;
use vestibule_protocol::id::{SessionId, TenantId};
use vestibule_protocol::outcome::ProvidedCheck;

use super::SqliteStore;
use super::row::{digest, identifier, instant};
use crate::engine::provided::Question;
use crate::store::StoreFault;
use crate::store::questions::{QuestionRow, Questions};

pub(super) async fn put(
    transaction: &mut SqliteConnection,
    tenant: &TenantId,
    row: &QuestionRow,
) -> Result<(), sqlx::Error> {
    query(
        "INSERT INTO provider_question \
         (tenant_id, session_id, made_check, evidence, asked_at, due_at, attempts) \
         VALUES (?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(tenant.as_str())
    .bind(row.session.as_str())
    .bind(row.question.check.as_str())
    .bind(row.question.evidence.as_bytes().as_slice())
    .bind(row.asked_at.millis())
    .bind(row.due_at.millis())
    .bind(row.attempts)
    .execute(transaction)
    .await?;
    Ok(())
}

pub(super) async fn take(
    transaction: &mut SqliteConnection,
    tenant: &TenantId,
    session: &SessionId,
    question: Question,
) -> Result<(), sqlx::Error> {
    query(
        "DELETE FROM provider_question \
         WHERE tenant_id = ? AND session_id = ? AND made_check = ? AND evidence = ?",
    )
    .bind(tenant.as_str())
    .bind(session.as_str())
    .bind(question.check.as_str())
    .bind(question.evidence.as_bytes().as_slice())
    .execute(transaction)
    .await?;
    Ok(())
}

#[async_trait]
impl Questions for SqliteStore {
    async fn due_questions(
        &self,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<(TenantId, QuestionRow)>, StoreFault> {
        let rows = query("SELECT * FROM provider_question WHERE due_at <= ? ORDER BY due_at LIMIT ?")
            .bind(now.millis())
            .bind(limit)
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(|row| Ok((identifier(row, "tenant_id")?, question_row(row)?))).collect()
    }

    async fn postpone(
        &self,
        tenant: &TenantId,
        asked: &QuestionRow,
        due_at: Timestamp,
    ) -> Result<(), StoreFault> {
        query(
            "UPDATE provider_question SET due_at = ?, attempts = attempts + 1 \
             WHERE tenant_id = ? AND session_id = ? AND made_check = ? AND evidence = ?",
        )
        .bind(due_at.millis())
        .bind(tenant.as_str())
        .bind(asked.session.as_str())
        .bind(asked.question.check.as_str())
        .bind(asked.question.evidence.as_bytes().as_slice())
        .execute(&self.writer)
        .await?;
        Ok(())
    }
}

fn question_row(row: &SqliteRow) -> Result<QuestionRow, StoreFault> {
    let check = ProvidedCheck::from_text(row.try_get("made_check")?);
    let check = check.ok_or_else(|| StoreFault("an unknown check of a provider".into()))?;
    Ok(QuestionRow {
        session: identifier(row, "session_id")?,
        question: Question { check, evidence: digest(row, "evidence")? },
        asked_at: instant(row, "asked_at")?,
        due_at: instant(row, "due_at")?,
        attempts: row.try_get("attempts")?,
    })
}
