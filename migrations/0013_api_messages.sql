-- The channel of its inbox: it decides how our messages reach the contact.
ALTER TABLE conversations ADD COLUMN channel TEXT NOT NULL DEFAULT 'website';

-- Whom another system means: a contact under the name that it gave him, in one inbox.
CREATE TABLE identities (
    workspace_id UUID NOT NULL,
    inbox_id UUID NOT NULL,
    external_id TEXT NOT NULL,
    contact_id UUID NOT NULL,
    -- What else it told, as JSON.
    profile TEXT NOT NULL,
    -- Its own name for the conversation.
    conversation_ref TEXT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, inbox_id, external_id)
) {without_rowid};
CREATE UNIQUE INDEX identities_contact ON identities (workspace_id, inbox_id, contact_id);

-- Messages of another system under its own ids, so that a repeat makes no second one.
CREATE TABLE api_messages (
    workspace_id UUID NOT NULL,
    inbox_id UUID NOT NULL,
    external_id TEXT NOT NULL,
    entry_id UUID NOT NULL,
    -- Of what was sent: the same id with other words is a mistake that must be heard.
    digest BYTEA NOT NULL,
    PRIMARY KEY (workspace_id, inbox_id, external_id)
) {without_rowid};
CREATE UNIQUE INDEX api_messages_entry ON api_messages (workspace_id, entry_id);
