-- One text for both engines: UUID is 16 bytes, BIGINT milliseconds UTC or a number, TEXT also holds JSON.
-- Every key begins with the workspace, so that PostgreSQL can be partitioned or sharded by it.

CREATE TABLE workspaces (
    id UUID NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    locale TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

-- The newest event position of each workspace: its row is the last one that a transaction touches, which
-- makes positions follow the order of commits without gaps.
CREATE TABLE event_positions (
    workspace_id UUID NOT NULL PRIMARY KEY,
    position BIGINT NOT NULL
);

-- With rowids: a row is longer than a fourth of SQLite's page, which a table without them would spill to a page of
-- its own.
CREATE TABLE events (
    workspace_id UUID NOT NULL,
    position BIGINT NOT NULL,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    audience TEXT NOT NULL,
    payload TEXT NOT NULL,
    PRIMARY KEY (workspace_id, position)
);

CREATE TABLE jobs (
    id UUID NOT NULL PRIMARY KEY,
    workspace_id UUID NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    -- Who works on it: a fencing number that grows with each lease, so that a late worker cannot finish it.
    lease BIGINT NOT NULL,
    parked_at BIGINT,
    failure TEXT
);
CREATE INDEX jobs_due ON jobs (due_at) WHERE parked_at IS NULL;

CREATE TABLE members (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    -- The address in the form in which two are compared.
    email_key TEXT NOT NULL,
    role TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    locale TEXT NOT NULL,
    joined_at BIGINT NOT NULL,
    disabled_at BIGINT,
    PRIMARY KEY (workspace_id, id)
) {without_rowid};
CREATE UNIQUE INDEX members_email ON members (email_key);

CREATE TABLE memberships (
    workspace_id UUID NOT NULL,
    inbox_id UUID NOT NULL,
    member_id UUID NOT NULL,
    PRIMARY KEY (workspace_id, inbox_id, member_id)
) {without_rowid};
CREATE INDEX memberships_member ON memberships (workspace_id, member_id);

CREATE TABLE sign_ins (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    member_id UUID NOT NULL,
    token_hash BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    address TEXT NOT NULL,
    user_agent TEXT NOT NULL,
    PRIMARY KEY (workspace_id, id)
) {without_rowid};
CREATE UNIQUE INDEX sign_ins_token ON sign_ins (token_hash);
CREATE INDEX sign_ins_member ON sign_ins (workspace_id, member_id);

CREATE TABLE invitations (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    token_hash BYTEA NOT NULL,
    email TEXT NOT NULL,
    role TEXT NOT NULL,
    inbox_ids TEXT NOT NULL,
    invited_by UUID NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    accepted_at BIGINT,
    revoked_at BIGINT,
    PRIMARY KEY (workspace_id, id)
) {without_rowid};
CREATE UNIQUE INDEX invitations_token ON invitations (token_hash);

CREATE TABLE inboxes (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    name TEXT NOT NULL,
    channel TEXT NOT NULL,
    -- The channel's own settings as JSON.
    settings TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    disabled_at BIGINT,
    -- Kept in the transactions that change them; never counted on a request.
    queued BIGINT NOT NULL,
    open BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, id)
) {without_rowid};
CREATE UNIQUE INDEX inboxes_id ON inboxes (id);

CREATE TABLE contacts (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    name TEXT,
    email TEXT,
    phone TEXT,
    created_at BIGINT NOT NULL,
    blocked_at BIGINT,
    PRIMARY KEY (workspace_id, id)
) {without_rowid};

CREATE TABLE visitors (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    inbox_id UUID NOT NULL,
    contact_id UUID NOT NULL,
    token_hash BYTEA NOT NULL,
    origin TEXT NOT NULL,
    locale TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, id)
) {without_rowid};
CREATE UNIQUE INDEX visitors_token ON visitors (token_hash);

CREATE TABLE conversations (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    inbox_id UUID NOT NULL,
    contact_id UUID NOT NULL,
    status TEXT NOT NULL,
    close_reason TEXT,
    -- NULL: in the queue.
    holder_member_id UUID,
    revision BIGINT NOT NULL,
    last_position BIGINT NOT NULL,
    last_activity_at BIGINT NOT NULL,
    opened_at BIGINT NOT NULL,
    waiting_since BIGINT,
    inbound_count BIGINT NOT NULL,
    staff_read_position BIGINT NOT NULL,
    contact_delivered_position BIGINT NOT NULL,
    contact_read_position BIGINT NOT NULL,
    session BIGINT NOT NULL,
    -- What the list shows of the newest message, as JSON.
    preview TEXT,
    -- The contact as the list shows it, so that a page is one statement; contacts keep it current.
    contact_name TEXT,
    contact_email TEXT,
    contact_phone TEXT,
    PRIMARY KEY (workspace_id, id)
) {without_rowid};
CREATE UNIQUE INDEX conversations_thread ON conversations (workspace_id, inbox_id, contact_id);
-- One index for each family of lists; a message moves one entry in each.
CREATE INDEX conversations_holder ON conversations (workspace_id, status, holder_member_id, last_activity_at, id);
CREATE INDEX conversations_inbox ON conversations (workspace_id, inbox_id, status, last_activity_at, id);
CREATE INDEX conversations_status ON conversations (workspace_id, status, last_activity_at, id);

-- An opening-to-closing episode of a conversation.
CREATE TABLE sessions (
    workspace_id UUID NOT NULL,
    conversation_id UUID NOT NULL,
    number BIGINT NOT NULL,
    opened_at BIGINT NOT NULL,
    closed_at BIGINT,
    close_reason TEXT,
    closed_by UUID,
    PRIMARY KEY (workspace_id, conversation_id, number)
) {without_rowid};

CREATE TABLE entries (
    workspace_id UUID NOT NULL,
    conversation_id UUID NOT NULL,
    position BIGINT NOT NULL,
    id UUID NOT NULL,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    revision BIGINT NOT NULL,
    author_kind TEXT NOT NULL,
    author_id UUID,
    author_name TEXT,
    text TEXT,
    -- What else the kind carries, as JSON: files, assignment, reason.
    detail TEXT,
    delivery TEXT,
    failure TEXT,
    PRIMARY KEY (workspace_id, conversation_id, position)
) {without_rowid};
CREATE UNIQUE INDEX entries_id ON entries (workspace_id, id);

CREATE TABLE read_marks (
    workspace_id UUID NOT NULL,
    member_id UUID NOT NULL,
    conversation_id UUID NOT NULL,
    inbound_seen BIGINT NOT NULL,
    position BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, member_id, conversation_id)
) {without_rowid};

CREATE TABLE files (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    -- The name of the bytes in the file store: their SHA-256.
    blob TEXT NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    kind TEXT NOT NULL,
    size BIGINT NOT NULL,
    width BIGINT,
    height BIGINT,
    preview TEXT NOT NULL,
    preview_blob TEXT,
    uploader_kind TEXT NOT NULL,
    uploader_id UUID NOT NULL,
    created_at BIGINT NOT NULL,
    conversation_id UUID,
    position BIGINT,
    PRIMARY KEY (workspace_id, id)
) {without_rowid};
CREATE INDEX files_loose ON files (created_at) WHERE conversation_id IS NULL;
