//! Lists of people and businesses, and what web pages may do with the data of people.

use std::str::FromStr;

use async_trait::async_trait;
use sqlx::{QueryBuilder, Row, Sqlite, SqliteConnection, query};
use vestibule_protocol::id::{BusinessId, TenantId, UserId};

use super::SqliteStore;
use super::row::{identifier, instant, record_row};
use crate::digest::Digest;
use crate::store::people::{Chosen, GrantRow, GrantUse, People};
use crate::store::{BusinessRow, CommitError, Page, RecordRow, StoreFault, UserRow};

pub(super) async fn grant(
    transaction: &mut SqliteConnection,
    tenant: &TenantId,
    row: &GrantRow,
) -> Result<(), CommitError> {
    query("INSERT INTO client_token (digest, tenant_id, user_id, expires_at, uses, sealed) VALUES (?, ?, ?, ?, ?, ?)")
        .bind(row.token.as_bytes().as_slice())
        .bind(tenant.as_str())
        .bind(row.user.as_str())
        .bind(row.expires_at.millis())
        .bind(row.uses)
        .bind(&row.sealed)
        .execute(transaction)
        .await?;
    Ok(())
}

pub(super) async fn use_grant(
    transaction: &mut SqliteConnection,
    tenant: &TenantId,
    used: &GrantUse,
) -> Result<(), CommitError> {
    let written =
        query("UPDATE client_token SET uses = uses + 1 WHERE digest = ? AND tenant_id = ? AND uses = ?")
            .bind(used.token.as_bytes().as_slice())
            .bind(tenant.as_str())
            .bind(used.former)
            .execute(transaction)
            .await?;
    if written.rows_affected() == 1 { Ok(()) } else { Err(CommitError::Conflict) }
}

#[async_trait]
impl People for SqliteStore {
    async fn users(
        &self,
        tenant: &TenantId,
        chosen: Chosen,
        page: Page<'_, UserId>,
    ) -> Result<Option<Vec<UserRow>>, StoreFault> {
        let after = page.after.map(|after| after.as_str());
        self.listed("user", tenant, chosen, Page { after, most: page.most }).await
    }

    async fn businesses(
        &self,
        tenant: &TenantId,
        chosen: Chosen,
        page: Page<'_, BusinessId>,
    ) -> Result<Option<Vec<BusinessRow>>, StoreFault> {
        let after = page.after.map(|after| after.as_str());
        self.listed("business", tenant, chosen, Page { after, most: page.most }).await
    }

    async fn unlisted_users(&self) -> Result<Vec<(TenantId, UserId)>, StoreFault> {
        let rows =
            query("SELECT tenant_id, id FROM user WHERE status IS NULL").fetch_all(&self.readers).await?;
        rows.iter().map(|row| Ok((identifier(row, "tenant_id")?, identifier(row, "id")?))).collect()
    }

    async fn grant(&self, tenant: &TenantId, token: &Digest) -> Result<Option<GrantRow>, StoreFault> {
        let row = query("SELECT * FROM client_token WHERE digest = ? AND tenant_id = ?")
            .bind(token.as_bytes().as_slice())
            .bind(tenant.as_str())
            .fetch_optional(&self.readers)
            .await?;
        let read = |row: sqlx::sqlite::SqliteRow| -> Result<GrantRow, StoreFault> {
            Ok(GrantRow {
                token: *token,
                user: identifier(&row, "user_id")?,
                expires_at: instant(&row, "expires_at")?,
                uses: row.try_get("uses")?,
                sealed: row.try_get("sealed")?,
            })
        };
        row.map(read).transpose()
    }
}

impl SqliteStore {
    /// Those in a table who are chosen. `None` if the page is to follow one who is not there.
    async fn listed<I>(
        &self,
        table: &'static str,
        tenant: &TenantId,
        chosen: Chosen,
        page: Page<'_, str>,
    ) -> Result<Option<Vec<RecordRow<I>>>, StoreFault>
    where
        I: FromStr,
        I::Err: std::error::Error + Send + Sync + 'static,
    {
        let mut list = QueryBuilder::<Sqlite>::new("SELECT * FROM ");
        list.push(table).push(" WHERE tenant_id = ").push_bind(tenant.as_str());
        if let Some(after) = page.after {
            let Some(place) = self.place_in(table, tenant, after).await? else { return Ok(None) };
            list.push(" AND rowid < ").push_bind(place);
        }
        if let Some(status) = chosen.status {
            list.push(" AND status = ").push_bind(status.as_str());
        }
        match chosen.requires_manual_review {
            // Written out, or the index of those who need one is not used.
            Some(true) => list.push(" AND review = 1"),
            Some(false) => list.push(" AND review = 0"),
            None => &mut list,
        };
        list.push(" ORDER BY rowid DESC LIMIT ").push_bind(page.most);
        let rows = list.build().fetch_all(&self.readers).await?;
        rows.iter().map(record_row).collect::<Result<_, _>>().map(Some)
    }

    /// Records are listed as they came, and rows are numbered as they come.
    async fn place_in(
        &self,
        table: &'static str,
        tenant: &TenantId,
        id: &str,
    ) -> Result<Option<i64>, StoreFault> {
        let mut place = QueryBuilder::<Sqlite>::new("SELECT rowid FROM ");
        place.push(table).push(" WHERE tenant_id = ").push_bind(tenant.as_str());
        let row = place.push(" AND id = ").push_bind(id).build().fetch_optional(&self.readers).await?;
        Ok(row.map(|row| row.try_get(0)).transpose()?)
    }
}
