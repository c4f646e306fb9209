-- The activity stream: past alerts, each for a member, a team or the people of an inbox. Their words stand in the entry.
CREATE TABLE alerts (
    workspace_id UUID NOT NULL,
    -- The member, the team or the inbox.
    to_id UUID NOT NULL,
    at BIGINT NOT NULL,
    -- Of one alert, to however many.
    id UUID NOT NULL,
    kind TEXT NOT NULL,
    conversation_id UUID NOT NULL,
    -- NULL: it is about no entry.
    entry_id UUID,
    -- Whoever read up to there knows of it.
    position BIGINT NOT NULL,
    -- Whose act it was: he is not told. NULL: nobody's.
    by_id UUID,
    PRIMARY KEY (workspace_id, to_id, at, id)
) {without_rowid};
CREATE INDEX alerts_at ON alerts (at, workspace_id);
CREATE INDEX alerts_conversation ON alerts (workspace_id, conversation_id);

-- Up to when a member looked at his stream.
CREATE TABLE alert_marks (
    workspace_id UUID NOT NULL,
    member_id UUID NOT NULL,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, member_id)
) {without_rowid};
