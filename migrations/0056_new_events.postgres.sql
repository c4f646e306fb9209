-- Events that are committed and have no position yet; an embedded database numbers them with the commit. All events of a
-- transaction share its ticket, which is drawn while it holds its locks. The sequence keeps no numbers for one session:
-- tickets follow the order in which they are drawn.
CREATE SEQUENCE new_events_ticket CACHE 1;

CREATE TABLE new_events (
    ticket BIGINT NOT NULL,
    part BIGINT NOT NULL,
    workspace_id UUID NOT NULL,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    audience TEXT NOT NULL,
    payload TEXT NOT NULL,
    PRIMARY KEY (ticket, part)
);
