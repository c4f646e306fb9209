-- Whether a member is there, one row for each. The number of his open conversations is kept by the transactions that
-- change it.
CREATE TABLE presences (
    workspace_id UUID NOT NULL,
    member_id UUID NOT NULL,
    -- What he chose: online, away or offline. It outlives his sign-ins.
    chosen TEXT NOT NULL,
    -- Why he is away: the id of one of the workspace's reasons, or `idle`.
    reason TEXT,
    since BIGINT NOT NULL,
    -- When a server last had a socket of his; NULL: none has.
    seen_at BIGINT,
    -- Open conversations that he holds and that are not put aside.
    open BIGINT NOT NULL,
    -- How many of them he can take; 0: as many as the workspace says.
    open_limit BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, member_id)
) {without_rowid};
CREATE INDEX presences_seen ON presences (seen_at) WHERE seen_at IS NOT NULL;
INSERT INTO presences (workspace_id, member_id, chosen, since, open, open_limit)
SELECT m.workspace_id, m.id, 'online', m.joined_at, (SELECT COUNT(*) FROM conversations c
    WHERE c.workspace_id = m.workspace_id AND c.status = 'open' AND c.holder_member_id = m.id), 0 FROM members m;

-- Why its members are away, as JSON; NULL: the reasons that are shipped.
ALTER TABLE workspaces ADD COLUMN away_reasons TEXT;
-- How many open conversations a member can take; 0: any number.
ALTER TABLE workspaces ADD COLUMN open_limit BIGINT NOT NULL DEFAULT 0;
