-- Groups of the workspace's members.
CREATE TABLE teams (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    name TEXT NOT NULL,
    -- The name without its case, by which it is one in the workspace.
    folded TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, id)
) {without_rowid};
CREATE UNIQUE INDEX teams_name ON teams (workspace_id, folded);

-- Disabled members stay: who is enabled again is where he was.
CREATE TABLE team_members (
    workspace_id UUID NOT NULL,
    team_id UUID NOT NULL,
    member_id UUID NOT NULL,
    -- Whether he looks after what the team shares.
    leads BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, team_id, member_id)
) {without_rowid};
-- Whole, since each proof of a member reads it: the engine would rather read the table of the workspace.
CREATE INDEX team_members_member ON team_members (workspace_id, member_id, team_id, leads);
