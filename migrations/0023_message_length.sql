-- How long a message of the team may be, in Unicode code points: an administrator may raise it.
ALTER TABLE workspaces ADD COLUMN message_characters BIGINT NOT NULL DEFAULT 2000;
