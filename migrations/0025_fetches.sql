-- Files of messages that are still to be had from the address that another system gave.
CREATE TABLE fetches (
    workspace_id UUID NOT NULL,
    -- The file that it becomes; its message shows it already.
    file_id UUID NOT NULL,
    entry_id UUID NOT NULL,
    url TEXT NOT NULL,
    -- Failed ones.
    attempts BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, file_id)
) {without_rowid};
