//! The store in one SQLite file, in WAL mode with `synchronous=FULL`.
//!
//! There is one connection that writes, so that writers queue here and never find the file locked, and
//! several that read.

mod audit;
mod document;
mod letters;
mod locate;
mod logins;
mod outbox;
mod people;
mod questions;
mod row;
mod write;

use std::path::Path;

use async_trait::async_trait;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{Row, query};
use vestibule_protocol::date::Timestamp;
use vestibule_protocol::id::{
    BusinessId, ConfigurationId, CredentialsId, ExternalId, PlaybookKey, SessionId, SkillName, TenantId,
    UploadId, UserId,
};

use self::row::{identifier, playbook_row, record_row, session_row, tenant_row};
use super::{BusinessRow, Change, CommitError, Playbook, SessionRow, Store, StoreFault, Tenant, UserRow};
use crate::digest::Digest;

/// The steps from an empty file to the schema of this program. A file says how many it has taken.
const MIGRATIONS: [&str; 5] = [
    include_str!("schema/1.sql"),
    include_str!("schema/2.sql"),
    include_str!("schema/3.sql"),
    include_str!("schema/4.sql"),
    include_str!("schema/5.sql"),
];
const READERS: u32 = 4;

/// The store in one SQLite file.
#[derive(Clone, Debug)]
pub struct SqliteStore {
    writer: SqlitePool,
    readers: SqlitePool,
}

impl SqliteStore {
    /// Opens the file, and brings it to the schema of this program if need be.
    ///
    /// # Errors
    /// [`StoreFault`] when the file cannot be used, or is of a newer version of this program.
    pub async fn open(file: &Path) -> Result<Self, StoreFault> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            // What is erased is overwritten.
            .pragma("secure_delete", "ON");
        let writer = SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await?;
        migrate(&writer).await?;
        let readers = SqlitePoolOptions::new().max_connections(READERS).connect_with(options).await?;
        Ok(Self { writer, readers })
    }

    /// Finishes what is being written and closes the file.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }

    /// Until the log is written back, erased pages are still in it. Should that fail now, it comes to
    /// pass with a later write: the erasure itself is done.
    async fn write_back(&self) {
        if let Err(error) = sqlx::raw_sql("PRAGMA wal_checkpoint(TRUNCATE)").execute(&self.writer).await {
            tracing::warn!(%error, "the log was not written back");
        }
    }
}

async fn migrate(writer: &SqlitePool) -> Result<(), StoreFault> {
    let mut transaction = writer.begin_with("BEGIN IMMEDIATE").await?;
    let version: i64 = query("PRAGMA user_version").fetch_one(&mut *transaction).await?.try_get(0)?;
    let taken = usize::try_from(version).ok().and_then(|version| MIGRATIONS.get(version..));
    let Some(steps) = taken else {
        return Err(StoreFault(
            format!("the schema has version {version}, which this program does not know").into(),
        ));
    };
    for step in steps {
        sqlx::raw_sql(*step).execute(&mut *transaction).await?;
    }
    let now_at = format!("PRAGMA user_version = {}", MIGRATIONS.len());
    sqlx::raw_sql(sqlx::AssertSqlSafe(now_at)).execute(&mut *transaction).await?;
    Ok(transaction.commit().await?)
}

impl From<sqlx::Error> for StoreFault {
    fn from(error: sqlx::Error) -> Self {
        StoreFault(Box::new(error))
    }
}

impl From<sqlx::Error> for CommitError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(refused) if refused.is_unique_violation() => CommitError::Conflict,
            _ => CommitError::Fault(error.into()),
        }
    }
}

#[async_trait]
impl Store for SqliteStore {
    async fn register(&self, tenant: &Tenant, playbooks: &[Playbook]) -> Result<(), StoreFault> {
        let mut transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        write::tenant(&mut transaction, tenant, playbooks).await?;
        Ok(transaction.commit().await?)
    }

