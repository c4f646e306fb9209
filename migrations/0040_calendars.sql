-- Opening hours under a name. An inbox that follows one has what it needs of it among its own settings.
CREATE TABLE calendars (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    name TEXT NOT NULL,
    -- By which the name is one in its workspace.
    folded TEXT NOT NULL,
    -- Zone, week and closed days, as JSON.
    hours TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, id)
) {without_rowid};
CREATE UNIQUE INDEX calendars_folded ON calendars (workspace_id, folded);
