//! Who may do what through an API inbox: whoever holds one of its tokens, in this inbox and nowhere else.

use crate::{INBOX_DISABLED, limit};
use base::{Caller, InboxCaller, Permit, Problem, Tx, refusal};
use conversations::{Thread, place_of};
use db::{params, sql};
use ids::{EntryId, InboxId};
use std::sync::Arc;

/// Holds a token of this inbox. Of one that was switched off he may only read.
pub struct AnyInbox(pub Arc<InboxCaller>);

impl Permit for AnyInbox {
    type Target = InboxId;

    async fn grant(caller: &Caller, target: InboxId, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let inbox = caller.inbox()?.clone();
        if inbox.inbox != target {
            return Err(refusal::NOT_FOUND.into());
        }
        tx.app().throttle(&limit::REQUESTS_PER_INBOX, &inbox.inbox.to_string())?;
        Ok(Self(inbox))
    }
}

/// Holds a token of this inbox, which takes messages.
pub struct WritingInbox(pub Arc<InboxCaller>);

impl Permit for WritingInbox {
    type Target = InboxId;

    async fn grant(caller: &Caller, target: InboxId, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let AnyInbox(inbox) = AnyInbox::grant(caller, target, tx).await?;
        if inbox.inbox_open { Ok(Self(inbox)) } else { Err(INBOX_DISABLED.into()) }
    }
}

/// Is about one message of the inbox, by our id or by the other system's own; its conversation is locked.
pub struct NamedMessage {
    pub thread: Thread,
    pub entry: EntryId,
}

impl Permit for NamedMessage {
    type Target = (InboxId, String);

    async fn grant(caller: &Caller, (inbox, name): Self::Target, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        AnyInbox::grant(caller, inbox, tx).await?;
        let entry = match name.parse::<EntryId>() {
            Ok(id) => id,
            Err(_) => entry_of(tx, inbox, &name).await?.ok_or(refusal::NOT_FOUND)?,
        };
        let place = place_of(tx, entry).await?.filter(|place| place.inbox == inbox).ok_or(refusal::NOT_FOUND)?;
        let thread = conversations::lock(tx, place.conversation).await?.ok_or(refusal::NOT_FOUND)?;
        Ok(Self { thread, entry })
    }
}

/// Our id of a message that the other system sent.
pub(crate) async fn entry_of(tx: &mut Tx<'_>, inbox: InboxId, external_id: &str) -> Result<Option<EntryId>, Problem> {
    if external_id.contains('\0') {
        return Ok(None);
    }
    let row = tx
        .first(
            sql!("SELECT entry_id FROM api_messages WHERE workspace_id = $1 AND inbox_id = $2 AND external_id = $3"),
            &params![tx.workspace, inbox, external_id],
        )
        .await?;
    Ok(row.map(|row| row.get("entry_id")).transpose()?)
}
