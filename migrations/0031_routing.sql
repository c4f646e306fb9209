-- How an inbox gives its conversations to people, as JSON; NULL: with the first answer.
ALTER TABLE inboxes ADD COLUMN routing TEXT;
ALTER TABLE inboxes ADD COLUMN automatic BIGINT NOT NULL DEFAULT 0;
CREATE INDEX inboxes_automatic ON inboxes (workspace_id, id) WHERE automatic = 1;
-- Whether any inbox needs to hear of who comes and goes.
ALTER TABLE workspaces ADD COLUMN routes BIGINT NOT NULL DEFAULT 0;

-- 0 is urgent, 3 is low.
ALTER TABLE conversations ADD COLUMN priority BIGINT NOT NULL DEFAULT 2;
-- Since when it waits for somebody to have it; NULL: it does not.
ALTER TABLE conversations ADD COLUMN waits_since BIGINT;
-- The member who had it last before it came to somebody else or back into the queue.
ALTER TABLE conversations ADD COLUMN last_member_id UUID;
UPDATE conversations SET waits_since = COALESCE(waiting_since, opened_at)
WHERE status = 'open' AND holder_member_id IS NULL;
CREATE INDEX conversations_routed ON conversations (workspace_id, inbox_id, priority, waits_since, id)
    WHERE waits_since IS NOT NULL;

-- Who got the last conversation that an inbox gave automatically. Its row is locked while one is given.
CREATE TABLE routing_turns (
    workspace_id UUID NOT NULL,
    inbox_id UUID NOT NULL,
    member_id UUID,
    PRIMARY KEY (workspace_id, inbox_id)
) {without_rowid};

-- Since when a member has not got or finished a conversation, while he was there.
ALTER TABLE presences ADD COLUMN free_since BIGINT NOT NULL DEFAULT 0;
-- What a member knows about, as a JSON list of folded words; NULL: nothing in particular.
ALTER TABLE members ADD COLUMN skills TEXT;
