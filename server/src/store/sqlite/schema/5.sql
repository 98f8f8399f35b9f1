-- By what people log in: keyed digests of addresses and of the names of passkeys. What they stand for is in the
-- person's own record, sealed.
CREATE TABLE login (
    tenant_id TEXT NOT NULL,
    key       BLOB NOT NULL,
    user_id   TEXT NOT NULL,
    PRIMARY KEY (tenant_id, key),
    FOREIGN KEY (tenant_id, user_id) REFERENCES user (tenant_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX login_of_user ON login (tenant_id, user_id);

-- That a code was sent to an address, for two days: so many may be sent within a time.
CREATE TABLE code_sent (
    tenant_id TEXT NOT NULL REFERENCES tenant (id),
    address   BLOB NOT NULL,
    sent_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX code_sent_to ON code_sent (tenant_id, address, sent_at);
CREATE INDEX code_sent_at ON code_sent (sent_at);

-- Whoever may change how they log in does so in a session.
DROP TABLE login_update;
