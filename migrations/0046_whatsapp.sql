-- What an account at a provider needs beside its token, and how it goes, by the provider's own words.
ALTER TABLE messenger_accounts ADD COLUMN fields TEXT NOT NULL DEFAULT '{}';
ALTER TABLE messenger_accounts ADD COLUMN notes TEXT NOT NULL DEFAULT '{}';
-- As people know it.
ALTER TABLE messenger_accounts ADD COLUMN username TEXT NOT NULL DEFAULT '';
-- Sealed: with what its pushes are signed.
ALTER TABLE messenger_accounts ADD COLUMN secrets BYTEA;
ALTER TABLE messenger_accounts ADD COLUMN token_ends_at BIGINT;
-- Since when nothing leaves through it, because it must be mended; and when that is tried next.
ALTER TABLE messenger_accounts ADD COLUMN broken_at BIGINT;
ALTER TABLE messenger_accounts ADD COLUMN resume_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE messenger_accounts ADD COLUMN templates_at BIGINT NOT NULL DEFAULT 0;

-- Words that a provider has agreed to, as it last told them.
CREATE TABLE messenger_templates (
    workspace_id UUID NOT NULL,
    inbox_id UUID NOT NULL,
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    approved BIGINT NOT NULL,
    template TEXT NOT NULL,
    PRIMARY KEY (workspace_id, inbox_id, name, language)
) {without_rowid};

-- Until when the contact can be answered, where his channel knows such a time.
ALTER TABLE conversations ADD COLUMN answer_until BIGINT;
ALTER TABLE deleted_conversations ADD COLUMN answer_until BIGINT;

-- What else a contact is called in an inbox, beside his identity, or was called before.
CREATE TABLE identity_aliases (
    workspace_id UUID NOT NULL,
    inbox_id UUID NOT NULL,
    external_id TEXT NOT NULL,
    contact_id UUID NOT NULL,
    PRIMARY KEY (workspace_id, inbox_id, external_id)
) {without_rowid};
