-- The schema, version 3: what a provider is to be asked about the pictures of a session.

-- A row stands here from the commit by which the session waits for the answer to the one that notes it.
-- `evidence` is a digest of the names of the pictures, which are in the session.
CREATE TABLE provider_question (
    tenant_id  TEXT NOT NULL REFERENCES tenant (id),
    session_id TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    made_check TEXT NOT NULL,
    evidence   BLOB NOT NULL,
    asked_at   INTEGER NOT NULL,
    due_at     INTEGER NOT NULL,
    attempts   INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, session_id, made_check)
) STRICT, WITHOUT ROWID;
CREATE INDEX provider_question_due ON provider_question (due_at);
CREATE INDEX provider_question_of_session ON provider_question (session_id);
