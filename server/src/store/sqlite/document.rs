//! The numbers of documents, as keyed digests.

use sqlx::{Executor, Row, Sqlite, SqliteConnection, query};
use vestibule_protocol::id::{TenantId, UserId};

use crate::digest::Digest;
use crate::store::{CommitError, SeenDocument, SessionRow};

/// Whether somebody else than `user` has given it.
pub(super) async fn of_another<'c>(
    reader: impl Executor<'c, Database = Sqlite>,
    tenant: &TenantId,
    document: &Digest,
    user: &UserId,
) -> Result<bool, sqlx::Error> {
    query("SELECT EXISTS (SELECT 1 FROM document WHERE tenant_id = ? AND digest = ? AND user_id <> ?)")
        .bind(tenant.as_str())
        .bind(document.as_bytes().as_slice())
        .bind(user.as_str())
        .fetch_one(reader)
        .await?
        .try_get(0)
}

/// Forgets what this person has given.
pub(super) async fn forget(
    transaction: &mut SqliteConnection,
    tenant: &TenantId,
    user: &UserId,
) -> Result<(), CommitError> {
    query("DELETE FROM document WHERE tenant_id = ? AND user_id = ?")
        .bind(tenant.as_str())
        .bind(user.as_str())
        .execute(transaction)
        .await?;
    Ok(())
}

/// Notes that it was given in a session, unless the decision was made on what is no longer so.
pub(super) async fn write(
    transaction: &mut SqliteConnection,
    tenant: &TenantId,
    session: &SessionRow,
    document: &SeenDocument,
) -> Result<(), CommitError> {
    let now = of_another(&mut *transaction, tenant, &document.digest, &session.user).await?;
    if now != document.of_another {
        return Err(CommitError::Conflict);
    }
    query("INSERT OR IGNORE INTO document (tenant_id, digest, session_id, user_id) VALUES (?, ?, ?, ?)")
        .bind(tenant.as_str())
        .bind(document.digest.as_bytes().as_slice())
        .bind(session.id.as_str())
        .bind(session.user.as_str())
        .execute(transaction)
        .await?;
    Ok(())
}
