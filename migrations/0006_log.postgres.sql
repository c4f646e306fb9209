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
);
INSERT INTO entry_changes
SELECT e.workspace_id, e.conversation_id, (e.detail::json #>> '{removed,at}')::bigint, e.revision, e.position,
    'removed', e.detail::json #>> '{removed,by,kind}'
FROM entries e WHERE e.detail LIKE '%"removed":%' AND e.detail::json #>> '{removed,at}' IS NOT NULL
ON CONFLICT DO NOTHING;
INSERT INTO entry_changes
SELECT e.workspace_id, e.conversation_id, (e.detail::json ->> 'edited_at')::bigint, e.revision, e.position,
    'corrected', e.author_kind
FROM entries e WHERE e.detail LIKE '%"edited_at":%' AND e.detail::json ->> 'edited_at' IS NOT NULL
ON CONFLICT DO NOTHING;
INSERT INTO entry_changes
SELECT e.workspace_id, e.conversation_id, (one.value ->> 'at')::bigint, e.revision, e.position, 'corrected',
    e.author_kind
FROM entries e CROSS JOIN LATERAL json_array_elements(e.detail::json -> 'earlier') one
WHERE e.detail LIKE '%"earlier":%' AND (one.value ->> 'at')::bigint > e.at
ON CONFLICT DO NOTHING;

-- The files of a conversation, newest first.
CREATE INDEX files_conversation ON files (workspace_id, conversation_id, position, id) WHERE conversation_id IS NOT NULL;
