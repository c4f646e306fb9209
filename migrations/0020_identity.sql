-- With what a website's own server signs who is who. Both sides sign with it, so it is kept as it is.
CREATE TABLE identity_keys (
    workspace_id UUID NOT NULL,
    inbox_id UUID NOT NULL,
    key TEXT NOT NULL,
    -- Since when there has been one without a gap: what an earlier one proved ended with it.
    made_at BIGINT NOT NULL,
    -- The one before counts along until then.
    old_key TEXT,
    old_key_until BIGINT,
    PRIMARY KEY (workspace_id, inbox_id)
) {without_rowid};

-- When a website's signature proved who this visitor is; NULL: nobody did.
ALTER TABLE visitors ADD COLUMN identified_at BIGINT;

-- What of a contact was signed by a website, as JSON; conversations carry it like the rest of him.
ALTER TABLE contacts ADD COLUMN verified TEXT;
ALTER TABLE conversations ADD COLUMN contact_verified TEXT;
