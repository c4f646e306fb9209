//! Which conversation a mail belongs to, and which entry it is.
//!
//! What must stay true: a token, or the name of an earlier mail, and nothing else: a subject proves nothing.

use base::{Problem, Tx};
use conversations::place_of;
use db::{params, sql};
use ids::{ConversationId, EntryId, InboxId};
use mail::{Mail, TOKEN_CHARACTERS, token, token_in_address, token_in_id};

/// The token of a conversation, made when it first needs one.
pub(crate) async fn token_of(tx: &mut Tx<'_>, inbox: InboxId, conversation: ConversationId) -> Result<String, Problem> {
    let fresh = token(tx.app().random.bytes::<TOKEN_CHARACTERS>());
    tx.execute(
        sql!(
            "INSERT INTO mail_threads (workspace_id, inbox_id, token, conversation_id) VALUES ($1, $2, $3, $4) \
             ON CONFLICT DO NOTHING"
        ),
        &params![tx.workspace, inbox, fresh, conversation],
    )
    .await?;
    let row = tx
        .first(
            sql!("SELECT token FROM mail_threads WHERE workspace_id = $1 AND conversation_id = $2"),
            &params![tx.workspace, conversation],
        )
        .await?;
    Ok(row.ok_or_else(|| anyhow::anyhow!("no token of a conversation"))?.get("token")?)
}

async fn by_token(tx: &mut Tx<'_>, inbox: InboxId, token: String) -> Result<Option<ConversationId>, Problem> {
    let row = tx
        .first(
            sql!("SELECT conversation_id FROM mail_threads WHERE workspace_id = $1 AND inbox_id = $2 AND token = $3"),
            &params![tx.workspace, inbox, token],
        )
        .await?;
    Ok(row.map(|row| row.get("conversation_id")).transpose()?)
}

/// The entry that a mail of this name is.
pub(crate) async fn entry_of(tx: &mut Tx<'_>, inbox: InboxId, id: &str) -> Result<Option<EntryId>, Problem> {
    let row = tx
        .first(
            sql!("SELECT entry_id FROM mails WHERE workspace_id = $1 AND inbox_id = $2 AND message_id = $3"),
            &params![tx.workspace, inbox, id],
        )
        .await?;
    Ok(row.map(|row| row.get("entry_id")).transpose()?)
}

/// By the token of an address first, then by the names of the mails that it answers.
pub(crate) async fn conversation_of(
    tx: &mut Tx<'_>,
    inbox: InboxId,
    mail: &Mail,
    recipient: Option<&str>,
) -> Result<Option<ConversationId>, Problem> {
    for address in recipient.into_iter().chain(mail.recipients.iter().map(String::as_str)) {
        if let Some(token) = token_in_address(address)
            && let Some(found) = by_token(tx, inbox, token).await?
        {
            return Ok(Some(found));
        }
    }
    for id in &mail.answers {
        if let Some(entry) = entry_of(tx, inbox, id).await?
            && let Some(place) = place_of(tx, entry).await?
        {
            return Ok(Some(place.conversation));
        }
        if let Some(token) = token_in_id(id)
            && let Some(found) = by_token(tx, inbox, token).await?
        {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// A mail under its own name.
pub(crate) struct Named<'a> {
    pub entry: EntryId,
    pub inbox: InboxId,
    pub id: &'a str,
    pub digest: Vec<u8>,
    pub earlier: &'a [String],
    pub html: &'a str,
}

/// Whether nobody had that name before.
pub(crate) async fn name(tx: &mut Tx<'_>, named: Named<'_>) -> Result<bool, Problem> {
    let kept = tx
        .execute(
            sql!(
                "INSERT INTO mails (workspace_id, entry_id, inbox_id, message_id, digest, earlier, html) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING"
            ),
            &params![
                tx.workspace,
                named.entry,
                named.inbox,
                named.id,
                named.digest,
                serde_json::to_string(named.earlier)?,
                named.html
            ],
        )
        .await?;
    Ok(kept == 1)
}

/// What a mail of this name says, as its digest.
pub(crate) async fn digest_of(tx: &mut Tx<'_>, inbox: InboxId, id: &str) -> Result<Option<Vec<u8>>, Problem> {
    let row = tx
        .first(
            sql!("SELECT digest FROM mails WHERE workspace_id = $1 AND inbox_id = $2 AND message_id = $3"),
            &params![tx.workspace, inbox, id],
        )
        .await?;
    Ok(row.map(|row| row.get("digest")).transpose()?)
}

pub(crate) async fn forget(tx: &mut Tx<'_>, entry: EntryId) -> Result<(), Problem> {
    tx.put(sql!("DELETE FROM mails WHERE workspace_id = $1 AND entry_id = $2"), params![tx.workspace, entry]).await?;
    Ok(())
}

/// The names that an answer of ours mentions: of the newest mail from outside, and of those before it.
pub(crate) struct Earlier {
    pub id: String,
    pub earlier: Vec<String>,
}

pub(crate) async fn newest(tx: &mut Tx<'_>, conversation: ConversationId) -> Result<Option<Earlier>, Problem> {
    let row = tx
        .first(
            sql!(
                "SELECT m.message_id, m.earlier FROM entries e JOIN mails m ON m.workspace_id = e.workspace_id \
                 AND m.entry_id = e.id WHERE e.workspace_id = $1 AND e.conversation_id = $2 \
                 AND e.author_kind = 'contact' ORDER BY e.position DESC LIMIT 1"
            ),
            &params![tx.workspace, conversation],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Earlier { id: row.get("message_id")?, earlier: serde_json::from_str(&row.get::<String>("earlier")?)? }))
}
