//! What transactions write.

use sqlx::{SqliteConnection, query};
use vestibule_protocol::id::{SessionId, TenantId, UploadId};

use super::row::identifier;
use super::{audit, document, letters, logins, outbox, people, questions};
use crate::digest::Digest;
use crate::store::{
    Change, CommitError, Playbook, RecordRow, SessionChange, SessionRow, StoreFault, Tenant, UserRow,
};

pub(super) async fn tenant(
    transaction: &mut SqliteConnection,
    tenant: &Tenant,
    playbooks: &[Playbook],
) -> Result<(), StoreFault> {
    query("INSERT INTO tenant VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(tenant.id.as_str())
        .bind(&tenant.name)
        .bind(tenant.sandbox)
        .bind(tenant.client_id.as_str())
        .bind(tenant.app_key.as_bytes().as_slice())
        .bind(tenant.client_secret.as_bytes().as_slice())
        .bind(tenant.secret_key.as_bytes().as_slice())
        .bind(tenant.api_key.as_bytes().as_slice())
        .execute(&mut *transaction)
        .await?;
    for further in playbooks {
        playbook(transaction, &tenant.id, further).await?;
    }
    Ok(())
}

pub(super) async fn playbook(
    connection: &mut SqliteConnection,
    tenant: &TenantId,
    playbook: &Playbook,
) -> Result<(), StoreFault> {
    query("INSERT INTO playbook (tenant_id, key, configuration, skill) VALUES (?, ?, ?, ?)")
        .bind(tenant.as_str())
        .bind(playbook.key.as_str())
        .bind(playbook.configuration.as_str())
        .bind(playbook.skill.as_str())
        .execute(connection)
        .await?;
    Ok(())
}

pub(super) async fn change(
    transaction: &mut SqliteConnection,
    tenant: &TenantId,
    change: &Change,
) -> Result<(), CommitError> {
    for row in &change.users {
        user(transaction, tenant, row).await?;
    }
    for row in &change.businesses {
        let sql = if row.version == 0 { INSERT_BUSINESS } else { UPDATE_BUSINESS };
        record(transaction, tenant, row.id.as_str(), row, sql).await?;
    }
    if let Some(user) = &change.forgets_documents_of {
        document::forget(transaction, tenant, user).await?;
    }
    for change in &change.sessions {
        session_change(transaction, tenant, change).await?;
    }
    for login in &change.logins {
        logins::change(transaction, tenant, login).await?;
    }
    if let Some(row) = &change.code {
        logins::code(transaction, tenant, row).await?;
    }
    if let Some(row) = &change.nobody {
        logins::nobody(transaction, tenant, row).await?;
    }
    for row in &change.audits {
        audit::write(transaction, tenant, row).await?;
    }
    for row in &change.grants {
        people::grant(transaction, tenant, row).await?;
    }
    if let Some(used) = &change.used {
        people::use_grant(transaction, tenant, used).await?;
    }
    for letter in &change.letters {
        letters::put(transaction, tenant, letter).await?;
    }
    for message in &change.messages {
        outbox::post(transaction, tenant, message).await?;
    }
    Ok(())
}

async fn session_change(
    transaction: &mut SqliteConnection,
    tenant: &TenantId,
    change: &SessionChange,
) -> Result<(), CommitError> {
    session(transaction, tenant, &change.row).await?;
    let id = &change.row.id;
    if let Some(token) = &change.session_token {
        pointer(transaction, tenant, "session_token", token.as_bytes(), id).await?;
    }
    if let Some(interview) = &change.interview {
        pointer(transaction, tenant, "interview", interview.as_str().as_bytes(), id).await?;
    }
    for step in &change.steps {
        pointer(transaction, tenant, "step", step.as_str().as_bytes(), id).await?;
    }
    if let Some(token) = &change.result_token {
        pointer(transaction, tenant, "result_token", token.as_bytes(), id).await?;
    }
    if let Some(credentials) = &change.credentials {
        query("INSERT INTO credentials (tenant_id, id, session_id) VALUES (?, ?, ?)")
            .bind(tenant.as_str())
            .bind(credentials.as_str())
            .bind(id.as_str())
            .execute(&mut *transaction)
            .await?;
    }
    if let Some(token) = &change.access_token {
        access_token(transaction, tenant, token, id).await?;
    }
    for document in &change.documents {
        document::write(transaction, tenant, &change.row, document).await?;
    }
    if let Some(question) = change.answered {
        questions::take(transaction, tenant, id, question).await?;
    }
    for question in &change.questions {
        questions::put(transaction, tenant, question).await?;
    }
    for blob in &change.kept_blobs {
        mark_blob(transaction, tenant, blob, true).await?;
    }
    for blob in &change.doomed_blobs {
        mark_blob(transaction, tenant, blob, false).await?;
    }
    Ok(())
}

const INSERT_USER: &str = "INSERT INTO user (external_id, wrapped_key, sealed, status, review, tenant_id, id, version) \
     VALUES (?, ?, ?, ?, ?, ?, ?, ? + 1)";
const UPDATE_USER: &str = "UPDATE user SET external_id = ?, wrapped_key = ?, sealed = ?, status = ?, review = ?, version = version + 1 \
     WHERE tenant_id = ? AND id = ? AND version = ?";
const INSERT_BUSINESS: &str = "INSERT INTO business (external_id, wrapped_key, sealed, status, review, tenant_id, id, version) \
     VALUES (?, ?, ?, ?, ?, ?, ?, ? + 1)";
const UPDATE_BUSINESS: &str = "UPDATE business SET external_id = ?, wrapped_key = ?, sealed = ?, status = ?, review = ?, version = version + 1 \
     WHERE tenant_id = ? AND id = ? AND version = ?";

async fn user(
    transaction: &mut SqliteConnection,
    tenant: &TenantId,
    row: &UserRow,
) -> Result<(), CommitError> {
    let sql = if row.version == 0 { INSERT_USER } else { UPDATE_USER };
    record(transaction, tenant, row.id.as_str(), row, sql).await
}

async fn record<I>(
    transaction: &mut SqliteConnection,
    tenant: &TenantId,
    id: &str,
    row: &RecordRow<I>,
    sql: &'static str,
) -> Result<(), CommitError> {
    let written = query(sql)
        .bind(row.external_id.as_ref().map(|name| name.as_str()))
        .bind(&row.wrapped_key)
        .bind(&row.sealed)
        .bind(row.standing.map(|standing| standing.status.as_str()))
        .bind(row.standing.map(|standing| standing.requires_manual_review))
        .bind(tenant.as_str())
        .bind(id)
        .bind(row.version)
        .execute(transaction)
        .await?;
    if written.rows_affected() == 1 { Ok(()) } else { Err(CommitError::Conflict) }
}

async fn session(
    transaction: &mut SqliteConnection,
    tenant: &TenantId,
    row: &SessionRow,
) -> Result<(), CommitError> {
    let written = if row.version == 0 {
        let digest = Digest::of(row.skill_source.as_bytes());
        query("INSERT OR IGNORE INTO skill_source (digest, source) VALUES (?, ?)")
            .bind(digest.as_bytes().as_slice())
            .bind(&row.skill_source)
            .execute(&mut *transaction)
            .await?;
        query("INSERT INTO session VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?)")
            .bind(row.id.as_str())
            .bind(tenant.as_str())
            .bind(row.user.as_str())
            .bind(digest.as_bytes().as_slice())
            .bind(row.created_at.millis())
            .bind(row.expires_at.millis())
            .bind(&row.wrapped_key)
            .bind(&row.sealed)
            .bind(row.over)
            .bind(row.business.as_ref().map(|business| business.as_str()))
            .execute(transaction)
            .await?
    } else {
        query(
            "UPDATE session SET sealed = ?, over = ?, user_id = ?, version = version + 1 \
             WHERE tenant_id = ? AND id = ? AND version = ?",
        )
        .bind(&row.sealed)
        .bind(row.over)
        .bind(row.user.as_str())
        .bind(tenant.as_str())
        .bind(row.id.as_str())
        .bind(row.version)
        .execute(transaction)
        .await?
    };
    if written.rows_affected() == 1 { Ok(()) } else { Err(CommitError::Conflict) }
}

async fn pointer(
    transaction: &mut SqliteConnection,
    tenant: &TenantId,
    kind: &'static str,
    name: &[u8],
    session: &SessionId,
) -> Result<(), CommitError> {
    query("INSERT INTO pointer (kind, name, tenant_id, session_id) VALUES (?, ?, ?, ?)")
        .bind(kind)
        .bind(name)
        .bind(tenant.as_str())
        .bind(session.as_str())
        .execute(transaction)
        .await?;
    Ok(())
}

async fn access_token(
    transaction: &mut SqliteConnection,
    tenant: &TenantId,
    token: &Digest,
    session: &SessionId,
) -> Result<(), CommitError> {
    query(
        "INSERT INTO access_token (digest, tenant_id, credentials_id) \
         SELECT ?, tenant_id, id FROM credentials WHERE tenant_id = ? AND session_id = ?",
    )
    .bind(token.as_bytes().as_slice())
    .bind(tenant.as_str())
    .bind(session.as_str())
    .execute(transaction)
    .await?;
    Ok(())
}

async fn mark_blob(
    transaction: &mut SqliteConnection,
    tenant: &TenantId,
    blob: &UploadId,
    kept: bool,
) -> Result<(), CommitError> {
    query("UPDATE blob SET kept = ? WHERE tenant_id = ? AND id = ?")
        .bind(kept)
        .bind(tenant.as_str())
        .bind(blob.as_str())
        .execute(transaction)
        .await?;
    Ok(())
}

/// Pointers, credentials and access tokens go with the session.
pub(super) async fn erase(
    transaction: &mut SqliteConnection,
    tenant: &TenantId,
    session: &SessionRow,
) -> Result<Vec<UploadId>, CommitError> {
    let erased = query("DELETE FROM session WHERE tenant_id = ? AND id = ? AND version = ?")
        .bind(tenant.as_str())
        .bind(session.id.as_str())
        .bind(session.version)
        .execute(&mut *transaction)
        .await?;
    if erased.rows_affected() != 1 {
        return Err(CommitError::Conflict);
    }
    let blobs = query("UPDATE blob SET kept = 0 WHERE tenant_id = ? AND session_id = ? RETURNING id")
        .bind(tenant.as_str())
        .bind(session.id.as_str())
        .fetch_all(transaction)
        .await?;
    blobs.iter().map(|row| Ok(identifier(row, "id")?)).collect()
}
