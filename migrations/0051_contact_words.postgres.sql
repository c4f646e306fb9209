-- The words by whose beginnings a contact is found, folded by us and compared by bytes, and what he is sorted by; NULL: that is not made yet.
ALTER TABLE contacts ADD COLUMN sort_name TEXT COLLATE "C";
CREATE INDEX contacts_by_name ON contacts (workspace_id, sort_name, id);
CREATE INDEX contacts_without_words ON contacts (workspace_id, id) WHERE sort_name IS NULL;

CREATE TABLE contact_words (
    workspace_id UUID NOT NULL,
    word TEXT COLLATE "C" NOT NULL,
    contact_id UUID NOT NULL,
    PRIMARY KEY (workspace_id, word, contact_id)
);
CREATE INDEX contact_words_of ON contact_words (workspace_id, contact_id, word);

-- Which columns a member has in the table of contacts, as JSON.
CREATE TABLE contact_columns (
    workspace_id UUID NOT NULL,
    member_id UUID NOT NULL,
    columns TEXT NOT NULL,
    PRIMARY KEY (workspace_id, member_id)
);

-- Whose browsers are handed over when a conversation is found to be somebody else's.
CREATE INDEX visitors_contact ON visitors (workspace_id, contact_id, inbox_id);
CREATE INDEX identity_aliases_contact ON identity_aliases (workspace_id, contact_id);
