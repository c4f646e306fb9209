-- With which a member who forgot his password chooses a new one. He has one at most, and it works once.
CREATE TABLE password_links (
    workspace_id UUID NOT NULL,
    member_id UUID NOT NULL,
    token_hash BYTEA NOT NULL,
    -- NULL: whoever runs the program.
    made_by UUID,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, member_id)
) {without_rowid};
CREATE UNIQUE INDEX password_links_token ON password_links (token_hash);
