//! By what people log in, and how often codes were sent.

use async_trait::async_trait;
use sqlx::{Row, SqliteConnection, query};
use vestibule_protocol::date::Timestamp;
use vestibule_protocol::id::{TenantId, UserId};

use super::SqliteStore;
use super::row::identifier;
use crate::digest::Digest;
use crate::store::logins::{CodeRow, LoginChange, Logins};
use crate::store::{CommitError, StoreFault, UserRow};

/// How long it is remembered that a code was sent, in seconds: longer than any limit looks back.
const REMEMBERED: i64 = 2 * 86_400;

pub(super) async fn change(
    transaction: &mut SqliteConnection,
    tenant: &TenantId,
    change: &LoginChange,
) -> Result<(), CommitError> {
    let sql = if change.gained {
        "INSERT INTO login (key, tenant_id, user_id) VALUES (?, ?, ?) \
         ON CONFLICT (tenant_id, key) DO UPDATE SET user_id = user_id WHERE user_id = excluded.user_id"
    } else {
        "DELETE FROM login WHERE key = ? AND tenant_id = ? AND user_id = ?"
    };
    let written = query(sql)
        .bind(change.key.as_bytes().as_slice())
        .bind(tenant.as_str())
        .bind(change.user.as_str())
        .execute(transaction)
        .await?;
    if written.rows_affected() == 1 || !change.gained { Ok(()) } else { Err(CommitError::Conflict) }
}

pub(super) async fn code(
    transaction: &mut SqliteConnection,
    tenant: &TenantId,
    row: &CodeRow,
) -> Result<(), CommitError> {
    query("DELETE FROM code_sent WHERE sent_at < ?")
        .bind(row.at.plus_seconds(-REMEMBERED).millis())
        .execute(&mut *transaction)
        .await?;
    for limit in row.limits {
        let since = row.at.plus_seconds(-limit.within);
        if count(&mut *transaction, tenant, &row.address, since).await? >= limit.most {
            return Err(CommitError::Conflict);
        }
    }
    query("INSERT INTO code_sent (tenant_id, address, sent_at) VALUES (?, ?, ?)")
        .bind(tenant.as_str())
        .bind(row.address.as_bytes().as_slice())
        .bind(row.at.millis())
        .execute(transaction)
        .await?;
    Ok(())
}

/// Removes somebody who was made for a session and is nobody.
pub(super) async fn nobody(
    transaction: &mut SqliteConnection,
    tenant: &TenantId,
    row: &UserRow,
) -> Result<(), CommitError> {
    let removed = query("DELETE FROM user WHERE tenant_id = ? AND id = ? AND version = ?")
        .bind(tenant.as_str())
        .bind(row.id.as_str())
        .bind(row.version)
        .execute(transaction)
        .await?;
    if removed.rows_affected() == 1 { Ok(()) } else { Err(CommitError::Conflict) }
}

async fn count<'a>(
    executor: impl sqlx::SqliteExecutor<'a>,
    tenant: &TenantId,
    address: &Digest,
    since: Timestamp,
) -> Result<u32, StoreFault> {
    let row =
        query("SELECT COUNT(*) AS number FROM code_sent WHERE tenant_id = ? AND address = ? AND sent_at > ?")
            .bind(tenant.as_str())
            .bind(address.as_bytes().as_slice())
            .bind(since.millis())
            .fetch_one(executor)
            .await?;
    Ok(row.try_get("number")?)
}

#[async_trait]
impl Logins for SqliteStore {
    async fn person_of_login(&self, tenant: &TenantId, key: &Digest) -> Result<Option<UserId>, StoreFault> {
        query("SELECT user_id FROM login WHERE tenant_id = ? AND key = ?")
            .bind(tenant.as_str())
            .bind(key.as_bytes().as_slice())
            .fetch_optional(&self.readers)
            .await?
            .map(|row| identifier(&row, "user_id"))
            .transpose()
    }

    async fn codes_sent(
        &self,
        tenant: &TenantId,
        address: &Digest,
        since: Timestamp,
    ) -> Result<u32, StoreFault> {
        count(&self.readers, tenant, address, since).await
    }
}
