-- When a member was mentioned in a conversation last, and at which position: what he read up to there he has read.
ALTER TABLE read_marks ADD COLUMN mentioned_at BIGINT;
ALTER TABLE read_marks ADD COLUMN mention_position BIGINT;
-- Reading moves nothing in it.
CREATE INDEX read_marks_mentioned ON read_marks (workspace_id, member_id, mentioned_at, conversation_id)
    WHERE mentioned_at IS NOT NULL;

-- Lists that were given a name, with what narrows them, as they are asked for. The owner is a member, a team or the
-- workspace.
CREATE TABLE saved_views (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    scope TEXT NOT NULL,
    owner_id UUID NOT NULL,
    name TEXT NOT NULL,
    list TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, id)
) {without_rowid};
CREATE INDEX saved_views_owner ON saved_views (workspace_id, scope, owner_id);
