//! Until when a person has, and has read, what we said: a provider tells times, and not messages.
//!
//! What must stay true: a time is kept, so that what comes to be known later, such as an echo, is seen in its light too.

use crate::{account::Account, message};
use base::{Ms, Problem, Tx};
use channels::Reached;
use conversations::{Delivery, Thread, UpTo, lock_of_contact, place_of, reach};
use db::{params, sql};
use ids::InboxId;

/// Takes what is told of all until a message or a time. `None`: it is about nobody, or nothing, that is here yet.
pub(crate) async fn take(
    tx: &mut Tx<'_>,
    account: &Account,
    chat: &str,
    (target, until): (Option<String>, Option<Ms>),
    to: &Reached,
) -> Result<Option<()>, Problem> {
    let came = match to {
        Reached::Delivered => Delivery::Delivered,
        Reached::Read => Delivery::Read,
        Reached::Sent | Reached::Failed(_) => return Ok(Some(())),
    };
    if let Some(until) = until {
        remember(tx, account.inbox, chat, until, came).await?;
    }
    let Some(contact) = contacts::called(tx, account.inbox, chat).await? else { return Ok(None) };
    let Some(thread) = lock_of_contact(tx, account.inbox, contact).await? else { return Ok(None) };
    if let Some(target) = target {
        let entry = message::entry_of(tx, account, &target).await?;
        let place = match entry {
            Some(entry) => place_of(tx, entry).await?,
            None => None,
        };
        match place.filter(|place| place.conversation == thread.conversation.id) {
            Some(place) => {
                reach(tx, thread, UpTo::Position(place.position), came).await?;
                return Ok(Some(()));
            }
            None if until.is_none() => return Ok(None),
            None => {}
        }
    }
    if let Some(until) = until {
        reach(tx, thread, UpTo::Time(until), came).await?;
    }
    Ok(Some(()))
}

/// Sees in the light of what was told before what was said `since` then or earlier.
pub(crate) async fn apply(
    tx: &mut Tx<'_>,
    inbox: InboxId,
    chat: &str,
    thread: Thread,
    since: Ms,
) -> Result<(), Problem> {
    let row = tx
        .first(
            sql!(
                "SELECT delivered_until, read_until FROM messenger_chats \
                 WHERE workspace_id = $1 AND inbox_id = $2 AND chat = $3"
            ),
            &params![tx.workspace, inbox, chat],
        )
        .await?;
    let Some(row) = row else { return Ok(()) };
    let (delivered, read): (Ms, Ms) = (row.get("delivered_until")?, row.get("read_until")?);
    if read >= since {
        return reach(tx, thread, UpTo::Time(read), Delivery::Read).await;
    }
    if delivered >= since { reach(tx, thread, UpTo::Time(delivered), Delivery::Delivered).await } else { Ok(()) }
}

async fn remember(tx: &mut Tx<'_>, inbox: InboxId, chat: &str, until: Ms, came: Delivery) -> Result<(), Problem> {
    let read = if came == Delivery::Read { until } else { 0 };
    tx.put(
        sql!(
            "INSERT INTO messenger_chats (workspace_id, inbox_id, chat, free_at, delivered_until, read_until) \
             VALUES ($1, $2, $3, 0, $4, $5) ON CONFLICT (workspace_id, inbox_id, chat) DO UPDATE SET \
             delivered_until = CASE WHEN messenger_chats.delivered_until < excluded.delivered_until \
             THEN excluded.delivered_until ELSE messenger_chats.delivered_until END, \
             read_until = CASE WHEN messenger_chats.read_until < excluded.read_until \
             THEN excluded.read_until ELSE messenger_chats.read_until END"
        ),
        params![tx.workspace, inbox, chat, until, read],
    )
    .await?;
    Ok(())
}
