-- What a member's mails end with; that of an inbox stands in its settings, where its members see it.
ALTER TABLE members ADD COLUMN signature TEXT NOT NULL DEFAULT '';
UPDATE inboxes SET settings = (settings::jsonb || jsonb_build_object('signature', m.signature))::text
    FROM mailboxes m WHERE m.workspace_id = inboxes.workspace_id AND m.inbox_id = inboxes.id
    AND inboxes.channel = 'email' AND m.signature <> '';
