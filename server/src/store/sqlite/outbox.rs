//! Endpoints, and what is on its way to them.

use async_trait::async_trait;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection, query};
use vestibule_protocol::date::Timestamp;
use vestibule_protocol::id::{DeliveryId, EndpointId, TenantId};
use vestibule_protocol::webhook::{DeliveryAttempt, DeliveryProblem, DeliveryState, WebhookFamily};

use super::SqliteStore;
use super::row::{identifier, instant};
use crate::store::outbox::{DeliveryRow, EndpointRow, MessageRow, Outbox, Selection, Settlement};
use crate::store::{CommitError, StoreFault};

/// How many rows are removed at once, so that others who write need not wait long.
const REMOVED_AT_ONCE: u32 = 500;

/// Puts a message into the outbox for each endpoint of its family.
pub(super) async fn post(
    transaction: &mut SqliteConnection,
    tenant: &TenantId,
    message: &MessageRow,
) -> Result<(), sqlx::Error> {
    let endpoints = query("SELECT id FROM webhook_endpoint WHERE tenant_id = ? AND family = ?")
        .bind(tenant.as_str())
        .bind(message.family.as_str())
        .fetch_all(&mut *transaction)
        .await?;
    for row in endpoints {
        let endpoint = identifier(&row, "id").map_err(|StoreFault(error)| sqlx::Error::Decode(error))?;
        put(transaction, tenant, &endpoint, message).await?;
    }
    Ok(())
}

/// At the end of the line of its subject.
async fn put(
    transaction: &mut SqliteConnection,
    tenant: &TenantId,
    endpoint: &EndpointId,
    message: &MessageRow,
) -> Result<SqliteRow, sqlx::Error> {
    query(
        "INSERT INTO webhook_delivery \
         (tenant_id, id, endpoint_id, message_id, subject, event, created_at, state, due_at, attempts, \
          wrapped_key, sealed) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'pending', \
          CASE WHEN EXISTS (SELECT 1 FROM webhook_delivery WHERE tenant_id = ?1 AND endpoint_id = ?3 \
           AND subject = ?5 AND state = 'pending') THEN NULL ELSE ?7 END, 0, ?8, ?9) RETURNING *",
    )
    .bind(tenant.as_str())
    .bind(message.delivery(endpoint).as_str())
    .bind(endpoint.as_str())
    .bind(message.id.as_str())
    .bind(&message.subject)
    .bind(&message.event)
    .bind(message.at.millis())
    .bind(&message.wrapped_key)
    .bind(&message.sealed)
    .fetch_one(transaction)
    .await
}

#[async_trait]
impl Outbox for SqliteStore {
    async fn add_endpoint(
        &self,
        tenant: &TenantId,
        row: &EndpointRow,
        most: u32,
    ) -> Result<bool, StoreFault> {
        let added = query(
            "INSERT INTO webhook_endpoint SELECT ?1, ?2, ?3, ?4, 1, ?5, ?6 \
             WHERE (SELECT COUNT(*) FROM webhook_endpoint WHERE tenant_id = ?1) < ?7",
        )
        .bind(tenant.as_str())
        .bind(row.id.as_str())
        .bind(row.family.as_str())
        .bind(row.created_at.millis())
        .bind(&row.wrapped_key)
        .bind(&row.sealed)
        .bind(most)
        .execute(&self.writer)
        .await?;
        Ok(added.rows_affected() == 1)
    }

    async fn endpoints(&self, tenant: &TenantId) -> Result<Vec<EndpointRow>, StoreFault> {
        let rows = query("SELECT * FROM webhook_endpoint WHERE tenant_id = ? ORDER BY created_at, id")
            .bind(tenant.as_str())
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(endpoint_row).collect()
    }

    async fn endpoint(&self, tenant: &TenantId, id: &EndpointId) -> Result<Option<EndpointRow>, StoreFault> {
        query("SELECT * FROM webhook_endpoint WHERE tenant_id = ? AND id = ?")
            .bind(tenant.as_str())
            .bind(id.as_str())
            .fetch_optional(&self.readers)
            .await?
            .map(|row| endpoint_row(&row))
            .transpose()
    }

