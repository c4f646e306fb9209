-- The words are folded by us, so no text search configuration is asked. The key is time first, so that the newest are
-- found first.
CREATE TABLE search_entries (
    workspace_id UUID NOT NULL,
    key BIGINT NOT NULL,
    conversation_id UUID NOT NULL,
    position BIGINT NOT NULL,
    words TSVECTOR NOT NULL,
    PRIMARY KEY (workspace_id, key)
);
CREATE INDEX search_entries_words ON search_entries USING gin (words);
CREATE INDEX search_entries_conversation ON search_entries (workspace_id, conversation_id, key);

-- How far each conversation is indexed, and the names that are.
CREATE TABLE search_conversations (
    workspace_id UUID NOT NULL,
    conversation_id UUID NOT NULL,
    position BIGINT NOT NULL,
    names TEXT NOT NULL,
    PRIMARY KEY (workspace_id, conversation_id)
);

-- Compared by bytes, as beginnings of words are looked up.
CREATE TABLE search_names (
    workspace_id UUID NOT NULL,
    word TEXT COLLATE "C" NOT NULL,
    conversation_id UUID NOT NULL,
    PRIMARY KEY (workspace_id, word, conversation_id)
);
CREATE INDEX search_names_conversation ON search_names (workspace_id, conversation_id);
