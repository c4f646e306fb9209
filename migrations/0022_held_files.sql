-- What keeps a file that belongs to no message, such as a quick reply.
ALTER TABLE files ADD COLUMN held_by UUID;

-- The files that go with a quick reply, in order, as JSON: a list needs no join.
ALTER TABLE quick_replies ADD COLUMN files TEXT;
