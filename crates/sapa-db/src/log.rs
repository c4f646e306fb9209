//! The log of events: each workspace's events, numbered 1, 2, 3 … without gaps, so that whoever knows a position can ask
//! for everything after it. Nothing stands before what it follows from.
//!
//! SQLite has one writer: a transaction numbers its own events. On PostgreSQL that would make every transaction hold the
//! row that counts until it ends, and all of them wait for each other. There a transaction only draws a ticket (a
//! number of a sequence, while it holds its locks) and leaves its events in `new_events`; the connection that flushes
//! moves what was committed meanwhile into `events`, in the order of tickets, with one statement for all (decision 58).
//! Whoever waited for a lock draws his ticket after the one who held it, and no snapshot shows the second change without
//! the first: so causes come before effects, from whichever node they are.

use crate::{Engine, Error, Tx, Uuid, params, postgres::Expect, sql};

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
        match self.engine() {
            Engine::Sqlite => self.number(workspace, at, events).await,
            Engine::Postgres => self.leave(workspace, at, events).await,
        }
    }

    async fn number<'a>(
        &mut self,
        workspace: Uuid,
        at: i64,
        events: impl ExactSizeIterator<Item = NewEvent<'a>>,
    ) -> Result<(), Error> {
        let count = events.len() as i64;
        let moved = sql!(
            sqlite: "INSERT INTO event_positions (workspace_id, position) VALUES ($1, $2) \
                     ON CONFLICT (workspace_id) DO UPDATE SET position = position + $2 RETURNING position"
        );
        let row = self.first(moved, &params![workspace, count]).await?.ok_or(Error::Moved)?;
        let last: i64 = row.get("position")?;
        let insert = sql!(
            sqlite: "INSERT INTO events (workspace_id, position, at, kind, audience, payload) VALUES ($1, $2, $3, $4, $5, $6)"
        );
        for (position, event) in (last + 1 - count..).zip(events) {
            self.put(insert, params![workspace, position, at, event.kind, event.audience, event.payload]).await?;
        }
        if let Self::Sqlite(tx) = self {
            tx.position = Some(last);
        }
        Ok(())
    }

    async fn leave<'a>(
        &mut self,
        workspace: Uuid,
        at: i64,
        events: impl Iterator<Item = NewEvent<'a>>,
    ) -> Result<(), Error> {
        for (part, event) in events.enumerate() {
            let part = part as i64;
            let values = params![part, workspace, at, event.kind, event.audience, event.payload];
            if part == 0 {
                // The transaction's number is there before the ticket is drawn: see `Horizon`.
                let first = sql!(
                    postgres: "INSERT INTO new_events (ticket, part, workspace_id, at, kind, audience, payload) \
                               SELECT nextval('new_events_ticket'), $1, $2, $3, $4, $5, $6 \
                               WHERE pg_current_xact_id() IS NOT NULL RETURNING ticket"
                );
                if let Self::Postgres(tx) = self {
                    tx.put(first, values, Expect::Ticket).await?;
                }
            } else {
                let next = sql!(
                    postgres: "INSERT INTO new_events (ticket, part, workspace_id, at, kind, audience, payload) \
                               VALUES (currval('new_events_ticket'), $1, $2, $3, $4, $5, $6)"
                );
                self.put(next, values).await?;
            }
        }
        Ok(())
    }
}
