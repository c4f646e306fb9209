-- A member marks a conversation unread for himself: a flag of its own, since what was seen stays seen. The revision
-- grows with each change of the mark, so that clients know which of two is newer.
ALTER TABLE read_marks ADD COLUMN flagged BIGINT NOT NULL DEFAULT 0;
ALTER TABLE read_marks ADD COLUMN revision BIGINT NOT NULL DEFAULT 0;
