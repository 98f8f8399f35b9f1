-- The schema, version 2: a person's sessions are listed by time.

DROP INDEX session_of_user;
CREATE INDEX session_of_user ON session (tenant_id, user_id, created_at);
