-- What the team wrote about a contact, as JSON by field, and what his channels told, as JSON, once that differs from
-- what is shown: `name`, `email`, `phone` and `verified` are what is shown, made of both.
ALTER TABLE contacts ADD COLUMN written TEXT;
ALTER TABLE contacts ADD COLUMN told TEXT;
-- Grows with each change of the team's.
ALTER TABLE contacts ADD COLUMN version BIGINT NOT NULL DEFAULT 0;

-- Who changed what about a contact, from what to what, as JSON; numbered by the version that it led to.
CREATE TABLE contact_changes (
    workspace_id UUID NOT NULL,
    contact_id UUID NOT NULL,
    number BIGINT NOT NULL,
    at BIGINT NOT NULL,
    member_id UUID,
    member_name TEXT NOT NULL,
    changes TEXT NOT NULL,
    PRIMARY KEY (workspace_id, contact_id, number)
) {without_rowid};

-- Who is found by the names that other systems gave him.
CREATE INDEX identities_of_contact ON identities (workspace_id, contact_id);
