-- The schema, version 4: messages to people.

-- A row stands here from the commit of what the person is told to the attempt by which it was sent, or to
-- the end of `valid_until`. Where it goes and what it says is in `sealed`, under a key of the tenant's;
-- `method` is email or phone.
CREATE TABLE letter (
    tenant_id   TEXT NOT NULL REFERENCES tenant (id),
    id          TEXT NOT NULL,
    method      TEXT NOT NULL,
    valid_until INTEGER NOT NULL,
    due_at      INTEGER NOT NULL,
    attempts    INTEGER NOT NULL,
    sealed      BLOB NOT NULL,
    PRIMARY KEY (tenant_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX letter_due ON letter (method, due_at);
