-- When entries were corrected or removed, so that the log of a conversation reads one index range for any time. No
-- words: those are the entry's own, and go with it.
CREATE TABLE entry_changes (
    workspace_id UUID NOT NULL,
    conversation_id UUID NOT NULL,
    at BIGINT NOT NULL,
    -- The conversation's, of the change: one change of words each.
    revision BIGINT NOT NULL,
    position BIGINT NOT NULL,
    kind TEXT NOT NULL,
    -- Of who changed it.
    author_kind TEXT NOT NULL,
    PRIMARY KEY (workspace_id, conversation_id, at, revision)
) {without_rowid};
INSERT OR IGNORE INTO entry_changes
SELECT e.workspace_id, e.conversation_id, json_extract(e.detail, '$.removed.at'), e.revision, e.position, 'removed',
    json_extract(e.detail, '$.removed.by.kind')
FROM entries e WHERE e.detail LIKE '%"removed":%' AND json_extract(e.detail, '$.removed.at') IS NOT NULL;
INSERT OR IGNORE INTO entry_changes
SELECT e.workspace_id, e.conversation_id, json_extract(e.detail, '$.edited_at'), e.revision, e.position, 'corrected',
    e.author_kind
FROM entries e WHERE e.detail LIKE '%"edited_at":%' AND json_extract(e.detail, '$.edited_at') IS NOT NULL;
INSERT OR IGNORE INTO entry_changes
SELECT e.workspace_id, e.conversation_id, json_extract(one.value, '$.at'), e.revision, e.position, 'corrected',
    e.author_kind
FROM entries e, json_each(e.detail, '$.earlier') one
WHERE e.detail LIKE '%"earlier":%' AND json_extract(one.value, '$.at') > e.at;

-- The files of a conversation, newest first.
CREATE INDEX files_conversation ON files (workspace_id, conversation_id, position, id) WHERE conversation_id IS NOT NULL;
