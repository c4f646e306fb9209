-- How comments below posts are answered by themselves. The first rule of an inbox that fits wins.
CREATE TABLE comment_rules (
    workspace_id UUID NOT NULL,
    inbox_id UUID NOT NULL,
    id UUID NOT NULL,
    place BIGINT NOT NULL,
    enabled BIGINT NOT NULL,
    name TEXT NOT NULL,
    -- The provider's name for the one post that it is about.
    post TEXT,
    -- The rest of it, as JSON.
    rule TEXT NOT NULL,
    PRIMARY KEY (workspace_id, id)
) {without_rowid};
CREATE INDEX comment_rules_inbox ON comment_rules (workspace_id, inbox_id, place);

-- Each comment that a rule fitted, and what became of it.
CREATE TABLE comment_answers (
    workspace_id UUID NOT NULL,
    inbox_id UUID NOT NULL,
    rule_id UUID NOT NULL,
    at BIGINT NOT NULL,
    -- The account's and the provider's own name for the comment.
    comment TEXT NOT NULL,
    contact_id UUID NOT NULL,
    person TEXT,
    text TEXT,
    -- Which of the rule's cases it was.
    answer BIGINT NOT NULL,
    -- Why nothing was sent.
    skipped TEXT,
    public_entry_id UUID,
    private_entry_id UUID,
    PRIMARY KEY (workspace_id, inbox_id, comment)
) {without_rowid};
CREATE INDEX comment_answers_rule ON comment_answers (workspace_id, rule_id, at, comment);
CREATE INDEX comment_answers_contact ON comment_answers (workspace_id, contact_id, rule_id);
CREATE INDEX comment_answers_at ON comment_answers (at);

-- Whom alone automation may serve in an inbox, where that is set.
CREATE TABLE automation_limits (
    workspace_id UUID NOT NULL,
    inbox_id UUID NOT NULL,
    enabled BIGINT NOT NULL,
    -- What others are told, once a day.
    message TEXT,
    PRIMARY KEY (workspace_id, inbox_id)
) {without_rowid};
CREATE TABLE automation_listed (
    workspace_id UUID NOT NULL,
    inbox_id UUID NOT NULL,
    place BIGINT NOT NULL,
    -- As it is compared, and as it was written.
    name TEXT NOT NULL,
    written TEXT NOT NULL,
    PRIMARY KEY (workspace_id, inbox_id, name)
) {without_rowid};
-- When somebody was last told that he is not served.
CREATE TABLE automation_told (
    workspace_id UUID NOT NULL,
    inbox_id UUID NOT NULL,
    contact_id UUID NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, inbox_id, contact_id)
) {without_rowid};
