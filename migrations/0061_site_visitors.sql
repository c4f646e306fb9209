-- Who has a page of a website before him now; a row goes when he leaves. The widget names it.
CREATE TABLE site_visitors (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    inbox_id UUID NOT NULL,
    -- Of a browser that is a contact's.
    contact_id UUID,
    began_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    -- When something that is shown of him changed.
    changed_at BIGINT NOT NULL,
    page_url TEXT NOT NULL,
    page_title TEXT NOT NULL,
    page_at BIGINT NOT NULL,
    -- Address and title in small letters, by which he is found.
    page_words TEXT NOT NULL,
    visits BIGINT NOT NULL,
    came_kind TEXT NOT NULL,
    -- As JSON, like the two that follow.
    came_by TEXT,
    profile TEXT,
    invitation TEXT,
    PRIMARY KEY (workspace_id, id)
) {without_rowid};
CREATE INDEX site_visitors_newest ON site_visitors (workspace_id, began_at, id);
CREATE INDEX site_visitors_inbox ON site_visitors (workspace_id, inbox_id);
CREATE INDEX site_visitors_seen ON site_visitors (seen_at);

-- Whether the conversations of an inbox are part of what is shown of a contact's history.
ALTER TABLE inboxes ADD COLUMN in_record BIGINT NOT NULL DEFAULT 1;
