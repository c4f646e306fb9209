-- How a contact came to us first, as JSON: written once and never again. Each session keeps how it began.
ALTER TABLE contacts ADD COLUMN source TEXT;
ALTER TABLE sessions ADD COLUMN came_by TEXT;
-- Whether the link by which somebody came is an advertisement.
ALTER TABLE messenger_chats ADD COLUMN source_is_ad BIGINT NOT NULL DEFAULT 0;

-- What of the data that pages tell of their visitors is shown, under which name and as what.
CREATE TABLE data_fields (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    -- As the page calls it.
    name TEXT NOT NULL,
    label TEXT NOT NULL,
    kind TEXT NOT NULL,
    shown BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, id)
) {without_rowid};
CREATE UNIQUE INDEX data_fields_name ON data_fields (workspace_id, name);
