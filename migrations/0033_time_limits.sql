-- How long contacts may wait, as JSON: the workspace's default, and what holds for each inbox, so that a message reads
-- one row. An inbox with a limit of its own does not follow the default.
ALTER TABLE workspaces ADD COLUMN time_limit TEXT;
ALTER TABLE inboxes ADD COLUMN time_limit TEXT;
ALTER TABLE inboxes ADD COLUMN own_time_limit BIGINT NOT NULL DEFAULT 0;

-- When a waiting contact's conversation turns yellow and red; NULL: it does not.
ALTER TABLE conversations ADD COLUMN warning_at BIGINT;
ALTER TABLE conversations ADD COLUMN late_at BIGINT;
-- The next of the two that nobody was told of.
ALTER TABLE conversations ADD COLUMN limit_at BIGINT;
CREATE INDEX conversations_limit ON conversations (limit_at) WHERE limit_at IS NOT NULL;