    async fn count_tenants(&self) -> Result<(u64, u64), StoreFault> {
        let row = query("SELECT COALESCE(SUM(sandbox), 0), COALESCE(SUM(NOT sandbox), 0) FROM tenant")
            .fetch_one(&self.readers)
            .await?;
        let count = |index| row.try_get::<i64, _>(index).map(i64::unsigned_abs);
        Ok((count(0)?, count(1)?))
    }

    async fn ping(&self) -> Result<(), StoreFault> {
        query("SELECT 1 FROM tenant LIMIT 1").fetch_optional(&self.readers).await?;
        Ok(())
    }

    async fn tenants(&self) -> Result<Vec<Tenant>, StoreFault> {
        let rows = query("SELECT * FROM tenant ORDER BY name, id").fetch_all(&self.readers).await?;
        rows.iter().map(tenant_row).collect()
    }

    async fn tenant(&self, tenant: &TenantId) -> Result<Option<Tenant>, StoreFault> {
        query("SELECT * FROM tenant WHERE id = ?")
            .bind(tenant.as_str())
            .fetch_optional(&self.readers)
            .await?
            .map(|row| tenant_row(&row))
            .transpose()
    }

    async fn playbook(&self, tenant: &TenantId, key: &PlaybookKey) -> Result<Option<Playbook>, StoreFault> {
        let row = query("SELECT key, configuration, skill FROM playbook WHERE tenant_id = ? AND key = ?")
            .bind(tenant.as_str())
            .bind(key.as_str())
            .fetch_optional(&self.readers)
            .await?;
        row.map(|row| playbook_row(&row)).transpose()
    }

    async fn playbook_of_skill(
        &self,
        tenant: &TenantId,
        skill: &SkillName,
    ) -> Result<Option<Playbook>, StoreFault> {
        query(
            "SELECT key, configuration, skill FROM playbook WHERE tenant_id = ? AND skill = ? ORDER BY rowid",
        )
        .bind(tenant.as_str())
        .bind(skill.as_str())
        .fetch_optional(&self.readers)
        .await?
        .map(|row| playbook_row(&row))
        .transpose()
    }

    async fn playbook_of_configuration(
        &self,
        tenant: &TenantId,
        configuration: &ConfigurationId,
    ) -> Result<Option<Playbook>, StoreFault> {
        query("SELECT key, configuration, skill FROM playbook WHERE tenant_id = ? AND configuration = ?")
            .bind(tenant.as_str())
            .bind(configuration.as_str())
            .fetch_optional(&self.readers)
            .await?
            .map(|row| playbook_row(&row))
            .transpose()
    }

    async fn add_playbook(&self, tenant: &TenantId, playbook: &Playbook) -> Result<(), StoreFault> {
        let mut writer = self.writer.acquire().await?;
        Ok(write::playbook(&mut writer, tenant, playbook).await?)
    }

    async fn user(&self, tenant: &TenantId, user: &UserId) -> Result<Option<UserRow>, StoreFault> {
        query("SELECT * FROM user WHERE tenant_id = ? AND id = ?")
            .bind(tenant.as_str())
            .bind(user.as_str())
            .fetch_optional(&self.readers)
            .await?
            .map(|row| record_row(&row))
            .transpose()
    }

    async fn user_called(&self, tenant: &TenantId, name: &ExternalId) -> Result<Option<UserRow>, StoreFault> {
        query("SELECT * FROM user WHERE tenant_id = ? AND external_id = ?")
            .bind(tenant.as_str())
            .bind(name.as_str())
            .fetch_optional(&self.readers)
            .await?
            .map(|row| record_row(&row))
            .transpose()
    }

    async fn business(
        &self,
        tenant: &TenantId,
        business: &BusinessId,
    ) -> Result<Option<BusinessRow>, StoreFault> {
        query("SELECT * FROM business WHERE tenant_id = ? AND id = ?")
            .bind(tenant.as_str())
            .bind(business.as_str())
            .fetch_optional(&self.readers)
            .await?
            .map(|row| record_row(&row))
            .transpose()
    }

