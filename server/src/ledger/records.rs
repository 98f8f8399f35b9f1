//! What is sealed under a key of the tenant's: audit records, grants, and letters on
//! their way.

use vestibule_protocol::date::Timestamp;
use vestibule_protocol::id::{TenantId, UserId};
use vestibule_protocol::secret::ClientToken;

use super::{Fault, Ledger, read};
use crate::digest::Digest;
use crate::engine::audit::Record;
use crate::engine::grant::Grant;
use crate::notify::Letter;
use crate::random::id;
use crate::store::audit::{AuditRow, Subject};
use crate::store::letters::LetterRow;
use crate::store::people::GrantRow;

impl Ledger {
    /// The row of what somebody does with the data of `subject`.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn record(
        &self,
        tenant: &TenantId,
        subject: Subject,
        record: &Record,
        now: Timestamp,
    ) -> Result<AuditRow, Fault> {
        let mut row = AuditRow { id: id(&*self.random), subject, at: now, sealed: Vec::new() };
        row.sealed = self.write(&self.master.tenant_key(tenant), &place(&row), record)?;
        Ok(row)
    }

    /// Reads a record.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn open_record(&self, tenant: &TenantId, row: &AuditRow) -> Result<Record, Fault> {
        read(&self.master.tenant_key(tenant), &place(row), &row.sealed)
    }

    /// The row of what a client token grants.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn new_grant(
        &self,
        tenant: &TenantId,
        user: UserId,
        token: &ClientToken,
        grant: &Grant,
        expires_at: Timestamp,
    ) -> Result<GrantRow, Fault> {
        let mut row =
            GrantRow { token: Digest::of_secret(token), user, expires_at, uses: 0, sealed: Vec::new() };
        row.sealed = self.write(&self.master.tenant_key(tenant), &holder(&row), grant)?;
        Ok(row)
    }

    /// Reads a grant.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn open_grant(&self, tenant: &TenantId, row: &GrantRow) -> Result<Grant, Fault> {
        read(&self.master.tenant_key(tenant), &holder(row), &row.sealed)
    }

    /// The row of a letter, which is sent as soon as it is written.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn letter(&self, tenant: &TenantId, letter: &Letter, now: Timestamp) -> Result<LetterRow, Fault> {
        let mut row = LetterRow {
            id: id(&*self.random),
            method: letter.to.method(),
            valid_until: letter.valid_until,
            due_at: now,
            attempts: 0,
            sealed: Vec::new(),
        };
        row.sealed = self.write(&self.master.tenant_key(tenant), &envelope(&row), letter)?;
        Ok(row)
    }

    /// Reads a letter.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn open_letter(&self, tenant: &TenantId, row: &LetterRow) -> Result<Letter, Fault> {
        read(&self.master.tenant_key(tenant), &envelope(row), &row.sealed)
    }
}

/// All that stands beside a record in clear: it opens nowhere else.
fn place(row: &AuditRow) -> String {
    format!("{} {} {}", row.id, row.subject.as_str(), row.at)
}

/// The same of a grant, but for the uses, which are counted.
fn holder(row: &GrantRow) -> String {
    format!("client token {} {} {}", row.token.name(), row.user, row.expires_at)
}

/// The same of a letter, but for what changes with every attempt.
fn envelope(row: &LetterRow) -> String {
    format!("letter {} {} {}", row.id, row.method.as_str(), row.valid_until)
}
