-- The roles that workspaces made. The shipped ones are known to the program; members.role and invitations.role name one
-- of those, or one of these by its id as text.
CREATE TABLE roles (
    workspace_id UUID NOT NULL,
    role TEXT NOT NULL,
    name TEXT NOT NULL,
    -- By which the name is one in its workspace.
    folded TEXT NOT NULL,
    description TEXT,
    -- `area:action:scope`, as a JSON list.
    rights TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, role)
) {without_rowid};
CREATE UNIQUE INDEX roles_folded ON roles (workspace_id, folded);
CREATE INDEX members_role ON members (workspace_id, role);
