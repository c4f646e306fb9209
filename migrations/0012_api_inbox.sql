-- What an inbox tells another system, and how it proves it. The address is among the inbox's settings.
CREATE TABLE webhooks (
    workspace_id UUID NOT NULL,
    inbox_id UUID NOT NULL,
    -- Both sides sign with it, so it is kept as it is: `whsec_…`.
    secret TEXT NOT NULL,
    -- The one before signs along until then.
    old_secret TEXT,
    old_secret_until BIGINT,
    -- Nothing is sent any more, and why.
    stopped_at BIGINT,
    stop_reason TEXT,
    -- How often it failed since it last worked, and until when nothing is tried therefore.
    failures BIGINT NOT NULL DEFAULT 0,
    resting_until BIGINT,
    -- Written once a minute at most.
    last_ok_at BIGINT,
    last_failure_at BIGINT,
    -- The status of the answer, or a word.
    last_failure TEXT,
    PRIMARY KEY (workspace_id, inbox_id)
) {without_rowid};

-- What lets another system write into an inbox.
CREATE TABLE api_tokens (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    inbox_id UUID NOT NULL,
    token_hash BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    created_by UUID NOT NULL,
    last_used_at BIGINT,
    PRIMARY KEY (workspace_id, id)
) {without_rowid};
CREATE UNIQUE INDEX api_tokens_hash ON api_tokens (token_hash);
CREATE INDEX api_tokens_inbox ON api_tokens (workspace_id, inbox_id);
