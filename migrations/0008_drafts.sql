-- What a member has begun to write in a conversation, an answer and a note, as JSON. `saved_at` is its version too.
CREATE TABLE drafts (
    workspace_id UUID NOT NULL,
    member_id UUID NOT NULL,
    conversation_id UUID NOT NULL,
    saved_at BIGINT NOT NULL,
    reply TEXT,
    note TEXT,
    PRIMARY KEY (workspace_id, member_id, conversation_id)
) {without_rowid};
