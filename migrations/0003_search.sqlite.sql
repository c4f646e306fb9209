-- The words are folded by us before they come here, so the tokenizer only splits at spaces. `@` begins the words of
-- an author, `#` what else can be asked for. The rowid is the key of search_entries: time first, so that the newest
-- are found first without sorting.
CREATE VIRTUAL TABLE search_words USING fts5(
    words, content = '', contentless_delete = 1, prefix = '2 3', tokenize = "ascii tokenchars '@#'"
);

CREATE TABLE search_entries (
    key INTEGER NOT NULL PRIMARY KEY,
    workspace_id UUID NOT NULL,
    conversation_id UUID NOT NULL,
    position BIGINT NOT NULL
);

-- How far each conversation is indexed, and the names that are.
CREATE TABLE search_conversations (
    workspace_id UUID NOT NULL,
    conversation_id UUID NOT NULL,
    position BIGINT NOT NULL,
    names TEXT NOT NULL,
    PRIMARY KEY (workspace_id, conversation_id)
) WITHOUT ROWID;

CREATE TABLE search_names (
    workspace_id UUID NOT NULL,
    word TEXT NOT NULL,
    conversation_id UUID NOT NULL,
    PRIMARY KEY (workspace_id, word, conversation_id)
) WITHOUT ROWID;
CREATE INDEX search_names_conversation ON search_names (workspace_id, conversation_id);
