//! Taking back what a message or a note said: by its author, or by somebody who may redact the words of others.
//!
//! The entry keeps its place, its author and who removed it; words, files, card, earlier versions and what quotes repeat are
//! gone for everybody, at once in the thread and a moment later in the event log ([`FORGET`]). What a browser holds
//! open goes with the event. Copies in backups stay until those are removed. Of a rating the score stays.

use crate::{
    Author, AuthorKind, Entry, EntryKind, Preview, Quote, Thread,
    access::{Can, MayChangeEntry},
    draft,
    edit::is_newest_message,
    entry::{Removed, entry, quoting},
    fetch, file, mail_entry, mention,
    thread::member_author,
};
use axum::Json;
use base::{App, Ctx, JobFailure, JobKind, Problem, Tx, refusal};
use db::{params, sql};
use ids::{ConversationId, EntryId, WorkspaceId};
use serde_json::Value;

/// How many events are looked through in one read.
const EVENTS: i64 = 1_000;

/// Takes the words out of events that clients may still resume from.
pub static FORGET: JobKind =
    JobKind { name: "entries.forget", run: |app, workspace, id| Box::pin(forget(app, workspace, id)) };

/// A message that the contact of the conversation wrote.
pub(crate) async fn own_message(tx: &mut Tx<'_>, thread: &Thread, id: EntryId) -> Result<Entry, Problem> {
    let entry = entry(tx, thread.conversation.id, id).await?;
    let own = |entry: &Entry| entry.kind == EntryKind::Message && entry.author.kind == AuthorKind::Contact;
    entry.filter(own).ok_or_else(|| refusal::NOT_FOUND.into())
}

/// A contact takes back his own message. Removing what is removed changes nothing.
pub async fn remove_as_contact(tx: &mut Tx<'_>, thread: Thread, id: EntryId) -> Result<Entry, Problem> {
    let entry = own_message(tx, &thread, id).await?;
    let author = thread.contact_author();
    take_back(tx, thread, entry, author).await
}

async fn remove(tx: &mut Tx<'_>, permit: MayChangeEntry) -> Result<Entry, Problem> {
    if !matches!(permit.entry.kind, EntryKind::Message | EntryKind::Note | EntryKind::Rating) {
        return Err(refusal::FORBIDDEN.into());
    }
    let can = match permit.entry.kind {
        _ if !permit.is_author() => Can::Redact,
        EntryKind::Note => Can::Note,
        _ => Can::Edit,
    };
    permit.must(can)?;
    let MayChangeEntry { member, thread, entry } = permit;
    take_back(tx, thread, entry, member_author(&member)).await
}

async fn take_back(tx: &mut Tx<'_>, mut thread: Thread, mut entry: Entry, by: Author) -> Result<Entry, Problem> {
    if entry.removed.is_some() {
        return Ok(entry);
    }
    thread.conversation.counts.acts -= i64::from(entry.is_act());
    for file in std::mem::take(&mut entry.files) {
        match file.absent {
            Some(_) => fetch::forget(tx, file.id).await?,
            None => file::release(tx, file.id).await?,
        }
    }
    (entry.text, entry.quote, entry.card, entry.edited_at) = (None, None, None, None);
    entry.earlier.clear();
    entry.reactions.clear();
    if entry.mail.take().is_some() {
        mail_entry::forget(tx, &entry).await?;
    }
    if !std::mem::take(&mut entry.mentions).is_empty() {
        mention::forget(tx, &entry).await?;
    }
    entry.removed = Some(Removed { at: tx.now, by });
    if entry.kind == EntryKind::Message && is_newest_message(tx, &entry).await? {
        thread.conversation.preview = Some(Preview::of_message(entry.author.kind, None, None, &[]));
    }
    for mut answer in quoting(tx, &entry).await? {
        answer.quote = answer.quote.map(|quote| Quote { text: None, files: 0, ..quote });
        thread.change(answer);
    }
    draft::forget_quote(tx, entry.conversation_id, entry.id).await?;
    tx.enqueue(&FORGET, &entry.id, tx.now).await?;
    let (conversation, id) = (entry.conversation_id, entry.id);
    thread.correct(entry);
    thread.save(tx).await?;
    crate::entry::entry(tx, conversation, id).await?.ok_or_else(|| refusal::NOT_FOUND.into())
}

