//! Records that are made by themselves when a session begins, in inboxes where their type says so (R099).
//!
//! What must stay true: a session begins with one of a type, however often that is tried; how the contact came to the
//! session is copied once and not written again (R098, C27). Which fields are required nobody asks: nobody was there.

use crate::{
    create::{New, create},
    record::Values,
    record_type,
};
use base::{Follow, JobFailure, JobKind, Problem, Tx};
use contacts::ContactSource;
use conversations::{CHANGED, Facts, Thread};
use db::{params, sql};
use ids::{ConversationId, RecordId, RecordTypeId};

pub const FOLLOW: Follow = Follow { event: &CHANGED, wants: |facts| facts.contains("\"began\":"), job: &BEGIN };

/// A session began.
pub static BEGIN: JobKind = JobKind {
    name: "records.begin",
    run: |app, workspace, facts| {
        Box::pin(async move {
            let facts: Facts = serde_json::from_str(&facts).map_err(|error| JobFailure::GiveUp(error.into()))?;
            let Facts { conversation, began: Some(session), .. } = facts else { return Ok(()) };
            app.write(workspace, move |tx| Box::pin(begin(tx, conversation, session))).await?;
            Ok(())
        })
    },
};

async fn begin(tx: &mut Tx<'_>, id: ConversationId, session: i64) -> Result<(), Problem> {
    for of in record_type::all(tx).await? {
        let Some(thread) = conversations::lock(tx, id).await? else { return Ok(()) };
        // It may be the next one by now, or have gone over into another conversation.
        let wanted = !of.archived && of.inbox_ids.contains(&thread.conversation.inbox_id) && thread.session == session;
        if wanted && !is_made(tx, id, session, of.id).await? {
            make(tx, thread, of.id).await?;
        }
    }
    Ok(())
}

async fn is_made(tx: &mut Tx<'_>, id: ConversationId, session: i64, of: RecordTypeId) -> Result<bool, Problem> {
    let made = sql!(
        "SELECT 1 AS made FROM records WHERE workspace_id = $1 AND conversation_id = $2 AND session = $3 \
         AND type_id = $4 AND automatic = 1"
    );
    Ok(tx.first(made, &params![tx.workspace, id, session, of]).await?.is_some())
}

async fn make(tx: &mut Tx<'_>, thread: Thread, of: RecordTypeId) -> Result<(), Problem> {
    let Some(of) = record_type::keep(tx, of).await? else { return Ok(()) };
    let source = came_by(tx, &thread).await?;
    let id = RecordId(tx.uuid());
    let new = New { number: None, title: None, state_id: None, values: Values::new(), source };
    create(tx, thread, None, (id, &of), new).await?;
    Ok(())
}

/// How the contact came to the session; else how he came first.
async fn came_by(tx: &mut Tx<'_>, thread: &Thread) -> Result<Option<ContactSource>, Problem> {
    let row = tx
        .first(
            sql!("SELECT came_by FROM sessions WHERE workspace_id = $1 AND conversation_id = $2 AND number = $3"),
            &params![tx.workspace, thread.conversation.id, thread.session],
        )
        .await?;
    let stored: Option<String> = row.map(|row| row.get("came_by")).transpose()?.flatten();
    match stored {
        Some(text) => Ok(Some(serde_json::from_str(&text)?)),
        None => contacts::source_of(tx, thread.conversation.contact.id).await,
    }
}
