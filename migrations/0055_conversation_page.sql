-- How many conversations of a workspace closed by themselves in a minute of the clock, over all nodes.
CREATE TABLE automatic_closings (
    workspace_id UUID NOT NULL PRIMARY KEY,
    -- Of the clock: milliseconds since 1970, divided by 60,000.
    minute BIGINT NOT NULL,
    closed BIGINT NOT NULL
) {without_rowid};

-- Whether visitors of an inbox were told last that somebody of the team is there.
ALTER TABLE inboxes ADD COLUMN attended BIGINT NOT NULL DEFAULT 0;

-- Conversations on their way to a visitor's address, through a mailbox of the workspace. Gone as soon as it is decided.
CREATE TABLE transcripts (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    -- Of the mailbox.
    inbox_id UUID NOT NULL,
    conversation_id UUID NOT NULL,
    address TEXT NOT NULL,
    locale TEXT NOT NULL,
    zone TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    -- Handed to the mail server, which has not answered yet.
    leaving BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, id)
) {without_rowid};