async fn forget(app: App, workspace: WorkspaceId, id: String) -> Result<(), JobFailure> {
    let id: EntryId = serde_json::from_str(&id).map_err(|error| JobFailure::GiveUp(error.into()))?;
    // What held the words may have been said a moment ago, on another node.
    app.db.complete_log().await.map_err(Problem::from)?;
    let mut after = 0;
    loop {
        let page = app.read(workspace, move |tx| Box::pin(mentioning(tx, id, after))).await?;
        for (position, payload) in page.found {
            let Some(payload) = without(&payload, &id.to_string()) else { continue };
            app.write(workspace, move |tx| {
                Box::pin(async move {
                    tx.put(
                        sql!("UPDATE events SET payload = $3 WHERE workspace_id = $1 AND position = $2"),
                        params![tx.workspace, position, payload],
                    )
                    .await?;
                    Ok(())
                })
            })
            .await?;
        }
        match page.next {
            Some(next) => after = next,
            None => return Ok(()),
        }
    }
}

struct EventPage {
    found: Vec<(i64, String)>,
    next: Option<i64>,
}

/// The events after a position that name the entry.
async fn mentioning(tx: &mut Tx<'_>, id: EntryId, after: i64) -> Result<EventPage, Problem> {
    let rows = tx
        .query(
            sql!(
                "SELECT position, payload FROM events WHERE workspace_id = $1 AND position > $2 \
                 ORDER BY position LIMIT $3"
            ),
            &params![tx.workspace, after, EVENTS],
        )
        .await?;
    let id = id.to_string();
    let (mut found, mut last) = (Vec::new(), after);
    for row in &rows {
        let payload: String = row.get("payload")?;
        last = row.get("position")?;
        if payload.contains(&id) {
            found.push((last, payload));
        }
    }
    Ok(EventPage { found, next: (rows.len() as i64 == EVENTS).then_some(last) })
}

/// The payload without the words of an entry; `None` when there are none in it. Whatever preview came along may repeat
/// them, and a newer one follows.
fn without(payload: &str, id: &str) -> Option<String> {
    let mut payload: Value = serde_json::from_str(payload).ok()?;
    for entry in payload.get_mut("entries")?.as_array_mut()? {
        let quotes = entry["quote"]["id"] == id;
        if quotes {
            entry["quote"]["text"] = Value::Null;
        }
        if entry["id"] == id {
            (entry["text"], entry["quote"], entry["card"]) = (Value::Null, Value::Null, Value::Null);
            if entry.get("mail").is_some() {
                entry["mail"] = Value::Null;
            }
            (entry["files"], entry["earlier"]) = (Value::Array(Vec::new()), Value::Array(Vec::new()));
        }
    }
    if let Some(preview) = payload["conversation"].get_mut("preview").filter(|preview| preview.is_object()) {
        preview["text"] = Value::String(String::new());
    }
    serde_json::to_string(&payload).ok()
}

/// Remove a message or a note
#[utoipa::path(
    delete, path = "/api/v1/conversations/{conversation}/entries/{entry}", tag = "conversations",
    params(("conversation" = ConversationId, Path), ("entry" = EntryId, Path)),
    responses((status = 200, body = Entry), (status = "default", body = base::ProblemBody))
)]
pub async fn remove_entry(ctx: Ctx<MayChangeEntry>) -> Result<Json<Entry>, Problem> {
    ctx.write(|tx, permit| Box::pin(remove(tx, permit))).await.map(Json)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_forgets_the_words_and_who_repeats_them() {
        let event = serde_json::json!({
            "conversation": { "preview": { "kind": "message", "text": "my card is 4111" } },
            "entries": [
                { "id": "ent_1", "text": "my card is 4111", "files": [{ "name": "card.png" }], "quote": null,
                    "card": { "title": "pay 4111" } },
                { "id": "ent_2", "text": "thanks", "files": [], "quote": { "id": "ent_1", "text": "my card is 4111" } },
            ],
        });
        let kept = without(&event.to_string(), "ent_1").expect("a payload");
        assert!(!kept.contains("4111") && !kept.contains("card.png") && kept.contains("thanks"), "{kept}");
    }
}
