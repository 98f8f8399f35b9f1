-- The schema, version 2: a person's sessions are listed by time.

DROP INDEX session_of_user;
CREATE INDEX session_of_user ON session (tenant_id, user_id, created_at);

-- Who did what with whose data. `place` is the order of writing; the rest is in `sealed`, under a key of
-- the tenant's. Records are added and never touched again.
CREATE TABLE audit (
    place     INTEGER PRIMARY KEY,
    tenant_id TEXT NOT NULL REFERENCES tenant (id),
    id        TEXT NOT NULL,
    subject   TEXT NOT NULL,
    at        INTEGER NOT NULL,
    sealed    BLOB NOT NULL,
    UNIQUE (tenant_id, id)
) STRICT;
CREATE INDEX audit_of_tenant ON audit (tenant_id);
CREATE INDEX audit_of_subject ON audit (tenant_id, subject);
CREATE TRIGGER audit_is_not_rewritten BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'an audit record is not rewritten'); END;
CREATE TRIGGER audit_is_not_erased BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'an audit record is not erased'); END;
