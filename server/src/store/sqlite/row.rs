//! From rows of the database to what they mean.

use std::str::FromStr;

use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use vestibule_protocol::date::Timestamp;
use vestibule_protocol::id::{BusinessId, ExternalId};
use vestibule_protocol::outcome::Status;

use crate::digest::Digest;
use crate::engine::event::Decision;
use crate::store::{Playbook, RecordRow, SessionRow, StoreFault, Tenant};

pub(super) fn identifier<T>(row: &SqliteRow, column: &str) -> Result<T, StoreFault>
where
    T: FromStr,
    T::Err: std::error::Error + Send + Sync + 'static,
{
    row.try_get::<&str, _>(column)?.parse().map_err(|error: T::Err| StoreFault(Box::new(error)))
}

pub(super) fn digest(row: &SqliteRow, column: &str) -> Result<Digest, StoreFault> {
    let bytes: &[u8] = row.try_get(column)?;
    Ok(Digest::from_stored(bytes.try_into().map_err(|error| StoreFault(Box::new(error)))?))
}

pub(super) fn instant(row: &SqliteRow, column: &str) -> Result<Timestamp, StoreFault> {
    Ok(Timestamp::from_millis(row.try_get(column)?))
}

pub(super) fn tenant_row(row: &SqliteRow) -> Result<Tenant, StoreFault> {
    Ok(Tenant {
        id: identifier(row, "id")?,
        name: row.try_get("name")?,
        sandbox: row.try_get("sandbox")?,
        client_id: identifier(row, "client_id")?,
        app_key: digest(row, "app_key")?,
        client_secret: digest(row, "client_secret")?,
        secret_key: digest(row, "secret_key")?,
        api_key: digest(row, "api_key")?,
    })
}

pub(super) fn playbook_row(row: &SqliteRow) -> Result<Playbook, StoreFault> {
    Ok(Playbook {
        key: identifier(row, "key")?,
        configuration: identifier(row, "configuration")?,
        skill: identifier(row, "skill")?,
    })
}

/// A person or a business.
pub(super) fn record_row<I>(row: &SqliteRow) -> Result<RecordRow<I>, StoreFault>
where
    I: FromStr,
    I::Err: std::error::Error + Send + Sync + 'static,
{
    let external_id: Option<&str> = row.try_get("external_id")?;
    Ok(RecordRow {
        id: identifier(row, "id")?,
        external_id: external_id
            .map(ExternalId::of_customer)
            .transpose()
            .map_err(|error| StoreFault(Box::new(error)))?,
        version: row.try_get("version")?,
        wrapped_key: row.try_get("wrapped_key")?,
        sealed: row.try_get("sealed")?,
        standing: standing(row)?,
        events: Vec::new(),
    })
}

fn standing(row: &SqliteRow) -> Result<Option<Decision>, StoreFault> {
    let status: Option<&str> = row.try_get("status")?;
    let Some(status) = status.and_then(Status::from_text) else { return Ok(None) };
    Ok(Some(Decision { status, requires_manual_review: row.try_get("review")? }))
}

pub(super) fn session_row(row: &SqliteRow) -> Result<SessionRow, StoreFault> {
    let business: Option<&str> = row.try_get("business_id")?;
    let business = business.map(str::parse::<BusinessId>).transpose();
    Ok(SessionRow {
        id: identifier(row, "id")?,
        user: identifier(row, "user_id")?,
        business: business.map_err(|error| StoreFault(Box::new(error)))?,
        skill_source: row.try_get("source")?,
        created_at: instant(row, "created_at")?,
        expires_at: instant(row, "expires_at")?,
        over: row.try_get("over")?,
        version: row.try_get("version")?,
        wrapped_key: row.try_get("wrapped_key")?,
        sealed: row.try_get("sealed")?,
        events: Vec::new(),
    })
}
