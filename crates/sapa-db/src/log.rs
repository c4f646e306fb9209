//! The log of events: each workspace's events, numbered 1, 2, 3 … without gaps, so that whoever knows a position can ask
//! for everything after it. Nothing stands before what it follows from.
//!
//! SQLite has one writer: a transaction numbers its own events. On PostgreSQL that would make every transaction hold the
//! row that counts until it ends, and all of them wait for each other. There a transaction only draws a ticket (a
//! number of a sequence, while it holds its locks) and leaves its events in `new_events`; the connection that flushes
//! moves what was committed meanwhile into `events`, in the order of tickets, with one statement for all (decision 58).
//! Whoever waited for a lock draws his ticket after the one who held it, and no snapshot shows the second change without
//! the first: so causes come before effects, from whichever node they are.

use crate::{
    Error, Tx, Uuid, params,
    postgres::{Expect, PostgresTx},
    sql,
    sqlite::SqliteTx,
};

/// What is to be logged: its kind, who may see it, and what is told.
pub struct NewEvent<'a> {
    pub kind: &'static str,
    pub audience: &'a str,
    pub payload: &'a str,
}

impl Tx {
    /// Logs events of a workspace at the end of a transaction, one after the other without others in between. The position
    /// of the last one comes with the commit.
    pub async fn log<'a>(
        &mut self,
        workspace: Uuid,
        at: i64,
        events: impl ExactSizeIterator<Item = NewEvent<'a>>,
    ) -> Result<(), Error> {
        match self {
            Self::Sqlite(tx) => number(tx, workspace, at, events),
            Self::Postgres(tx) => leave(tx, workspace, at, events).await,
        }
    }
}

fn number<'a>(
    tx: &mut SqliteTx,
    workspace: Uuid,
    at: i64,
    events: impl ExactSizeIterator<Item = NewEvent<'a>>,
) -> Result<(), Error> {
    let count = events.len() as i64;
    let moved = sql!(
        sqlite: "INSERT INTO event_positions (workspace_id, position) VALUES ($1, $2) \
                 ON CONFLICT (workspace_id) DO UPDATE SET position = position + $2 RETURNING position"
    );
    let rows = tx.query(moved, &params![workspace, count])?;
    let last: i64 = rows.first().ok_or(Error::Moved)?.get("position")?;
    let insert = sql!(
        sqlite: "INSERT INTO events (workspace_id, position, at, kind, audience, payload) VALUES ($1, $2, $3, $4, $5, $6)"
    );
    for (position, event) in (last + 1 - count..).zip(events) {
        tx.execute(insert, &params![workspace, position, at, event.kind, event.audience, event.payload])?;
    }
    tx.position = Some(last);
    Ok(())
}

async fn leave<'a>(
    tx: &mut PostgresTx,
    workspace: Uuid,
    at: i64,
    events: impl Iterator<Item = NewEvent<'a>>,
) -> Result<(), Error> {
    // The transaction's number is there before the ticket is drawn: see `Horizon`.
    let first = sql!(
        postgres: "INSERT INTO new_events (ticket, part, workspace_id, at, kind, audience, payload) \
                   SELECT nextval('new_events_ticket'), $1, $2, $3, $4, $5, $6 \
                   WHERE pg_current_xact_id() IS NOT NULL RETURNING ticket"
    );
    let next = sql!(
        postgres: "INSERT INTO new_events (ticket, part, workspace_id, at, kind, audience, payload) \
                   VALUES (currval('new_events_ticket'), $1, $2, $3, $4, $5, $6)"
    );
    for (part, event) in (0_i64..).zip(events) {
        let (insert, expect) = if part == 0 { (first, Expect::Ticket) } else { (next, Expect::Nothing) };
        tx.put(insert, params![part, workspace, at, event.kind, event.audience, event.payload], expect).await?;
    }
    Ok(())
}