    async fn change_endpoint(&self, tenant: &TenantId, row: &EndpointRow) -> Result<(), CommitError> {
        let written = query(
            "UPDATE webhook_endpoint SET sealed = ?, version = version + 1 \
             WHERE tenant_id = ? AND id = ? AND version = ?",
        )
        .bind(&row.sealed)
        .bind(tenant.as_str())
        .bind(row.id.as_str())
        .bind(row.version)
        .execute(&self.writer)
        .await?;
        if written.rows_affected() == 1 { Ok(()) } else { Err(CommitError::Conflict) }
    }

    async fn remove_endpoint(&self, tenant: &TenantId, id: &EndpointId) -> Result<bool, StoreFault> {
        let removed = query("DELETE FROM webhook_endpoint WHERE tenant_id = ? AND id = ?")
            .bind(tenant.as_str())
            .bind(id.as_str())
            .execute(&self.writer)
            .await?;
        Ok(removed.rows_affected() == 1)
    }

    async fn post_to(
        &self,
        tenant: &TenantId,
        endpoint: &EndpointId,
        message: &MessageRow,
    ) -> Result<Option<DeliveryRow>, StoreFault> {
        let mut transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        let known = query("SELECT 1 FROM webhook_endpoint WHERE tenant_id = ? AND id = ?")
            .bind(tenant.as_str())
            .bind(endpoint.as_str())
            .fetch_optional(&mut *transaction)
            .await?;
        if known.is_none() {
            return Ok(None);
        }
        let row = put(&mut transaction, tenant, endpoint, message).await?;
        transaction.commit().await?;
        delivery_row(&row).map(Some)
    }

    async fn deliveries(&self, tenant: &TenantId, which: &Selection) -> Result<Vec<DeliveryRow>, StoreFault> {
        let after = which.after.as_ref();
        let rows = query(
            "SELECT * FROM webhook_delivery WHERE tenant_id = ?1 AND (?2 IS NULL OR state = ?2) \
             AND (?3 IS NULL OR endpoint_id = ?3) AND (?4 IS NULL OR (created_at, id) < (?4, ?5)) \
             ORDER BY created_at DESC, id DESC LIMIT ?6",
        )
        .bind(tenant.as_str())
        .bind(which.state.map(DeliveryState::as_str))
        .bind(which.endpoint.as_ref().map(EndpointId::as_str))
        .bind(after.map(|(at, _)| at.millis()))
        .bind(after.map(|(_, id)| id.as_str()))
        .bind(which.limit)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(delivery_row).collect()
    }

    async fn resend(
        &self,
        tenant: &TenantId,
        id: &DeliveryId,
        now: Timestamp,
    ) -> Result<Option<DeliveryRow>, StoreFault> {
        query(
            "UPDATE webhook_delivery SET state = 'pending', attempts = 0, \
             due_at = CASE WHEN state = 'pending' AND due_at IS NULL THEN NULL ELSE ? END \
             WHERE tenant_id = ? AND id = ? RETURNING *",
        )
        .bind(now.millis())
        .bind(tenant.as_str())
        .bind(id.as_str())
        .fetch_optional(&self.writer)
        .await?
        .map(|row| delivery_row(&row))
        .transpose()
    }

    async fn settle(
        &self,
        tenant: &TenantId,
        tried: &DeliveryRow,
        attempt: &DeliveryAttempt,
        settlement: Settlement,
    ) -> Result<(), StoreFault> {
        let (state, due_at) = match settlement {
            Settlement::Delivered => (DeliveryState::Delivered, None),
            Settlement::Retry(at) => (DeliveryState::Pending, Some(at)),
            Settlement::Parked => (DeliveryState::Parked, None),
        };
        let mut transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        let settled = query(
            "UPDATE webhook_delivery SET state = ?, due_at = ?, attempts = attempts + 1, attempted_at = ?, \
             answer = ? WHERE tenant_id = ? AND id = ? AND state = 'pending' AND attempts = ? AND due_at = ?",
        )
        .bind(state.as_str())
        .bind(due_at.map(Timestamp::millis))
        .bind(attempt.at.millis())
        .bind(answer(attempt))
        .bind(tenant.as_str())
        .bind(tried.id.as_str())
        .bind(tried.attempts)
        .bind(tried.due_at.map(Timestamp::millis))
        .execute(&mut *transaction)
        .await?;
        if settled.rows_affected() == 1 && due_at.is_none() {
            come_forward(&mut transaction, tenant, tried, attempt.at).await?;
        }
        Ok(transaction.commit().await?)
    }

