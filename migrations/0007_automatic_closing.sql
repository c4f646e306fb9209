-- Minutes without an answer of the contact after which a conversation is closed; 0: never, as it was before.
ALTER TABLE inboxes ADD COLUMN close_after_minutes BIGINT NOT NULL DEFAULT 0;
