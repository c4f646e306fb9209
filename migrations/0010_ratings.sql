-- How satisfied the contact was with a session, 1 to 5, and the entry that says so.
ALTER TABLE sessions ADD COLUMN score BIGINT;
ALTER TABLE sessions ADD COLUMN rating_id UUID;
