-- Who turned out to be another contact: he stays as a way by which that one is reached.
ALTER TABLE contacts ADD COLUMN merged_into UUID;
CREATE INDEX contacts_merged ON contacts (workspace_id, merged_into) WHERE merged_into IS NOT NULL;

-- What was merged and may be undone: who, by whom, and as JSON what each of them was before.
CREATE TABLE contact_merges (
    workspace_id UUID NOT NULL,
    gone_id UUID NOT NULL,
    kept_id UUID NOT NULL,
    at BIGINT NOT NULL,
    member_id UUID NOT NULL,
    member_name TEXT NOT NULL,
    before TEXT NOT NULL,
    PRIMARY KEY (workspace_id, gone_id)
) {without_rowid};
CREATE INDEX contact_merges_kept ON contact_merges (workspace_id, kept_id, at);

-- Two who look like one person and are not, as somebody said: the smaller id comes first.
CREATE TABLE contact_strangers (
    workspace_id UUID NOT NULL,
    one_id UUID NOT NULL,
    other_id UUID NOT NULL,
    at BIGINT NOT NULL,
    member_id UUID NOT NULL,
    PRIMARY KEY (workspace_id, one_id, other_id)
) {without_rowid};
CREATE INDEX contact_strangers_other ON contact_strangers (workspace_id, other_id);

-- That contacts were added, merged, parted again and erased, and by whom: no word about them.
CREATE TABLE contact_records (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    contact_id UUID NOT NULL,
    -- Into whom he was merged, or from whom he was parted.
    other_id UUID,
    -- A member, a program in a member's name, an import or a channel.
    source TEXT NOT NULL,
    member_id UUID,
    member_name TEXT,
    inbox_id UUID,
    PRIMARY KEY (workspace_id, id)
) {without_rowid};
CREATE INDEX contact_records_at ON contact_records (workspace_id, at, id);
CREATE INDEX contact_records_kind ON contact_records (workspace_id, kind, at, id);
