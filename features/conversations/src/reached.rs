//! What a provider tells of several of our messages at once, or of one that it does not call by a name we know.

use crate::{AuthorKind, Delivery, Entry, Thread, entry, outbox};
use base::{Ms, Problem, Tx};
use db::{params, sql};
use ids::ConversationId;

/// How far back it is looked for what has not come so far.
const LOOKED_AT: i64 = 200;

/// Everything that we said until then.
#[derive(Clone, Copy, Debug)]
pub enum UpTo {
    Time(Ms),
    Position(i64),
}

/// Moves the delivery of all that was sent until then forward. What nobody knows the end of stays so.
pub async fn reach(tx: &mut Tx<'_>, mut thread: Thread, up_to: UpTo, came: Delivery) -> Result<(), Problem> {
    let rows = tx
        .query(
            sql!(entry::select!(
                "conversation_id = $2 AND position > $3 AND delivery IN ('sent', 'delivered') ORDER BY position DESC"
            )),
            &params![tx.workspace, thread.conversation.id, thread.conversation.last_position - LOOKED_AT],
        )
        .await?;
    let mut changed = false;
    for row in &rows {
        let mut entry = Entry::from_row(row, thread.conversation.id)?;
        let within = match up_to {
            UpTo::Time(until) => entry.written_at.unwrap_or(entry.at) <= until,
            UpTo::Position(last) => entry.position <= last,
        };
        let Some(now) = entry.delivery.filter(|_| within) else { continue };
        let next = outbox::forward(now, came);
        if next != now {
            entry.delivery = Some(next);
            thread.change(entry);
            changed = true;
        }
    }
    if changed {
        thread.save(tx).await?;
    }
    Ok(())
}

/// Whether one of our messages is on its way right now, so that what is told of it may come before its name.
pub async fn is_under_way(tx: &mut Tx<'_>, id: ConversationId) -> Result<bool, Problem> {
    let row = tx
        .first(
            sql!(
                "SELECT id FROM outbox WHERE workspace_id = $1 AND conversation_id = $2 AND kind = 'message.created' \
                 AND taken = 1 LIMIT 1"
            ),
            &params![tx.workspace, id],
        )
        .await?;
    Ok(row.is_some())
}

/// The oldest of our messages whose end nobody knows and that says just this.
pub async fn reconcile(
    tx: &mut Tx<'_>,
    thread: &Thread,
    text: Option<&str>,
    files: usize,
) -> Result<Option<Entry>, Problem> {
    let conversation = &thread.conversation;
    let recent = entry::entries_before(tx, conversation.id, conversation.last_position + 1, LOOKED_AT).await?;
    let same = |entry: &Entry| {
        entry.author.kind != AuthorKind::Contact
            && entry.delivery == Some(Delivery::Uncertain)
            && match text {
                Some(text) => entry.text.as_deref() == Some(text),
                None => files > 0 && entry.files.len() >= files,
            }
    };
    Ok(recent.into_iter().find(same))
}
