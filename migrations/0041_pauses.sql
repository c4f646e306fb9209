-- From which inboxes a member takes nothing for now. It outlives his sign-ins.
CREATE TABLE pauses (
    workspace_id UUID NOT NULL,
    member_id UUID NOT NULL,
    inbox_id UUID NOT NULL,
    since BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, member_id, inbox_id)
) {without_rowid};
CREATE INDEX pauses_inbox ON pauses (workspace_id, inbox_id);
