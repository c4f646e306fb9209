-- A team may have a conversation: it waits in the queue of that team. Never beside a member.
ALTER TABLE conversations ADD COLUMN holder_team_id UUID;
CREATE INDEX conversations_team ON conversations (workspace_id, holder_team_id, status, last_activity_at, id)
    WHERE holder_team_id IS NOT NULL;
-- Who had it before and may still look at it, as a JSON list of ids; NULL: nobody.
ALTER TABLE conversations ADD COLUMN formers TEXT;
CREATE INDEX conversations_formers ON conversations (workspace_id, inbox_id, id) WHERE formers IS NOT NULL;

-- Whether whoever had a conversation of the inbox may look at it when somebody else has it: 0 or 1.
ALTER TABLE inboxes ADD COLUMN formers_read BIGINT NOT NULL DEFAULT 0;

-- The teams that conversations of an inbox may be given to.
CREATE TABLE team_inboxes (
    workspace_id UUID NOT NULL,
    inbox_id UUID NOT NULL,
    team_id UUID NOT NULL,
    PRIMARY KEY (workspace_id, inbox_id, team_id)
) {without_rowid};
CREATE INDEX team_inboxes_team ON team_inboxes (workspace_id, team_id, inbox_id);

-- How many conversations of an inbox wait for a team. A row outlives the team's work in the inbox, so that what still
-- waits is counted down.
CREATE TABLE team_queues (
    workspace_id UUID NOT NULL,
    inbox_id UUID NOT NULL,
    team_id UUID NOT NULL,
    queued BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, inbox_id, team_id)
) {without_rowid};
