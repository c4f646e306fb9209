-- What must reach another system, in order within each conversation: written by the transaction of the change.
CREATE TABLE outbox (
    workspace_id UUID NOT NULL,
    conversation_id UUID NOT NULL,
    -- The conversation's revision of the change, and the number within it.
    revision BIGINT NOT NULL,
    step BIGINT NOT NULL,
    id UUID NOT NULL,
    inbox_id UUID NOT NULL,
    kind TEXT NOT NULL,
    entry_id UUID,
    at BIGINT NOT NULL,
    -- Also a fencing number: whoever comes back late cannot finish what another took over.
    attempts BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, conversation_id, revision, step)
) {without_rowid};

-- Jobs that wait for other systems have workers of their own: a slow system holds up nothing but itself.
ALTER TABLE jobs ADD COLUMN lane BIGINT NOT NULL DEFAULT 0;
DROP INDEX jobs_due;
CREATE INDEX jobs_due ON jobs (lane, due_at) WHERE parked_at IS NULL;
