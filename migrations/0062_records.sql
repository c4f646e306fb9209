-- What a workspace keeps records of: orders, claims, leads. One that is archived keeps its records.
CREATE TABLE record_types (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    name TEXT NOT NULL,
    -- By which the name is one in its workspace.
    folded TEXT NOT NULL,
    icon TEXT NOT NULL,
    color TEXT NOT NULL,
    -- As JSON, in their order: what is kept of each, and how far each can be.
    fields TEXT NOT NULL,
    states TEXT NOT NULL,
    -- Where another system shows one, with gaps.
    url TEXT,
    -- Inboxes in which a new session begins with one, as JSON.
    inboxes TEXT NOT NULL,
    -- The last number that was given by counting.
    counted BIGINT NOT NULL,
    archived BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    -- Who is asked for what there is outside, and what signs it.
    lookup_url TEXT,
    secret TEXT,
    PRIMARY KEY (workspace_id, id)
) {without_rowid};
CREATE UNIQUE INDEX record_types_name ON record_types (workspace_id, folded);

CREATE TABLE records (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    type_id UUID NOT NULL,
    number TEXT NOT NULL,
    -- In small letters: by which it is asked for, and one in its type.
    folded TEXT NOT NULL,
    title TEXT,
    state_id UUID NOT NULL,
    contact_id UUID NOT NULL,
    -- By the id of a field, as JSON.
    field_values TEXT NOT NULL,
    -- How the contact came to the session with which it was made by itself, as JSON.
    source TEXT,
    automatic BIGINT NOT NULL,
    -- In which it was made.
    conversation_id UUID NOT NULL,
    session BIGINT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    -- The name of who made it; NULL: it was made by itself.
    member_name TEXT,
    PRIMARY KEY (workspace_id, id)
) {without_rowid};
CREATE INDEX records_newest ON records (workspace_id, created_at, id);
CREATE INDEX records_of_type ON records (workspace_id, type_id, created_at, id);
CREATE INDEX records_in_state ON records (workspace_id, state_id, created_at, id);
CREATE INDEX records_of_contact ON records (workspace_id, contact_id, created_at, id);
CREATE INDEX records_by_number ON records (workspace_id, folded, id);
CREATE UNIQUE INDEX records_number ON records (workspace_id, type_id, folded);
-- A session begins with one record of a type, however often that is asked for.
CREATE UNIQUE INDEX records_by_itself ON records (workspace_id, conversation_id, session, type_id) WHERE automatic = 1;

-- To which conversations a record belongs.
CREATE TABLE record_conversations (
    workspace_id UUID NOT NULL,
    record_id UUID NOT NULL,
    conversation_id UUID NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, record_id, conversation_id)
) {without_rowid};
CREATE INDEX record_conversations_other ON record_conversations (workspace_id, conversation_id, record_id);

-- Who changed what of a record, from what to what, as JSON; numbered by the version that it led to.
CREATE TABLE record_changes (
    workspace_id UUID NOT NULL,
    record_id UUID NOT NULL,
    number BIGINT NOT NULL,
    at BIGINT NOT NULL,
    member_id UUID,
    member_name TEXT,
    changes TEXT NOT NULL,
    PRIMARY KEY (workspace_id, record_id, number)
) {without_rowid};

-- What another system answered when it was asked for what it has of a contact.
CREATE TABLE record_lookups (
    workspace_id UUID NOT NULL,
    contact_id UUID NOT NULL,
    type_id UUID NOT NULL,
    asked_at BIGINT NOT NULL,
    -- What there is, as JSON; or why nothing is known.
    found TEXT,
    failure TEXT,
    PRIMARY KEY (workspace_id, contact_id, type_id)
) {without_rowid};

-- New sessions of the inbox begin with records.
ALTER TABLE inboxes ADD COLUMN begins_with_record BIGINT NOT NULL DEFAULT 0;
