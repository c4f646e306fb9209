//! What must reach a contact by request, because his channel is another system: rows in order, written by the
//! transaction of the change.
//!
//! What must stay true: in each conversation only the oldest row is on its way, so that the other side hears in the
//! order of the thread; a row goes when it arrived or was given up, in the transaction that says so in the thread; a
//! delivery only moves forward.
//! Absent: how it is sent (the channel's feature), and what the rows look like outside.

use crate::{
    Conversation, Delivery, Entry, Thread,
    entry::{self, spelled},
    react, thread,
};
use base::{Ms, Problem, Tx};
use db::{FromValue, params, sql};
use ids::{ConversationId, EntryId, InboxId, OutgoingId};
use inboxes::Channel;

/// A row that was taken is nobody else's for so long. Longer than any request, shorter than a job's lease.
pub const TAKEN_MS: Ms = 55_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewsKind {
    MessageCreated,
    MessageUpdated,
    MessageRemoved,
    /// The team's reaction to it is another one.
    MessageReacted,
    ConversationClosed,
    ConversationReopened,
    /// The contact's message was read, and all before it.
    ConversationRead,
}

spelled!(
    NewsKind,
    "a kind of news was expected",
    MessageCreated = "message.created",
    MessageUpdated = "message.updated",
    MessageRemoved = "message.removed",
    MessageReacted = "message.reacted",
    ConversationClosed = "conversation.closed",
    ConversationReopened = "conversation.reopened",
    ConversationRead = "conversation.read"
);

/// Something that the contact's side must hear.
pub(crate) struct News {
    pub kind: NewsKind,
    pub entry: Option<EntryId>,
}

/// A row on its way.
pub struct Outgoing {
    /// The same at each try.
    pub id: OutgoingId,
    pub kind: NewsKind,
    pub inbox: InboxId,
    pub at: Ms,
    /// This one included.
    pub attempts: i64,
    /// Whoever had it before never said how it ended.
    pub lost: bool,
    pub conversation: Conversation,
    /// Of messages.
    pub entry: Option<Entry>,
}

/// Why a message did not arrive, and what the other side said about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    pub code: &'static str,
    pub detail: Option<String>,
}

/// How sending it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    Arrived,
    /// Its end is not known: the other side may have it.
    Uncertain,
    Failed(Failure),
}

/// Why an end is not known.
const UNCERTAIN: &str = "uncertain";

/// How the delivery of a member's message begins: the stream brings it to a website by itself.
pub(crate) fn begin(channel: Channel) -> Delivery {
    match channel {
        Channel::Website => Delivery::Sent,
        Channel::Api | Channel::Email | Channel::Provider(_) => Delivery::Queued,
    }
}

/// Forward only. What failed stays so, what is in the contact's hands did not fail, and whatever is heard of what was
/// uncertain is more than that.
pub(crate) fn forward(now: Delivery, came: Delivery) -> Delivery {
    match (now, came) {
        (Delivery::Failed, _) | (_, Delivery::Queued) => now,
        (Delivery::Delivered | Delivery::Read, Delivery::Failed | Delivery::Uncertain) => now,
        (Delivery::Uncertain, came) => came,
        _ => now.max(came),
    }
}

pub(crate) async fn put(tx: &mut Tx<'_>, conversation: &Conversation, news: &[News]) -> Result<(), Problem> {
    for (step, News { kind, entry }) in news.iter().enumerate() {
        let id = OutgoingId(tx.uuid());
        tx.put(
            sql!(
                "INSERT INTO outbox (workspace_id, conversation_id, revision, step, id, inbox_id, kind, entry_id, at, \
                 attempts, due_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $9)"
            ),
            params![
                tx.workspace,
                conversation.id,
                conversation.revision,
                step as i64,
                id,
                conversation.inbox_id,
                kind.as_str(),
                *entry,
                tx.now,
            ],
        )
        .await?;
    }
    Ok(())
}

/// The oldest row of a conversation.
pub enum Claim {
    /// It is ours.
    Taken(Box<Outgoing>),
    /// It is not due before this time: it was put off, or somebody has it who may never come back.
    NotBefore(Ms),
    Nothing,
}

