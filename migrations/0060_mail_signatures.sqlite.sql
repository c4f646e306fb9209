-- What a member's mails end with; that of an inbox stands in its settings, where its members see it.
ALTER TABLE members ADD COLUMN signature TEXT NOT NULL DEFAULT '';
UPDATE inboxes SET settings = json_set(settings, '$.signature', (SELECT m.signature FROM mailboxes m
    WHERE m.workspace_id = inboxes.workspace_id AND m.inbox_id = inboxes.id))
    WHERE channel = 'email' AND EXISTS (SELECT 1 FROM mailboxes m
    WHERE m.workspace_id = inboxes.workspace_id AND m.inbox_id = inboxes.id AND m.signature <> '');
