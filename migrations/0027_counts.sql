-- How many entries of some kinds a conversation has: what its filters say, without counting on a request.
ALTER TABLE conversations ADD COLUMN sent_count BIGINT NOT NULL DEFAULT 0;
ALTER TABLE conversations ADD COLUMN note_count BIGINT NOT NULL DEFAULT 0;
ALTER TABLE conversations ADD COLUMN rating_count BIGINT NOT NULL DEFAULT 0;
ALTER TABLE conversations ADD COLUMN page_count BIGINT NOT NULL DEFAULT 0;
ALTER TABLE conversations ADD COLUMN act_count BIGINT NOT NULL DEFAULT 0;
UPDATE conversations SET sent_count = n.sent, note_count = n.notes, rating_count = n.ratings, page_count = n.pages,
    act_count = n.acts
FROM (
    SELECT workspace_id, conversation_id,
        SUM(CASE WHEN kind = 'message' AND author_kind = 'member' THEN 1 ELSE 0 END) AS sent,
        SUM(CASE WHEN kind = 'note' THEN 1 ELSE 0 END) AS notes,
        SUM(CASE WHEN kind = 'rating' THEN 1 ELSE 0 END) AS ratings,
        SUM(CASE WHEN kind = 'navigation' THEN 1 ELSE 0 END) AS pages,
        SUM(CASE WHEN kind = 'message' AND author_kind = 'member'
            AND (detail LIKE '%"card":{%' OR detail LIKE '%"files":[{%') THEN 1 ELSE 0 END) AS acts
    FROM entries GROUP BY workspace_id, conversation_id
) AS n
WHERE n.workspace_id = conversations.workspace_id AND n.conversation_id = conversations.id;