/// Takes the oldest row of a conversation, if it is due and nobody else has it.
pub async fn claim(tx: &mut Tx<'_>, id: ConversationId) -> Result<Claim, Problem> {
    let row = tx
        .first(
            sql!(
                "SELECT id, kind, entry_id, inbox_id, at, attempts, due_at, taken FROM outbox \
                 WHERE workspace_id = $1 AND conversation_id = $2 ORDER BY revision, step LIMIT 1"
            ),
            &params![tx.workspace, id],
        )
        .await?;
    let Some(row) = row else { return Ok(Claim::Nothing) };
    let due: Ms = row.get("due_at")?;
    if due > tx.now {
        return Ok(Claim::NotBefore(due));
    }
    let (outgoing, attempts): (OutgoingId, i64) = (row.get("id")?, row.get("attempts")?);
    let taken = tx
        .execute(
            sql!(
                "UPDATE outbox SET attempts = attempts + 1, due_at = $5, taken = 1 \
                 WHERE workspace_id = $1 AND conversation_id = $2 AND id = $3 AND attempts = $4"
            ),
            &params![tx.workspace, id, outgoing, attempts, tx.now + TAKEN_MS],
        )
        .await?;
    if taken == 0 {
        return Ok(Claim::NotBefore(tx.now + TAKEN_MS));
    }
    let Some(thread) = thread::load(tx, id).await? else { return Ok(Claim::Nothing) };
    let entry = match row.get::<Option<EntryId>>("entry_id")? {
        Some(entry) => entry::entry(tx, id, entry).await?,
        None => None,
    };
    Ok(Claim::Taken(Box::new(Outgoing {
        id: outgoing,
        kind: row.get("kind")?,
        inbox: row.get("inbox_id")?,
        at: row.get("at")?,
        attempts: attempts + 1,
        lost: row.get::<i64>("taken")? != 0,
        conversation: thread.conversation,
        entry,
    })))
}

/// Takes away what still waits about a message's first sending: it is sent anew, or never.
pub(crate) async fn recall(tx: &mut Tx<'_>, id: ConversationId, entry: EntryId) -> Result<(), Problem> {
    tx.put(
        sql!(
            "DELETE FROM outbox WHERE workspace_id = $1 AND conversation_id = $2 AND entry_id = $3 \
             AND kind = 'message.created'"
        ),
        params![tx.workspace, id, entry],
    )
    .await?;
    Ok(())
}

/// Nothing of a conversation that is deleted leaves: what was on its way says so, should it be put back.
pub(crate) async fn call_off(tx: &mut Tx<'_>, conversation: &Conversation) -> Result<(), Problem> {
    if conversation.channel == Channel::Website {
        return Ok(());
    }
    let id = conversation.id;
    tx.put(sql!("DELETE FROM outbox WHERE workspace_id = $1 AND conversation_id = $2"), params![tx.workspace, id])
        .await?;
    tx.put(
        sql!(
            "UPDATE entries SET delivery = 'failed', failure = 'deleted', revision = $3 \
             WHERE workspace_id = $1 AND conversation_id = $2 AND delivery = 'queued'"
        ),
        params![tx.workspace, id, conversation.revision],
    )
    .await?;
    Ok(())
}

/// Puts a row that was taken back, to be due later, with so many tries counted. Answers whether it was still ours.
pub async fn put_off(tx: &mut Tx<'_>, outgoing: &Outgoing, due_at: Ms, tries: i64) -> Result<bool, Problem> {
    let kept = tx
        .execute(
            sql!(
                "UPDATE outbox SET due_at = $5, attempts = $6, taken = 0 \
                 WHERE workspace_id = $1 AND conversation_id = $2 AND id = $3 AND attempts = $4"
            ),
            &params![tx.workspace, outgoing.conversation.id, outgoing.id, outgoing.attempts, due_at, tries],
        )
        .await?;
    Ok(kept == 1)
}

