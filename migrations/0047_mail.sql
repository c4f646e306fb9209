-- Mailboxes through which inboxes reach people.
CREATE TABLE mailboxes (
    workspace_id UUID NOT NULL,
    inbox_id UUID NOT NULL,
    -- In lower case.
    address TEXT NOT NULL,
    -- Where mail is read and sent, as JSON.
    servers TEXT NOT NULL,
    username TEXT NOT NULL,
    -- Sealed with a key that is not here, as is what pushed mail is signed with.
    password BYTEA NOT NULL,
    password_set_at BIGINT NOT NULL,
    hook_secret BYTEA NOT NULL,
    -- Whether the server takes what stands behind a plus.
    plus BIGINT NOT NULL,
    signature TEXT NOT NULL,
    -- What is older is not read.
    since BIGINT NOT NULL,
    -- Which message of the folder is the next one.
    uid_validity BIGINT,
    next_uid BIGINT,
    -- Who reads, and until when nobody else does.
    reader BIGINT NOT NULL DEFAULT 0,
    read_until BIGINT NOT NULL DEFAULT 0,
    -- Mails that went in circles, or that a machine wrote to nobody.
    dropped BIGINT NOT NULL DEFAULT 0,
    -- How it goes. Written once a minute at most, unless it changes.
    last_in_at BIGINT,
    last_sent_at BIGINT,
    last_error_at BIGINT,
    last_error TEXT,
    PRIMARY KEY (workspace_id, inbox_id)
) {without_rowid};
CREATE UNIQUE INDEX mailboxes_inbox ON mailboxes (inbox_id);
CREATE UNIQUE INDEX mailboxes_address ON mailboxes (workspace_id, address);

-- What came, as it came, before anybody understood it.
CREATE TABLE mail_arrivals (
    workspace_id UUID NOT NULL,
    inbox_id UUID NOT NULL,
    id UUID NOT NULL,
    -- Its place in the folder, or its own name where it was pushed, so that the same again is the same.
    key TEXT NOT NULL,
    at BIGINT NOT NULL,
    -- To whom a server brought it, where it says so.
    recipient TEXT,
    -- Empty when it was understood and is kept elsewhere.
    body BYTEA NOT NULL,
    state TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    failure TEXT,
    PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX mail_arrivals_key ON mail_arrivals (workspace_id, inbox_id, key);
CREATE INDEX mail_arrivals_state ON mail_arrivals (workspace_id, inbox_id, state, at, id);
CREATE INDEX mail_arrivals_at ON mail_arrivals (at);

-- Entries that came or went as mail.
CREATE TABLE mails (
    workspace_id UUID NOT NULL,
    entry_id UUID NOT NULL,
    inbox_id UUID NOT NULL,
    -- Its own name, without brackets, and the SHA-256 of what it says.
    message_id TEXT NOT NULL,
    digest BYTEA NOT NULL,
    -- The names of those before it, as JSON.
    earlier TEXT NOT NULL,
    -- What is shown of those that came: built anew, never the sender's own.
    html TEXT NOT NULL,
    PRIMARY KEY (workspace_id, entry_id)
);
CREATE UNIQUE INDEX mails_name ON mails (workspace_id, inbox_id, message_id);

-- By which token an answer finds its conversation.
CREATE TABLE mail_threads (
    workspace_id UUID NOT NULL,
    inbox_id UUID NOT NULL,
    token TEXT NOT NULL,
    conversation_id UUID NOT NULL,
    PRIMARY KEY (workspace_id, inbox_id, token)
) {without_rowid};
CREATE UNIQUE INDEX mail_threads_conversation ON mail_threads (workspace_id, conversation_id);

-- To whom a planned mail goes, as JSON, if not to all of the last one.
ALTER TABLE scheduled ADD COLUMN mail TEXT;
