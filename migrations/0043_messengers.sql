-- Accounts at providers, such as a bot, through which inboxes reach people.
CREATE TABLE messenger_accounts (
    workspace_id UUID NOT NULL,
    inbox_id UUID NOT NULL,
    channel TEXT NOT NULL,
    -- The provider's own name for it.
    account TEXT NOT NULL,
    -- Where the provider's interface is.
    address TEXT NOT NULL,
    -- Sealed with a key that is not here.
    token BYTEA NOT NULL,
    token_set_at BIGINT NOT NULL,
    -- Whether its updates are asked for, or pushed to us with a secret, whose SHA-256 this is.
    polling BIGINT NOT NULL,
    secret_hash BYTEA NOT NULL,
    -- Of those that are asked for: the next one, who asks, and until when nobody else does.
    next_update BIGINT,
    poller BIGINT NOT NULL DEFAULT 0,
    polled_until BIGINT NOT NULL DEFAULT 0,
    -- How it goes. Written once a minute at most, unless it changes.
    last_in_at BIGINT,
    last_sent_at BIGINT,
    last_error_at BIGINT,
    last_error TEXT,
    PRIMARY KEY (workspace_id, inbox_id)
) {without_rowid};
CREATE UNIQUE INDEX messenger_accounts_inbox ON messenger_accounts (inbox_id);
CREATE UNIQUE INDEX messenger_accounts_account ON messenger_accounts (workspace_id, channel, account);

-- What providers told, as it came, before anybody understood it.
CREATE TABLE messenger_updates (
    workspace_id UUID NOT NULL,
    inbox_id UUID NOT NULL,
    id UUID NOT NULL,
    -- The account's and the provider's own name for it, so that the same again is the same.
    key TEXT NOT NULL,
    at BIGINT NOT NULL,
    -- Among those of one delivery.
    step BIGINT NOT NULL,
    -- Whether it proved itself by its secret, or we asked for it.
    proof TEXT NOT NULL,
    -- Empty when it was understood and is kept elsewhere.
    body BYTEA NOT NULL,
    state TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    failure TEXT,
    PRIMARY KEY (workspace_id, id)
) {without_rowid};
CREATE UNIQUE INDEX messenger_updates_key ON messenger_updates (workspace_id, inbox_id, key);
CREATE INDEX messenger_updates_state ON messenger_updates (workspace_id, inbox_id, state, at, step);
CREATE INDEX messenger_updates_at ON messenger_updates (at);

-- Messages under the provider's own names. What we say may be several of them.
CREATE TABLE messenger_messages (
    workspace_id UUID NOT NULL,
    inbox_id UUID NOT NULL,
    external_id TEXT NOT NULL,
    entry_id UUID NOT NULL,
    part TEXT NOT NULL,
    PRIMARY KEY (workspace_id, inbox_id, external_id)
) {without_rowid};
CREATE INDEX messenger_messages_entry ON messenger_messages (workspace_id, entry_id);

-- When an account, or one person through it, may be written to next; and since when he does not want to be.
CREATE TABLE messenger_chats (
    workspace_id UUID NOT NULL,
    inbox_id UUID NOT NULL,
    -- Empty: the account.
    chat TEXT NOT NULL,
    free_at BIGINT NOT NULL,
    blocked_at BIGINT,
    PRIMARY KEY (workspace_id, inbox_id, chat)
) {without_rowid};

-- Which job fetches a file.
ALTER TABLE fetches ADD COLUMN job TEXT NOT NULL DEFAULT 'files.fetch';
-- Somebody has the row, and did not say yet how it ended.
ALTER TABLE outbox ADD COLUMN taken BIGINT NOT NULL DEFAULT 0;