/// Takes a row away, because it arrived or was given up, and says so in the thread. Answers when the next one is due;
/// `None` when none waits, or another one has taken this row over.
pub async fn settle(tx: &mut Tx<'_>, outgoing: &Outgoing, came: End) -> Result<Option<Ms>, Problem> {
    let id = outgoing.conversation.id;
    let Some(thread) = thread::lock(tx, id).await? else { return Ok(None) };
    let gone = tx
        .execute(
            sql!("DELETE FROM outbox WHERE workspace_id = $1 AND conversation_id = $2 AND id = $3 AND attempts = $4"),
            &params![tx.workspace, id, outgoing.id, outgoing.attempts],
        )
        .await?;
    if gone == 0 {
        return Ok(None);
    }
    if let (NewsKind::MessageCreated, Some(entry)) = (outgoing.kind, &outgoing.entry) {
        let (delivery, failure) = match &came {
            End::Arrived => (Delivery::Sent, None),
            End::Uncertain => (Delivery::Uncertain, Some(Failure { code: UNCERTAIN, detail: None })),
            End::Failed(failure) => (Delivery::Failed, Some(failure.clone())),
        };
        set_delivery(tx, thread, entry.id, delivery, failure).await?;
    }
    if let (NewsKind::MessageReacted, End::Failed(_), Some(entry)) = (outgoing.kind, &came, &outgoing.entry)
        && let Some(thread) = thread::lock(tx, id).await?
    {
        react::withdraw(tx, thread, entry).await?;
    }
    let next = tx
        .first(
            sql!(
                "SELECT due_at FROM outbox WHERE workspace_id = $1 AND conversation_id = $2 \
                 ORDER BY revision, step LIMIT 1"
            ),
            &params![tx.workspace, id],
        )
        .await?;
    Ok(next.map(|row| row.get("due_at")).transpose()?)
}

/// Moves the delivery of a member's message forward; what tells nothing new changes nothing. Answers the message, or
/// `None` when it is no member's.
pub async fn set_delivery(
    tx: &mut Tx<'_>,
    mut thread: Thread,
    id: EntryId,
    came: Delivery,
    failure: Option<Failure>,
) -> Result<Option<Entry>, Problem> {
    let Some(entry) = entry::entry(tx, thread.conversation.id, id).await? else { return Ok(None) };
    let mut entry = entry.with_receipts(thread.contact_delivered_position, thread.contact_read_position);
    let Some(now) = entry.delivery else { return Ok(None) };
    let next = forward(now, came);
    if next == now {
        return Ok(Some(entry));
    }
    entry.delivery = Some(next);
    let failure = failure.map(|Failure { code, detail }| (code.to_owned(), detail));
    (entry.failure, entry.failure_detail) = failure.map_or((None, None), |(code, detail)| (Some(code), detail));
    thread.change(entry.clone());
    thread.save(tx).await?;
    Ok(Some(entry))
}

/// What waits in an inbox is due at once: whatever it waited for is over. Answers whose.
pub async fn wake_of_inbox(tx: &mut Tx<'_>, inbox: InboxId) -> Result<Vec<ConversationId>, Problem> {
    let rows = tx
        .query(
            sql!(
                "UPDATE outbox SET due_at = $3 WHERE workspace_id = $1 AND inbox_id = $2 AND taken = 0 \
                 AND due_at > $3 RETURNING conversation_id"
            ),
            &params![tx.workspace, inbox, tx.now],
        )
        .await?;
    Ok(rows.iter().map(|row| row.get("conversation_id")).collect::<Result<_, _>>()?)
}

/// The position of the oldest message that still waits to be sent.
pub async fn still_queued(tx: &mut Tx<'_>, id: ConversationId) -> Result<Option<i64>, Problem> {
    let row = tx
        .first(
            sql!(
                "SELECT position FROM entries WHERE workspace_id = $1 AND conversation_id = $2 \
                 AND delivery = 'queued' ORDER BY position LIMIT 1"
            ),
            &params![tx.workspace, id],
        )
        .await?;
    Ok(row.map(|row| row.get("position")).transpose()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Delivery::{Delivered, Failed, Queued, Read, Sent, Uncertain};

    #[test]
    fn a_delivery_only_moves_forward() {
        assert_eq!(forward(Queued, Sent), Sent);
        assert_eq!(forward(Sent, Read), Read);
        assert_eq!(forward(Read, Delivered), Read);
        assert_eq!(forward(Sent, Failed), Failed);
        assert_eq!(forward(Delivered, Failed), Delivered, "it is in his hands");
        assert_eq!(forward(Read, Failed), Read);
        assert_eq!(forward(Failed, Delivered), Failed, "final, unless a person sends it again");
        assert_eq!([Sent, Read, Failed].map(|came| forward(Uncertain, came)), [Sent, Read, Failed]);
        assert_eq!((forward(Queued, Uncertain), forward(Read, Uncertain)), (Uncertain, Read));
    }
}
