-- A table of contacts that comes in: what is in its file, what becomes of each column, and how far it came.
CREATE TABLE contact_imports (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    -- What it holds until it is forgotten.
    file_id UUID,
    name TEXT NOT NULL,
    member_id UUID NOT NULL,
    member_name TEXT NOT NULL,
    -- Whose rights what is done now has.
    actor_id UUID NOT NULL,
    state TEXT NOT NULL,
    -- Grows with each change of state: a job of an earlier turn has nothing to do any more.
    turn BIGINT NOT NULL,
    encoding TEXT NOT NULL,
    separator TEXT NOT NULL,
    -- The columns of the file, as JSON; NULL: nobody has looked into it yet.
    columns TEXT,
    -- What becomes of them, as JSON.
    plan TEXT,
    -- Rows of the file, without its first one.
    total BIGINT NOT NULL,
    -- The last row that was looked at, taken or taken back.
    reached BIGINT NOT NULL,
    made BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    unchanged BIGINT NOT NULL,
    -- Of the trial only: rows about somebody whom a row before names.
    repeated BIGINT NOT NULL,
    refused BIGINT NOT NULL,
    taken_back BIGINT NOT NULL,
    kept BIGINT NOT NULL,
    -- It stopped because of a fault of ours.
    failed BIGINT NOT NULL,
    begun_at BIGINT NOT NULL,
    touched_at BIGINT NOT NULL,
    ended_at BIGINT,
    PRIMARY KEY (workspace_id, id)
) {without_rowid};
CREATE INDEX contact_imports_newest ON contact_imports (workspace_id, begun_at, id);

-- What became of a row: whom it made or changed, for taking it back, or why it was refused.
CREATE TABLE contact_import_rows (
    workspace_id UUID NOT NULL,
    import_id UUID NOT NULL,
    number BIGINT NOT NULL,
    -- In the file, as an editor counts.
    line BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    contact_id UUID,
    -- To which the contact's version came.
    version BIGINT,
    note_id UUID,
    external_id TEXT,
    -- Of the refusal, and the values of its sentence as JSON.
    code TEXT,
    params TEXT,
    PRIMARY KEY (workspace_id, import_id, number)
) {without_rowid};
CREATE INDEX contact_import_rows_refused ON contact_import_rows (workspace_id, import_id, number)
    WHERE code IS NOT NULL;
CREATE INDEX contact_import_rows_contact ON contact_import_rows (workspace_id, import_id, contact_id)
    WHERE contact_id IS NOT NULL;
