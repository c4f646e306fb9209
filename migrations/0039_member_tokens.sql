-- What lets programs act as a member, as far as each token says.
CREATE TABLE member_tokens (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    member_id UUID NOT NULL,
    token_hash BYTEA NOT NULL,
    name TEXT NOT NULL,
    -- How it begins, by which its owner knows it.
    hint TEXT NOT NULL,
    -- `area:action`, as a JSON list. How far each reaches is what the member holds at that moment.
    rights TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    -- Written every five minutes at most.
    last_used_at BIGINT,
    last_used_from TEXT,
    PRIMARY KEY (workspace_id, id)
) {without_rowid};
CREATE UNIQUE INDEX member_tokens_hash ON member_tokens (token_hash);
CREATE INDEX member_tokens_member ON member_tokens (workspace_id, member_id);
