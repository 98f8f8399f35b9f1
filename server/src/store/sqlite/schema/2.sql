-- The schema, version 2: sessions are listed by time and by age; businesses, permissions to change log-in
-- methods, records of who did what, and what tenants are told.

DROP INDEX session_of_user;
CREATE INDEX session_of_user ON session (tenant_id, user_id, created_at);

-- The numbers of people's documents, as digests that the master key makes: two are the same number of one
-- tenant, and what number it is nobody learns. They go with the session that gave them.
CREATE TABLE document (
    tenant_id  TEXT NOT NULL REFERENCES tenant (id),
    digest     BLOB NOT NULL,
    session_id TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    user_id    TEXT NOT NULL,
    PRIMARY KEY (tenant_id, digest, session_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX document_of_session ON document (session_id);
CREATE INDEX document_of_user ON document (tenant_id, user_id);

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

-- A business of a tenant's customers, in the manner of a person. Who owns it is in `sealed`.
CREATE TABLE business (
    tenant_id   TEXT NOT NULL REFERENCES tenant (id),
    id          TEXT NOT NULL,
    external_id TEXT,
    version     INTEGER NOT NULL,
    wrapped_key BLOB NOT NULL,
    sealed      BLOB NOT NULL,
    status      TEXT,
    review      INTEGER,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, external_id)
) STRICT;

CREATE INDEX business_of_tenant ON business (tenant_id);
CREATE INDEX business_of_status ON business (tenant_id, status);
CREATE INDEX business_to_review ON business (tenant_id) WHERE review = 1;

-- A token that lets a person change how they log in. `methods` are words separated by commas.
CREATE TABLE login_update (
    token      BLOB PRIMARY KEY,
    tenant_id  TEXT NOT NULL,
    user_id    TEXT NOT NULL,
    methods    TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    FOREIGN KEY (tenant_id, user_id) REFERENCES user (tenant_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- How a person stands, for lists. Nothing here until an older version's people are written again, which
-- the server does when it starts.
ALTER TABLE user ADD COLUMN status TEXT;
ALTER TABLE user ADD COLUMN review INTEGER;
CREATE INDEX user_of_tenant ON user (tenant_id);
CREATE INDEX user_of_status ON user (tenant_id, status);
CREATE INDEX user_to_review ON user (tenant_id) WHERE review = 1;

-- What lets a web page write or read some of a person's data: which, is in `sealed`.
CREATE TABLE client_token (
    digest     BLOB PRIMARY KEY,
    tenant_id  TEXT NOT NULL,
    user_id    TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    uses       INTEGER NOT NULL,
    sealed     BLOB NOT NULL,
    FOREIGN KEY (tenant_id, user_id) REFERENCES user (tenant_id, id)
) STRICT, WITHOUT ROWID;
-- A session is over when it is decided, or when its end by age was noted. One that is not, and is past
-- its life, is found without opening it.
ALTER TABLE session ADD COLUMN over INTEGER NOT NULL DEFAULT 0;
CREATE INDEX session_to_expire ON session (expires_at) WHERE NOT over;

-- The business that a session is about, or whose owner it checks.
ALTER TABLE session ADD COLUMN business_id TEXT;
CREATE INDEX session_of_business ON session (tenant_id, business_id, created_at) WHERE business_id IS NOT NULL;

-- Where a tenant is told of what happens: address and secrets are in `sealed`.
CREATE TABLE webhook_endpoint (
    tenant_id   TEXT NOT NULL REFERENCES tenant (id),
    id          TEXT NOT NULL,
    family      TEXT NOT NULL,
    created_at  INTEGER NOT NULL,
    version     INTEGER NOT NULL,
    wrapped_key BLOB NOT NULL,
    sealed      BLOB NOT NULL,
    PRIMARY KEY (tenant_id, id)
) STRICT;

-- What is on its way there, in the order of `number`: the body is in `sealed`. `due_at` is there for the
-- first pending one of each subject alone; the others wait behind it. `answer` is what the last attempt
-- came to: a status, or a word for why there was none.
CREATE TABLE webhook_delivery (
    number       INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant_id    TEXT NOT NULL,
    id           TEXT NOT NULL,
    endpoint_id  TEXT NOT NULL,
    message_id   TEXT NOT NULL,
    subject      TEXT NOT NULL,
    event        TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    state        TEXT NOT NULL,
    due_at       INTEGER,
    attempts     INTEGER NOT NULL,
    attempted_at INTEGER,
    answer       TEXT,
    wrapped_key  BLOB NOT NULL,
    sealed       BLOB NOT NULL,
    UNIQUE (tenant_id, id),
    FOREIGN KEY (tenant_id, endpoint_id) REFERENCES webhook_endpoint (tenant_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX webhook_delivery_due ON webhook_delivery (tenant_id, endpoint_id, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX webhook_delivery_in_line ON webhook_delivery (tenant_id, endpoint_id, subject, number)
    WHERE state = 'pending';
CREATE INDEX webhook_delivery_listed ON webhook_delivery (tenant_id, created_at, id);
CREATE INDEX webhook_delivery_of_endpoint ON webhook_delivery (tenant_id, endpoint_id, created_at, id);
CREATE INDEX webhook_delivery_done ON webhook_delivery (attempted_at) WHERE state = 'delivered';
