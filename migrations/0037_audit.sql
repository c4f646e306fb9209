-- Who changed which setting or right. Lines are only ever added; each holds the hash of itself and of the one before.
CREATE TABLE audit (
    workspace_id UUID NOT NULL,
    number BIGINT NOT NULL,
    at BIGINT NOT NULL,
    -- NULL: the command line, or somebody who was no member yet.
    member_id UUID,
    member_name TEXT,
    address TEXT,
    area TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    subject_name TEXT NOT NULL,
    -- JSON: field, before, after.
    changes TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (workspace_id, number)
) {without_rowid};
CREATE INDEX audit_member ON audit (workspace_id, member_id, number);
CREATE INDEX audit_area ON audit (workspace_id, area, number);

-- The newest line of each workspace's chain.
CREATE TABLE audit_ends (
    workspace_id UUID NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL,
    hash TEXT NOT NULL
) {without_rowid};
