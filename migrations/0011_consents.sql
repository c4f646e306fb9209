-- What contacts agreed to, with the words as they were then. Nothing changes here: another text is another row. With
-- rowids: a text may be longer than a fourth of SQLite's page.
CREATE TABLE consents (
    workspace_id UUID NOT NULL,
    contact_id UUID NOT NULL,
    inbox_id UUID NOT NULL,
    version BIGINT NOT NULL,
    at BIGINT NOT NULL,
    text TEXT NOT NULL,
    link TEXT NOT NULL,
    PRIMARY KEY (workspace_id, contact_id, inbox_id, version)
);
