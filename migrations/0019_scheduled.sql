-- Messages that are sent later, each as its author would send it then. `files` are ids, as JSON.
CREATE TABLE scheduled (
    workspace_id UUID NOT NULL,
    conversation_id UUID NOT NULL,
    -- The id of the message that it becomes.
    id UUID NOT NULL,
    member_id UUID NOT NULL,
    text TEXT,
    files TEXT NOT NULL,
    quote_id UUID,
    due_at BIGINT NOT NULL,
    -- The newest entry when it was written: what came later it does not answer.
    seen_position BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, conversation_id, id)
) {without_rowid};

-- When the next one goes.
ALTER TABLE conversations ADD COLUMN scheduled_at BIGINT;
