-- Who waits for a team, whoever waits longest first.
CREATE INDEX conversations_waiting_team ON conversations (workspace_id, status, holder_team_id, waiting_since, id)
    WHERE waiting_since IS NOT NULL AND holder_team_id IS NOT NULL;
