//! The send queue: the oldest row of one conversation's outbox, and a job for what comes next.
//!
//! What must stay true: one row of a conversation is on its way at any time; whatever happens to whoever has it, a job
//! looks again; no job works longer than its lease, so that each takes one row.
//! Absent: how a row is sent, and how long to wait after a failure (the channel's feature).

use base::{JobKind, Ms, Problem, Tx};
use conversations::{Claim, End, Failure, Outgoing, TAKEN_MS, claim, put_off, settle};
use ids::ConversationId;
use serde::{Deserialize, Serialize};

/// What the sending job of a channel is told: of the facts of a change, or of an earlier try.
#[derive(Serialize, Deserialize)]
pub struct Where {
    pub conversation: ConversationId,
}

/// The sending job of a channel's feature.
#[derive(Clone, Copy)]
pub struct Queue(pub &'static JobKind);

impl Queue {
    /// The row that is due, if there is one and nobody else has it.
    pub async fn take(self, tx: &mut Tx<'_>, conversation: ConversationId) -> Result<Option<Outgoing>, Problem> {
        match claim(tx, conversation).await? {
            Claim::Taken(outgoing) => Ok(Some(*outgoing)),
            Claim::NotBefore(due_at) => {
                // What was put off for longer has a job of its own; whoever took it a moment ago may be gone.
                if due_at <= tx.now + TAKEN_MS {
                    tx.enqueue(self.0, &Where { conversation }, due_at).await?;
                }
                Ok(None)
            }
            Claim::Nothing => Ok(None),
        }
    }

    /// Puts a row back, to be due later, with so many tries counted.
    pub async fn put_off(self, tx: &mut Tx<'_>, outgoing: &Outgoing, due_at: Ms, tries: i64) -> Result<(), Problem> {
        let conversation = outgoing.conversation.id;
        if put_off(tx, outgoing, due_at, tries).await? {
            tx.enqueue(self.0, &Where { conversation }, due_at).await?;
        }
        Ok(())
    }

    /// Takes the row away, and goes on with the next one.
    pub async fn finish(self, tx: &mut Tx<'_>, outgoing: &Outgoing, end: End) -> Result<(), Problem> {
        if let Some(due_at) = settle(tx, outgoing, end).await? {
            tx.enqueue(self.0, &Where { conversation: outgoing.conversation.id }, due_at).await?;
        }
        Ok(())
    }

    pub async fn give_up(
        self,
        tx: &mut Tx<'_>,
        outgoing: &Outgoing,
        code: &'static str,
        detail: Option<String>,
    ) -> Result<(), Problem> {
        self.finish(tx, outgoing, End::Failed(Failure { code, detail })).await
    }
}

/// Up to so much of a wait, so that what failed together does not come back together.
pub fn jitter(tx: &Tx<'_>, wait: Ms, percent: i64) -> Ms {
    let part = i64::from(u16::from_le_bytes(tx.app().random.bytes()));
    wait * percent / 100 * part / i64::from(u16::MAX)
}
