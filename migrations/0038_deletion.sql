-- Conversations that were deleted: their rows as they were, where no list looks. What hangs on them stays in its own
-- tables until they are put back or erased.
CREATE TABLE deleted_conversations (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    inbox_id UUID NOT NULL,
    channel TEXT NOT NULL,
    contact_id UUID NOT NULL,
    status TEXT NOT NULL,
    close_reason TEXT,
    holder_member_id UUID,
    holder_team_id UUID,
    formers TEXT,
    priority BIGINT NOT NULL,
    waits_since BIGINT,
    last_member_id UUID,
    revision BIGINT NOT NULL,
    last_position BIGINT NOT NULL,
    last_activity_at BIGINT NOT NULL,
    opened_at BIGINT NOT NULL,
    waiting_since BIGINT,
    inbound_count BIGINT NOT NULL,
    sent_count BIGINT NOT NULL,
    note_count BIGINT NOT NULL,
    rating_count BIGINT NOT NULL,
    page_count BIGINT NOT NULL,
    act_count BIGINT NOT NULL,
    staff_read_position BIGINT NOT NULL,
    contact_delivered_position BIGINT NOT NULL,
    contact_read_position BIGINT NOT NULL,
    session BIGINT NOT NULL,
    preview TEXT,
    snoozed_until BIGINT,
    scheduled_at BIGINT,
    block TEXT,
    title TEXT,
    tags TEXT,
    visit TEXT,
    page_data TEXT,
    contact_name TEXT,
    contact_email TEXT,
    contact_phone TEXT,
    contact_verified TEXT,
    warning_at BIGINT,
    late_at BIGINT,
    limit_at BIGINT,
    deleted_at BIGINT NOT NULL,
    -- The member, and his name at that time.
    deleted_by UUID NOT NULL,
    deleted_by_name TEXT NOT NULL,
    -- From then on nobody puts it back.
    erase_at BIGINT NOT NULL,
    -- Nothing is left of it but its ids and numbers.
    erased_at BIGINT,
    PRIMARY KEY (workspace_id, id)
) {without_rowid};
CREATE INDEX deleted_conversations_kept ON deleted_conversations (workspace_id, deleted_at, id) WHERE erased_at IS NULL;
-- Of a contact, when he turns out to be somebody else.
CREATE INDEX deleted_conversations_contact ON deleted_conversations (workspace_id, contact_id) WHERE erased_at IS NULL;

-- How many days deleted conversations can be put back; 0: they are erased at once.
ALTER TABLE workspaces ADD COLUMN erase_after_days BIGINT NOT NULL DEFAULT 30;
