-- The lists that are asked for most have an index each, so that a page reads its own rows only. What nobody is in charge
-- of is looked for by inbox, what somebody is in charge of by him: a message still moves one entry of the two.
DROP INDEX conversations_holder;
CREATE INDEX conversations_holder ON conversations (workspace_id, status, holder_member_id, last_activity_at, id)
    WHERE holder_member_id IS NOT NULL;
CREATE INDEX conversations_queue ON conversations (workspace_id, inbox_id, status, last_activity_at, id)
    WHERE holder_member_id IS NULL;

-- Those who wait for an answer, whoever waits longest first. Only the first unanswered message and the answer move them.
CREATE INDEX conversations_waiting ON conversations (workspace_id, inbox_id, status, waiting_since, id)
    WHERE waiting_since IS NOT NULL;
CREATE INDEX conversations_waiting_holder ON conversations (workspace_id, status, holder_member_id, waiting_since, id)
    WHERE waiting_since IS NOT NULL AND holder_member_id IS NOT NULL;

-- The tags of a conversation, with what its lists are ordered by.
CREATE TABLE new_conversation_tags (
    workspace_id UUID NOT NULL,
    conversation_id UUID NOT NULL,
    tag_id UUID NOT NULL,
    status TEXT NOT NULL,
    last_activity_at BIGINT NOT NULL,
    waiting_since BIGINT,
    PRIMARY KEY (workspace_id, conversation_id, tag_id)
) {without_rowid};
INSERT INTO new_conversation_tags
    (workspace_id, conversation_id, tag_id, status, last_activity_at, waiting_since)
SELECT c.workspace_id, c.id, t.tag_id, c.status, c.last_activity_at, c.waiting_since
FROM conversation_tags t JOIN conversations c ON c.workspace_id = t.workspace_id AND c.id = t.conversation_id;
DROP TABLE conversation_tags;
ALTER TABLE new_conversation_tags RENAME TO conversation_tags;
CREATE INDEX conversation_tags_activity
    ON conversation_tags (workspace_id, tag_id, status, last_activity_at, conversation_id);
CREATE INDEX conversation_tags_waiting
    ON conversation_tags (workspace_id, tag_id, status, waiting_since, conversation_id)
    WHERE waiting_since IS NOT NULL;

-- How many conversations of an inbox have a tag, and how many of those nobody is in charge of; and how many of what a
-- member is in charge of, or waits for a team. What somebody may see is a sum of these.
CREATE TABLE inbox_tag_counts (
    workspace_id UUID NOT NULL,
    inbox_id UUID NOT NULL,
    tag_id UUID NOT NULL,
    conversations BIGINT NOT NULL,
    queued BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, inbox_id, tag_id)
) {without_rowid};
CREATE TABLE holder_tag_counts (
    workspace_id UUID NOT NULL,
    holder_id UUID NOT NULL,
    inbox_id UUID NOT NULL,
    tag_id UUID NOT NULL,
    conversations BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, holder_id, inbox_id, tag_id)
) {without_rowid};
INSERT INTO inbox_tag_counts (workspace_id, inbox_id, tag_id, conversations, queued)
SELECT c.workspace_id, c.inbox_id, t.tag_id, COUNT(*), SUM(CASE WHEN c.holder_member_id IS NULL THEN 1 ELSE 0 END)
FROM conversation_tags t JOIN conversations c ON c.workspace_id = t.workspace_id AND c.id = t.conversation_id
GROUP BY c.workspace_id, c.inbox_id, t.tag_id;
INSERT INTO holder_tag_counts (workspace_id, holder_id, inbox_id, tag_id, conversations)
SELECT c.workspace_id, c.holder_member_id, c.inbox_id, t.tag_id, COUNT(*)
FROM conversation_tags t JOIN conversations c ON c.workspace_id = t.workspace_id AND c.id = t.conversation_id
WHERE c.holder_member_id IS NOT NULL GROUP BY c.workspace_id, c.holder_member_id, c.inbox_id, t.tag_id;

-- Shown beneath the name in lists, and what the filter "Pinned only" asks for.
ALTER TABLE tags ADD COLUMN pinned BIGINT NOT NULL DEFAULT 0;