    async fn due_endpoints(&self, now: Timestamp) -> Result<Vec<(TenantId, EndpointId)>, StoreFault> {
        let rows = query(
            "SELECT tenant_id, id FROM webhook_endpoint WHERE EXISTS (SELECT 1 FROM webhook_delivery \
             WHERE tenant_id = webhook_endpoint.tenant_id AND endpoint_id = webhook_endpoint.id \
             AND due_at <= ?)",
        )
        .bind(now.millis())
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(|row| Ok((identifier(row, "tenant_id")?, identifier(row, "id")?))).collect()
    }

    async fn due_deliveries(
        &self,
        tenant: &TenantId,
        endpoint: &EndpointId,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<DeliveryRow>, StoreFault> {
        let rows = query(
            "SELECT * FROM webhook_delivery WHERE tenant_id = ? AND endpoint_id = ? AND due_at <= ? \
             ORDER BY due_at, number LIMIT ?",
        )
        .bind(tenant.as_str())
        .bind(endpoint.as_str())
        .bind(now.millis())
        .bind(limit)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(delivery_row).collect()
    }

    async fn forget_delivered(&self, before: Timestamp) -> Result<u64, StoreFault> {
        let forgotten = query(
            "DELETE FROM webhook_delivery WHERE number IN (SELECT number FROM webhook_delivery \
             WHERE state = 'delivered' AND attempted_at < ? LIMIT ?)",
        )
        .bind(before.millis())
        .bind(REMOVED_AT_ONCE)
        .execute(&self.writer)
        .await?;
        Ok(forgotten.rows_affected())
    }
}

/// Makes the first in the line of a subject due, unless it is already.
async fn come_forward(
    transaction: &mut SqliteConnection,
    tenant: &TenantId,
    behind: &DeliveryRow,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    query(
        "UPDATE webhook_delivery SET due_at = ? WHERE due_at IS NULL AND number = (SELECT MIN(number) \
         FROM webhook_delivery WHERE tenant_id = ? AND endpoint_id = ? AND subject = ? AND state = 'pending')",
    )
    .bind(now.millis())
    .bind(tenant.as_str())
    .bind(behind.endpoint.as_str())
    .bind(&behind.subject)
    .execute(transaction)
    .await?;
    Ok(())
}

fn answer(attempt: &DeliveryAttempt) -> Option<String> {
    let status = attempt.status.map(|status| status.to_string());
    status.or_else(|| attempt.problem.map(|problem| problem.as_str().into()))
}

fn endpoint_row(row: &SqliteRow) -> Result<EndpointRow, StoreFault> {
    Ok(EndpointRow {
        id: identifier(row, "id")?,
        family: word(row, "family", WebhookFamily::from_text)?,
        created_at: instant(row, "created_at")?,
        version: row.try_get("version")?,
        wrapped_key: row.try_get("wrapped_key")?,
        sealed: row.try_get("sealed")?,
    })
}

fn delivery_row(row: &SqliteRow) -> Result<DeliveryRow, StoreFault> {
    let due_at: Option<i64> = row.try_get("due_at")?;
    let attempted_at: Option<i64> = row.try_get("attempted_at")?;
    let answer: Option<&str> = row.try_get("answer")?;
    let answer = answer.unwrap_or_default();
    Ok(DeliveryRow {
        id: identifier(row, "id")?,
        endpoint: identifier(row, "endpoint_id")?,
        message: identifier(row, "message_id")?,
        subject: row.try_get("subject")?,
        event: row.try_get("event")?,
        created_at: instant(row, "created_at")?,
        state: word(row, "state", DeliveryState::from_text)?,
        due_at: due_at.map(Timestamp::from_millis),
        attempts: row.try_get("attempts")?,
        last: attempted_at.map(|at| DeliveryAttempt {
            at: Timestamp::from_millis(at),
            status: answer.parse().ok(),
            problem: DeliveryProblem::from_text(answer),
        }),
        wrapped_key: row.try_get("wrapped_key")?,
        sealed: row.try_get("sealed")?,
    })
}

/// A word of a closed set.
fn word<T>(row: &SqliteRow, column: &str, read: fn(&str) -> Option<T>) -> Result<T, StoreFault> {
    let text: &str = row.try_get(column)?;
    read(text)
        .ok_or_else(|| StoreFault(format!("{column} is {text}, which this program does not know").into()))
}
