//! PostgreSQL: moves events that were committed from `new_events` into `events` and numbers them (see `log`).
//!
//! What must stay true: one transaction at a time numbers, on whichever node, and it sees everything that was committed
//! before it began. It takes all that it sees, also what other nodes left, or left behind when they died.

use crate::Error;
use tokio_postgres::{Client, Statement, types::ToSql};

/// Waits for its turn and tells the newest ticket and which transactions are over. One that began later is in no snapshot
/// before it, so the next statement sees what the one before in this turn committed.
const TURN: &str = "SELECT pg_advisory_xact_lock(7302915024112026), \
     (SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END FROM new_events_ticket) AS newest, \
     pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS oldest_running, \
     pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS next_transaction";

/// Tickets are unique; the events of one transaction share theirs.
const NUMBER: &str = "WITH taken AS (DELETE FROM new_events WHERE ticket > $1 \
         RETURNING ticket, part, workspace_id, at, kind, audience, payload), \
     counted AS (INSERT INTO event_positions AS known (workspace_id, position) \
         SELECT workspace_id, count(*) FROM taken GROUP BY workspace_id \
         ON CONFLICT (workspace_id) DO UPDATE SET position = known.position + excluded.position \
         RETURNING workspace_id, position), \
     numbered AS (SELECT ticket, workspace_id, at, kind, audience, payload, counted.position + 1 - \
             row_number() OVER (PARTITION BY workspace_id ORDER BY ticket DESC, part DESC) AS position \
         FROM taken JOIN counted USING (workspace_id)), \
     logged AS (INSERT INTO events (workspace_id, position, at, kind, audience, payload) \
         SELECT workspace_id, position, at, kind, audience, payload FROM numbered) \
     SELECT ticket, max(position) AS position FROM numbered GROUP BY ticket";

const LEFT: &str = "SELECT EXISTS (SELECT FROM new_events WHERE ticket > $1)";

/// What a connection that numbers knows.
#[derive(Default)]
pub struct Numbering {
    statements: Option<Statements>,
    horizon: Horizon,
}

struct Statements {
    turn: Statement,
    number: Statement,
    left: Statement,
}

impl Numbering {
    /// Numbers what was committed, runs `last` and commits. Answers each ticket that was taken with the position of its
    /// last event.
    pub async fn number(&mut self, client: &Client, last: &str) -> Result<Vec<(i64, i64)>, Error> {
        let low = self.horizon.low;
        let Statements { turn, number, .. } = self.statements(client).await?;
        let (after, commit): (&[&(dyn ToSql + Sync)], _) = (&[&low], format!("{last}; COMMIT"));
        // The driver writes requests in the order in which their futures are first polled: one round trip.
        let (begun, turn, numbered, committed) = tokio::join!(
            biased;
            client.batch_execute("BEGIN"),
            client.query_one(turn, &[]),
            client.query(number, after),
            client.batch_execute(&commit)
        );
        begun?;
        let (turn, numbered) = (turn?, numbered?);
        committed?;
        self.horizon.saw(turn.try_get("newest")?, turn.try_get("oldest_running")?, turn.try_get("next_transaction")?);
        numbered.iter().map(|row| Ok((row.try_get("ticket")?, row.try_get("position")?))).collect()
    }

    /// Whether there is something to number.
    pub async fn is_left(&mut self, client: &Client) -> Result<bool, Error> {
        let low = self.horizon.low;
        let left = &self.statements(client).await?.left;
        Ok(client.query_one(left, &[&low]).await?.try_get(0)?)
    }

    /// Prepared when first needed: a new database has no tables yet.
    async fn statements(&mut self, client: &Client) -> Result<&Statements, Error> {
        if self.statements.is_none() {
            self.statements = Some(Statements {
                turn: client.prepare(TURN).await?,
                number: client.prepare(NUMBER).await?,
                left: client.prepare(LEFT).await?,
            });
        }
        match &self.statements {
            Some(statements) => Ok(statements),
            None => unreachable!("they were prepared just now"),
        }
    }
}

/// Up to which ticket nothing can come any more, so that no turn looks through what earlier ones removed: until it is
/// vacuumed that lies in the table and its index, for hours when somebody makes a dump meanwhile.
///
/// A ticket is drawn by a transaction that has its number already. So whoever drew one up to `newest` is older than the
/// next transaction of any later snapshot: the turn in which `newest` was read writes with its own number, so that a later
/// snapshot's end lies behind all that were begun by then. When all of those are over, the turn after has nothing to find
/// up to there.
#[derive(Default, Debug, PartialEq, Eq)]
struct Horizon {
    low: i64,
    /// The newest ticket of an earlier turn, and the first transaction that cannot have drawn it, once known.
    closing: Option<(i64, Option<i64>)>,
}

impl Horizon {
    /// Told after each turn what its first statement saw.
    fn saw(&mut self, newest: i64, oldest_running: i64, next_transaction: i64) {
        if newest < self.low {
            // The database was put back under a running program.
            *self = Self::default();
            return;
        }
        self.closing = match self.closing {
            None => Some((newest, None)),
            Some((ticket, None)) => Some((ticket, Some(next_transaction))),
            Some((ticket, Some(beyond))) if oldest_running >= beyond => {
                self.low = ticket;
                Some((newest, None))
            }
            waiting => waiting,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tickets_are_passed_when_whoever_drew_them_is_over() {
        let mut horizon = Horizon::default();
        horizon.saw(10, 100, 105);
        horizon.saw(14, 100, 108);
        assert_eq!(horizon, Horizon { low: 0, closing: Some((10, Some(108))) });
        // One that began before may still leave an event with a ticket up to 10.
        horizon.saw(20, 107, 120);
        assert_eq!(horizon.low, 0);
        horizon.saw(25, 108, 125);
        assert_eq!(horizon, Horizon { low: 10, closing: Some((25, None)) });
        // Put back to an earlier time: what was drawn since is drawn again.
        horizon.saw(7, 140, 141);
        assert_eq!(horizon, Horizon::default());
    }
}
