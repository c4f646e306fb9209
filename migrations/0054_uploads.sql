-- Files that arrive in parts. Their bytes are in the file store's own folder until all are there; `received` of them are
-- durable, and what was cut goes on from there.
CREATE TABLE uploads (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    name TEXT NOT NULL,
    size BIGINT NOT NULL,
    received BIGINT NOT NULL,
    uploader_kind TEXT NOT NULL,
    uploader_id UUID NOT NULL,
    touched_at BIGINT NOT NULL,
    -- What was made of it, once it was whole.
    file_id UUID,
    PRIMARY KEY (workspace_id, id)
) {without_rowid};
