-- The schema, version 1. Times are milliseconds since 1970; secrets are there as SHA-256 alone; what a
-- person gave is in `sealed`, encrypted with the key in `wrapped_key`, which the master key wraps.

CREATE TABLE tenant (
    id            TEXT PRIMARY KEY,
    name          TEXT NOT NULL,
    sandbox       INTEGER NOT NULL,
    client_id     TEXT NOT NULL UNIQUE,
    app_key       BLOB NOT NULL,
    client_secret BLOB NOT NULL,
    secret_key    BLOB NOT NULL UNIQUE,
    api_key       BLOB NOT NULL UNIQUE
) STRICT;

CREATE TABLE playbook (
    tenant_id     TEXT NOT NULL REFERENCES tenant (id),
    key           TEXT NOT NULL UNIQUE,
    configuration TEXT NOT NULL UNIQUE,
    skill         TEXT NOT NULL,
    PRIMARY KEY (tenant_id, key)
) STRICT;

-- A person. `version` counts the writes; whoever writes names the one that was read.
CREATE TABLE user (
    tenant_id   TEXT NOT NULL REFERENCES tenant (id),
    id          TEXT NOT NULL,
    external_id TEXT,
    version     INTEGER NOT NULL,
    wrapped_key BLOB NOT NULL,
    sealed      BLOB NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, external_id)
) STRICT;

-- The text of every skill that some session was begun with, by its SHA-256: a session is walked to its
-- end by the definition with which it began, whatever is published meanwhile.
CREATE TABLE skill_source (
    digest BLOB PRIMARY KEY,
    source TEXT NOT NULL
) STRICT;

CREATE TABLE session (
    id           TEXT PRIMARY KEY,
    tenant_id    TEXT NOT NULL REFERENCES tenant (id),
    user_id      TEXT NOT NULL,
    skill_digest BLOB NOT NULL REFERENCES skill_source (digest),
    created_at   INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    version      INTEGER NOT NULL,
    wrapped_key  BLOB NOT NULL,
    sealed       BLOB NOT NULL,
    FOREIGN KEY (tenant_id, user_id) REFERENCES user (tenant_id, id)
) STRICT;
CREATE INDEX session_of_user ON session (tenant_id, user_id);

-- From what a caller names to the session: `kind` is session_token, result_token or step. Whether a token
-- is still in force is in the session itself.
CREATE TABLE pointer (
    kind       TEXT NOT NULL,
    name       BLOB NOT NULL,
    tenant_id  TEXT NOT NULL,
    session_id TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX pointer_of_session ON pointer (session_id);

CREATE TABLE credentials (
    tenant_id  TEXT NOT NULL,
    id         TEXT NOT NULL,
    session_id TEXT NOT NULL UNIQUE REFERENCES session (id) ON DELETE CASCADE,
    PRIMARY KEY (tenant_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE access_token (
    digest         BLOB PRIMARY KEY,
    tenant_id      TEXT NOT NULL,
    credentials_id TEXT NOT NULL,
    FOREIGN KEY (tenant_id, credentials_id) REFERENCES credentials (tenant_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Every blob that was ever begun and not yet removed. One that is not `kept` waits for removal.
CREATE TABLE blob (
    tenant_id  TEXT NOT NULL,
    id         TEXT NOT NULL,
    session_id TEXT NOT NULL,
    kept       INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX blob_of_session ON blob (session_id);
