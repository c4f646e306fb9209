-- Since when nothing is exchanged with the contact, so that those with whom that is so are listed.
UPDATE contacts SET blocked_at = (block::json ->> 'at')::bigint WHERE block IS NOT NULL;
CREATE INDEX contacts_blocked ON contacts (workspace_id, blocked_at, id) WHERE blocked_at IS NOT NULL;