    async fn business_called(
        &self,
        tenant: &TenantId,
        name: &ExternalId,
    ) -> Result<Option<BusinessRow>, StoreFault> {
        query("SELECT * FROM business WHERE tenant_id = ? AND external_id = ?")
            .bind(tenant.as_str())
            .bind(name.as_str())
            .fetch_optional(&self.readers)
            .await?
            .map(|row| record_row(&row))
            .transpose()
    }

    async fn session(
        &self,
        tenant: &TenantId,
        session: &SessionId,
    ) -> Result<Option<SessionRow>, StoreFault> {
        query(
            "SELECT session.*, skill_source.source FROM session \
             JOIN skill_source ON skill_source.digest = session.skill_digest \
             WHERE session.tenant_id = ? AND session.id = ?",
        )
        .bind(tenant.as_str())
        .bind(session.as_str())
        .fetch_optional(&self.readers)
        .await?
        .map(|row| session_row(&row))
        .transpose()
    }

    async fn sessions_of_user(&self, tenant: &TenantId, user: &UserId) -> Result<Vec<SessionId>, StoreFault> {
        let rows = query(
            "SELECT id FROM session WHERE tenant_id = ? AND user_id = ? ORDER BY created_at DESC, rowid DESC",
        )
        .bind(tenant.as_str())
        .bind(user.as_str())
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(|row| identifier(row, "id")).collect()
    }

    async fn sessions_of_business(
        &self,
        tenant: &TenantId,
        business: &BusinessId,
    ) -> Result<Vec<SessionId>, StoreFault> {
        let rows = query(
            "SELECT id FROM session WHERE tenant_id = ? AND business_id = ? ORDER BY created_at DESC, rowid DESC",
        )
        .bind(tenant.as_str())
        .bind(business.as_str())
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(|row| identifier(row, "id")).collect()
    }

    async fn session_of_result(
        &self,
        tenant: &TenantId,
        token: &Digest,
    ) -> Result<Option<SessionId>, StoreFault> {
        query("SELECT session_id FROM pointer WHERE kind = 'result_token' AND name = ? AND tenant_id = ?")
            .bind(token.as_bytes().as_slice())
            .bind(tenant.as_str())
            .fetch_optional(&self.readers)
            .await?
            .map(|row| identifier(&row, "session_id"))
            .transpose()
    }

    async fn session_of_credentials(
        &self,
        tenant: &TenantId,
        credentials: &CredentialsId,
    ) -> Result<Option<SessionId>, StoreFault> {
        query("SELECT session_id FROM credentials WHERE tenant_id = ? AND id = ?")
            .bind(tenant.as_str())
            .bind(credentials.as_str())
            .fetch_optional(&self.readers)
            .await?
            .map(|row| identifier(&row, "session_id"))
            .transpose()
    }

    async fn document_of_another(
        &self,
        tenant: &TenantId,
        document: &Digest,
        user: &UserId,
    ) -> Result<bool, StoreFault> {
        Ok(document::of_another(&self.readers, tenant, document, user).await?)
    }

    async fn commit(&self, tenant: &TenantId, change: &Change) -> Result<(), CommitError> {
        let mut transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        write::change(&mut transaction, tenant, change).await?;
        transaction.commit().await?;
        if change.erases {
            self.write_back().await;
        }
        Ok(())
    }

    async fn erase(
        &self,
        tenant: &TenantId,
        session: &SessionRow,
        change: &Change,
    ) -> Result<Vec<UploadId>, CommitError> {
        let mut transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        write::change(&mut transaction, tenant, change).await?;
        let blobs = write::erase(&mut transaction, tenant, session).await?;
        transaction.commit().await?;
        self.write_back().await;
        Ok(blobs)
    }

