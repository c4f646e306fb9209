-- Whether members must say how it ended when they close; 0, as it was before: they need not.
ALTER TABLE inboxes ADD COLUMN closing_needs_note BIGINT NOT NULL DEFAULT 0;

-- What else may close by itself. 1: also what the contact waits in; 0, as it was before: only what the team answered.
ALTER TABLE inboxes ADD COLUMN close_waiting BIGINT NOT NULL DEFAULT 0;

-- Minutes of silence after which what nobody is in charge of is closed; 0, as it was before: never.
ALTER TABLE inboxes ADD COLUMN close_queued_after_minutes BIGINT NOT NULL DEFAULT 0;
