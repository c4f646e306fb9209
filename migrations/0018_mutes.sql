-- A member mutes a conversation for himself: beside his other marks, and with their revision.
ALTER TABLE read_marks ADD COLUMN muted BIGINT NOT NULL DEFAULT 0;
