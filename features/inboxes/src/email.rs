//! The settings of an e-mail inbox: the address behind it.

use crate::{event, inbox};
use base::{Problem, Tx, refusal};
use channels::{Capabilities, FileLimits, Length, Pace, Unit};
use db::{params, sql};
use ids::InboxId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

const MEGABYTE: u64 = 1024 * 1024;
/// Most servers take no more; in a mail a file is a third larger than it is.
pub const MAIL_FILE_BYTES: u64 = 18 * MEGABYTE;
const FILES: FileLimits = FileLimits {
    image: MAIL_FILE_BYTES,
    audio: MAIL_FILE_BYTES,
    video: MAIL_FILE_BYTES,
    other: MAIL_FILE_BYTES,
    other_types: &[],
    inbound: 25 * MEGABYTE,
};

/// What a mail can: it is gone when it is sent.
pub(crate) const CAPABILITIES: Capabilities = Capabilities {
    text: Length { max: 10_000, unit: Unit::Characters },
    caption: Length { max: 10_000, unit: Unit::Characters },
    files: FILES,
    files_together: 10,
    window_hours: None,
    human_hours: None,
    templates: false,
    tells_delivered: false,
    tells_read: false,
    edit: false,
    delete: false,
    quote: false,
    buttons: false,
    reactions: &[],
    typing: false,
    seen: false,
    starts: true,
    comments: None,
    account_pace: Pace { every_ms: 200, at_once: 5 },
    person_pace: Pace { every_ms: 1_000, at_once: 1 },
};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Email {
    /// Where customers write to; nobody is reached before there is one.
    pub address: Option<String>,
    /// What its mails end with, with marks; `{{me.name}}` and `{{inbox.name}}` are filled in.
    #[serde(default)]
    pub signature: String,
}

/// What is absent stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeEmail {
    /// At most 1,000 characters.
    pub signature: Option<String>,
}

/// Changes what mails of the inbox are like.
pub(crate) async fn change(tx: &mut Tx<'_>, inbox: InboxId, asked: ChangeEmail) -> Result<(), Problem> {
    let mut email = settings(tx, inbox).await?;
    if let Some(signature) = asked.signature {
        email.signature = people::checked_signature(&signature)?;
    }
    put(tx, inbox, &email).await
}

async fn settings(tx: &mut Tx<'_>, inbox: InboxId) -> Result<Email, Problem> {
    Ok(inbox::find(tx, inbox).await?.and_then(|inbox| inbox.email).ok_or(refusal::NOT_FOUND)?)
}

async fn put(tx: &mut Tx<'_>, inbox: InboxId, email: &Email) -> Result<(), Problem> {
    tx.put(
        sql!("UPDATE inboxes SET settings = $3 WHERE workspace_id = $1 AND id = $2"),
        params![tx.workspace, inbox, serde_json::to_string(email)?],
    )
    .await?;
    Ok(())
}

/// The addresses of all of the workspace's inboxes: nobody writes to himself.
pub async fn mail_addresses(tx: &mut Tx<'_>) -> Result<Vec<String>, Problem> {
    let rows = tx
        .query(
            sql!("SELECT settings FROM inboxes WHERE workspace_id = $1 AND channel = 'email'"),
            &params![tx.workspace],
        )
        .await?;
    let all = rows.iter().map(|row| Ok(serde_json::from_str::<Email>(&row.get::<String>("settings")?)?.address));
    Ok(all.collect::<Result<Vec<_>, Problem>>()?.into_iter().flatten().collect())
}

/// Puts an address behind the inbox, or takes it away, and tells of it.
pub async fn set_address(
    tx: &mut Tx<'_>,
    inbox: InboxId,
    address: Option<String>,
    action: &'static str,
) -> Result<(), Problem> {
    let known = settings(tx, inbox).await?;
    put(tx, inbox, &Email { address, ..known }).await?;
    inbox::note(tx, inbox, action).await?;
    event::updated(tx, inbox).await?;
    Ok(())
}
