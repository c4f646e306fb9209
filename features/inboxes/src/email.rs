//! The settings of an e-mail inbox: the address behind it.

use crate::{event, inbox};
use base::{Problem, Tx};
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
    account_pace: Pace { every_ms: 200, at_once: 5 },
    person_pace: Pace { every_ms: 1_000, at_once: 1 },
};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Email {
    /// Where customers write to; nobody is reached before there is one.
    pub address: Option<String>,
}

/// Puts an address behind the inbox, or takes it away, and tells of it.
pub async fn set_address(
    tx: &mut Tx<'_>,
    inbox: InboxId,
    address: Option<String>,
    action: &'static str,
) -> Result<(), Problem> {
    let settings = serde_json::to_string(&Email { address })?;
    tx.put(
        sql!("UPDATE inboxes SET settings = $3 WHERE workspace_id = $1 AND id = $2"),
        params![tx.workspace, inbox, settings],
    )
    .await?;
    inbox::note(tx, inbox, action).await?;
    event::updated(tx, inbox).await?;
    Ok(())
}
