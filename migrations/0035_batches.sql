-- One act on many conversations: what was chosen, what is done to each, and how far it came.
CREATE TABLE batches (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    -- Who asked for it: each act is his.
    member_id UUID NOT NULL,
    state TEXT NOT NULL,
    -- The list that it was chosen from, as it is asked for; NULL: by hand.
    list TEXT,
    -- Where the list is looked at next.
    list_cursor TEXT,
    -- As JSON; NULL: nothing is done yet.
    act TEXT,
    -- The last conversation that it was done to; they follow in the order of their ids.
    reached UUID,
    total BIGINT NOT NULL,
    done BIGINT NOT NULL,
    refused BIGINT NOT NULL,
    -- The list had more than are taken.
    more BIGINT NOT NULL,
    began_at BIGINT NOT NULL,
    ended_at BIGINT,
    PRIMARY KEY (workspace_id, id)
) {without_rowid};
CREATE INDEX batches_member ON batches (workspace_id, member_id, state);

CREATE TABLE batch_items (
    workspace_id UUID NOT NULL,
    batch_id UUID NOT NULL,
    conversation_id UUID NOT NULL,
    -- NULL: nothing is done to it yet.
    outcome TEXT,
    -- Of the refusal.
    code TEXT,
    -- What was before, as JSON, to go back to.
    was TEXT,
    PRIMARY KEY (workspace_id, batch_id, conversation_id)
) {without_rowid};
CREATE INDEX batch_items_refused ON batch_items (workspace_id, batch_id, code) WHERE code IS NOT NULL;
