-- With rowids: a text may be longer than a fourth of SQLite's page.
CREATE TABLE quick_replies (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    scope TEXT NOT NULL,
    -- Within which a shortcut is unique: the member, the inbox or the workspace, as the scope says.
    owner_id UUID NOT NULL,
    shortcut TEXT NOT NULL,
    title TEXT NOT NULL,
    group_name TEXT,
    text TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    uses BIGINT NOT NULL,
    last_used_at BIGINT,
    PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX quick_replies_shortcut ON quick_replies (workspace_id, owner_id, shortcut);
-- What is shared is read by everybody; the personal ones of a thousand members are not in the way.
CREATE INDEX quick_replies_shared ON quick_replies (workspace_id) WHERE scope <> 'personal';

-- Which uses were counted lately, so that a repeated request counts once.
CREATE TABLE quick_reply_uses (
    workspace_id UUID NOT NULL,
    quick_reply_id UUID NOT NULL,
    id UUID NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, quick_reply_id, id)
) {without_rowid};
