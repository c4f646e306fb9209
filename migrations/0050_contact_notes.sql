-- The tags of a contact in the order in which they were put on, and his values by attribute, as JSON.
ALTER TABLE contacts ADD COLUMN tags TEXT;
ALTER TABLE contacts ADD COLUMN attributes TEXT;

-- The same the other way round, for whoever asks by tag or by value. Ids of contacts run with time.
CREATE TABLE contact_tags (
    workspace_id UUID NOT NULL,
    tag_id UUID NOT NULL,
    contact_id UUID NOT NULL,
    PRIMARY KEY (workspace_id, tag_id, contact_id)
) {without_rowid};

CREATE TABLE contact_values (
    workspace_id UUID NOT NULL,
    attribute_id UUID NOT NULL,
    -- In small letters.
    value TEXT NOT NULL,
    contact_id UUID NOT NULL,
    PRIMARY KEY (workspace_id, attribute_id, value, contact_id)
) {without_rowid};

-- What a workspace wants to know of its contacts. One that is archived keeps what was written and is shown no more.
CREATE TABLE contact_attributes (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    kind TEXT NOT NULL,
    -- Of kind choice: what there is to choose, as JSON.
    choices TEXT NOT NULL,
    required BIGINT NOT NULL,
    read_only BIGINT NOT NULL,
    archived BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, id)
) {without_rowid};
CREATE UNIQUE INDEX contact_attributes_name ON contact_attributes (workspace_id, folded);

-- What the team notes of a contact, whatever the conversation.
CREATE TABLE contact_notes (
    workspace_id UUID NOT NULL,
    contact_id UUID NOT NULL,
    id UUID NOT NULL,
    at BIGINT NOT NULL,
    member_id UUID NOT NULL,
    member_name TEXT NOT NULL,
    text TEXT NOT NULL,
    edited_at BIGINT,
    PRIMARY KEY (workspace_id, contact_id, id)
) {without_rowid};