    async fn sessions_to_expire(
        &self,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<(TenantId, SessionId)>, StoreFault> {
        let rows = query(
            "SELECT tenant_id, id FROM session WHERE NOT over AND expires_at <= ? ORDER BY expires_at LIMIT ?",
        )
        .bind(now.millis())
        .bind(limit)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(|row| Ok((identifier(row, "tenant_id")?, identifier(row, "id")?))).collect()
    }

    async fn reserve_blob(
        &self,
        tenant: &TenantId,
        session: &SessionId,
        blob: &UploadId,
    ) -> Result<(), StoreFault> {
        query("INSERT INTO blob (tenant_id, id, session_id, kept) VALUES (?, ?, ?, 0)")
            .bind(tenant.as_str())
            .bind(blob.as_str())
            .bind(session.as_str())
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    async fn forget_blob(&self, tenant: &TenantId, blob: &UploadId) -> Result<(), StoreFault> {
        query("DELETE FROM blob WHERE tenant_id = ? AND id = ? AND NOT kept")
            .bind(tenant.as_str())
            .bind(blob.as_str())
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    async fn unkept_blobs(&self) -> Result<Vec<(TenantId, UploadId)>, StoreFault> {
        let rows = query("SELECT tenant_id, id FROM blob WHERE NOT kept").fetch_all(&self.readers).await?;
        rows.iter().map(|row| Ok((identifier(row, "tenant_id")?, identifier(row, "id")?))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::people::People;

    #[tokio::test]
    async fn a_file_of_the_future_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("vestibule.db");
        let store = SqliteStore::open(&file).await.unwrap();
        sqlx::raw_sql("PRAGMA user_version = 99").execute(&store.writer).await.unwrap();
        store.close().await;
        assert!(SqliteStore::open(&file).await.is_err());
    }

    #[tokio::test]
    async fn a_file_of_the_first_version_is_brought_to_this_one() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("vestibule.db");
        let options = SqliteConnectOptions::new().filename(&file).create_if_missing(true);
        let former = SqlitePool::connect_with(options).await.unwrap();
        sqlx::raw_sql(MIGRATIONS[0]).execute(&former).await.unwrap();
        sqlx::raw_sql("PRAGMA user_version = 1").execute(&former).await.unwrap();
        former.close().await;
        let store = SqliteStore::open(&file).await.unwrap();
        super::super::contract::hold(&store).await;
    }

    #[tokio::test]
    async fn a_person_of_the_first_version_waits_to_be_listed() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("vestibule.db");
        let options = SqliteConnectOptions::new().filename(&file).create_if_missing(true);
        let former = SqlitePool::connect_with(options).await.unwrap();
        sqlx::raw_sql(MIGRATIONS[0]).execute(&former).await.unwrap();
        let people = "INSERT INTO tenant VALUES ('0b57a6a9-6d0d-4c1c-8a5e-6f2d1f1c9b10', 'Bank', 1, 'c', x'01', x'02', x'03', x'04'); \
             INSERT INTO user VALUES ('0b57a6a9-6d0d-4c1c-8a5e-6f2d1f1c9b10', 'fp_id_0123456789abcdefABCDEF', NULL, 1, x'01', x'02'); \
             PRAGMA user_version = 1";
        sqlx::raw_sql(people).execute(&former).await.unwrap();
        former.close().await;
        let store = SqliteStore::open(&file).await.unwrap();
        let [(tenant, id)] = &store.unlisted_users().await.unwrap()[..] else { panic!("one person") };
        let row = store.user(tenant, id).await.unwrap().unwrap();
        assert_eq!((row.version, row.standing), (1, None));
    }

    #[tokio::test]
    async fn it_keeps_the_contract_of_every_store() {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(&folder.path().join("vestibule.db")).await.unwrap();
        super::super::contract::hold(&store).await;
    }

    #[tokio::test]
    async fn a_record_is_neither_rewritten_nor_erased() {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(&folder.path().join("vestibule.db")).await.unwrap();
        super::super::contract::hold(&store).await;
        for attempt in ["UPDATE audit SET at = 0", "DELETE FROM audit"] {
            let refused = sqlx::raw_sql(attempt).execute(&store.writer).await.unwrap_err();
            assert!(refused.to_string().contains("an audit record is not"), "{refused}");
        }
    }
}
