//! How fast an account, and one person through it, may be written to: what the channel's table says, for all servers
//! together.

use base::{Ms, Problem, Tx};
use channels::{Capabilities, Pace};
use db::{params, sql};
use ids::InboxId;

/// The key of the account itself.
const ACCOUNT: &str = "";
/// Of what answers comments, below them and to their authors alone. `comment`: whether it is the former.
const PUBLIC_REPLIES: &str = "comments:public";
const PRIVATE_REPLIES: &str = "comments:private";

/// Counts one request to somebody. Answers when it may be tried again, if it may not go now.
pub(crate) async fn pass(
    tx: &mut Tx<'_>,
    inbox: InboxId,
    chat: &str,
    (capabilities, comment): (&Capabilities, Option<bool>),
) -> Result<Option<Ms>, Problem> {
    let comment = comment.zip(capabilities.comments).map(|(publicly, comments)| {
        let key = if publicly { PUBLIC_REPLIES } else { PRIVATE_REPLIES };
        (key, comments.pace)
    });
    let paces = [(chat, capabilities.person_pace), (ACCOUNT, capabilities.account_pace)];
    for (key, pace) in paces.into_iter().chain(comment) {
        if let Some(wait) = one(tx, inbox, key, pace).await? {
            return Ok(Some(wait));
        }
    }
    Ok(None)
}

/// So many at once, and then one after another.
async fn one(tx: &mut Tx<'_>, inbox: InboxId, key: &str, pace: Pace) -> Result<Option<Ms>, Problem> {
    let Pace { every_ms: each, at_once } = pace;
    let ahead = each * (at_once - 1);
    let passed = tx
        .first(
            sql!(
                "INSERT INTO messenger_chats (workspace_id, inbox_id, chat, free_at) VALUES ($1, $2, $3, $5) \
                 ON CONFLICT (workspace_id, inbox_id, chat) DO UPDATE SET free_at = CASE \
                 WHEN messenger_chats.free_at <= $4 THEN $5 ELSE messenger_chats.free_at + $6 END \
                 WHERE messenger_chats.free_at - $4 <= $7 RETURNING free_at"
            ),
            &params![tx.workspace, inbox, key, tx.now, tx.now + each, each, ahead],
        )
        .await?;
    if passed.is_some() {
        return Ok(None);
    }
    let row = tx
        .first(
            sql!("SELECT free_at FROM messenger_chats WHERE workspace_id = $1 AND inbox_id = $2 AND chat = $3"),
            &params![tx.workspace, inbox, key],
        )
        .await?;
    let free_at = row.map_or(Ok(tx.now), |row| row.get::<Ms>("free_at"))?;
    Ok(Some((free_at - ahead).max(tx.now + 1)))
}

/// Nothing goes to him before that time, since the provider said so.
pub(crate) async fn rest(tx: &mut Tx<'_>, inbox: InboxId, chat: &str, until: Ms) -> Result<(), Problem> {
    tx.put(
        sql!("UPDATE messenger_chats SET free_at = $4 WHERE workspace_id = $1 AND inbox_id = $2 AND chat = $3"),
        params![tx.workspace, inbox, chat, until],
    )
    .await?;
    Ok(())
}

/// Whether he wants to be written to.
pub(crate) async fn set_reachable(tx: &mut Tx<'_>, inbox: InboxId, chat: &str, reachable: bool) -> Result<(), Problem> {
    let blocked_at = (!reachable).then_some(tx.now);
    tx.put(
        sql!(
            "INSERT INTO messenger_chats (workspace_id, inbox_id, chat, free_at, blocked_at) VALUES ($1, $2, $3, 0, $4) \
             ON CONFLICT (workspace_id, inbox_id, chat) DO UPDATE SET blocked_at = excluded.blocked_at"
        ),
        params![tx.workspace, inbox, chat, blocked_at],
    )
    .await?;
    Ok(())
}

/// He followed a link to us. It is how he comes, should he say something.
pub(crate) async fn refer(
    tx: &mut Tx<'_>,
    inbox: InboxId,
    chat: &str,
    (source, by_ad): (&str, bool),
) -> Result<(), Problem> {
    tx.put(
        sql!(
            "INSERT INTO messenger_chats (workspace_id, inbox_id, chat, free_at, source, source_is_ad) \
             VALUES ($1, $2, $3, 0, $4, $5) ON CONFLICT (workspace_id, inbox_id, chat) \
             DO UPDATE SET source = excluded.source, source_is_ad = excluded.source_is_ad"
        ),
        params![tx.workspace, inbox, chat, source, by_ad],
    )
    .await?;
    Ok(())
}

/// By which link he came to say what he says now, and whether it is an advertisement.
pub(crate) async fn take_source(
    tx: &mut Tx<'_>,
    inbox: InboxId,
    chat: &str,
) -> Result<Option<(String, bool)>, Problem> {
    let values = params![tx.workspace, inbox, chat];
    let known = sql!(
        "SELECT source, source_is_ad FROM messenger_chats WHERE workspace_id = $1 AND inbox_id = $2 AND chat = $3"
    );
    let Some(row) = tx.first(known, &values).await? else { return Ok(None) };
    let (source, by_ad): (Option<String>, bool) = (row.get("source")?, row.get("source_is_ad")?);
    if source.is_some() {
        tx.put(
            sql!("UPDATE messenger_chats SET source = NULL WHERE workspace_id = $1 AND inbox_id = $2 AND chat = $3"),
            values,
        )
        .await?;
    }
    Ok(source.map(|source| (source, by_ad)))
}

pub(crate) async fn is_blocked(tx: &mut Tx<'_>, inbox: InboxId, chat: &str) -> Result<bool, Problem> {
    let row = tx
        .first(
            sql!("SELECT blocked_at FROM messenger_chats WHERE workspace_id = $1 AND inbox_id = $2 AND chat = $3"),
            &params![tx.workspace, inbox, chat],
        )
        .await?;
    Ok(row.map_or(Ok(None), |row| row.get::<Option<Ms>>("blocked_at"))?.is_some())
}
