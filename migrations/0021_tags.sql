-- The workspace's coloured words. Archived ones stay where they are and are put on nothing more.
CREATE TABLE tags (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    name TEXT NOT NULL,
    -- The name without its case, by which it is one in the workspace.
    folded TEXT NOT NULL,
    color TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    archived BIGINT NOT NULL DEFAULT 0,
    -- How many have it; moved by the transactions that put it on and take it off.
    conversations BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, id)
) {without_rowid};
CREATE UNIQUE INDEX tags_name ON tags (workspace_id, folded);

-- The same as the column of conversations says, the other way round.
CREATE TABLE conversation_tags (
    workspace_id UUID NOT NULL,
    tag_id UUID NOT NULL,
    conversation_id UUID NOT NULL,
    PRIMARY KEY (workspace_id, tag_id, conversation_id)
) {without_rowid};
-- Ids as JSON, in the order in which they were put on; lists show them without another look.
ALTER TABLE conversations ADD COLUMN tags TEXT;

-- Whether members must put a tag on what they close; 0, as it was before: they need not.
ALTER TABLE inboxes ADD COLUMN closing_needs_tag BIGINT NOT NULL DEFAULT 0;
