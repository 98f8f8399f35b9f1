//! Audit records, which are added and read.

use async_trait::async_trait;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection, query};
use vestibule_protocol::id::{AuditId, TenantId};

use super::SqliteStore;
use super::row::{identifier, instant};
use crate::store::audit::{AuditLog, AuditRow, Subject};
use crate::store::{CommitError, Page, StoreFault};

pub(super) async fn write(
    transaction: &mut SqliteConnection,
    tenant: &TenantId,
    row: &AuditRow,
) -> Result<(), CommitError> {
    query("INSERT INTO audit (tenant_id, id, subject, at, sealed) VALUES (?, ?, ?, ?, ?)")
        .bind(tenant.as_str())
        .bind(row.id.as_str())
        .bind(row.subject.as_str())
        .bind(row.at.millis())
        .bind(&row.sealed)
        .execute(transaction)
        .await?;
    Ok(())
}

#[async_trait]
impl AuditLog for SqliteStore {
    async fn audits(
        &self,
        tenant: &TenantId,
        subject: Option<&Subject>,
        page: Page<'_, AuditId>,
    ) -> Result<Option<Vec<AuditRow>>, StoreFault> {
        let before = match page.after {
            Some(after) => match self.place(tenant, after).await? {
                Some(place) => place,
                None => return Ok(None),
            },
            None => i64::MAX,
        };
        let chosen = match subject {
            Some(_) => {
                "SELECT * FROM audit WHERE tenant_id = ? AND place < ? AND subject = ?3 ORDER BY place DESC LIMIT ?4"
            }
            None => "SELECT * FROM audit WHERE tenant_id = ? AND place < ? ORDER BY place DESC LIMIT ?4",
        };
        let rows = query(chosen)
            .bind(tenant.as_str())
            .bind(before)
            .bind(subject.map(Subject::as_str))
            .bind(page.most)
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(audit_row).collect::<Result<_, _>>().map(Some)
    }
}

impl SqliteStore {
    async fn place(&self, tenant: &TenantId, id: &AuditId) -> Result<Option<i64>, StoreFault> {
        let row = query("SELECT place FROM audit WHERE tenant_id = ? AND id = ?")
            .bind(tenant.as_str())
            .bind(id.as_str())
            .fetch_optional(&self.readers)
            .await?;
        Ok(row.map(|row| row.try_get(0)).transpose()?)
    }
}

fn audit_row(row: &SqliteRow) -> Result<AuditRow, StoreFault> {
    let subject = match identifier(row, "subject") {
        Ok(user) => Subject::User(user),
        Err(_) => Subject::Business(identifier(row, "subject")?),
    };
    Ok(AuditRow {
        id: identifier(row, "id")?,
        subject,
        at: instant(row, "at")?,
        sealed: row.try_get("sealed")?,
    })
}
