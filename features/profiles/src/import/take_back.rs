//! Taking an import back: whom it made goes, and what it changed becomes what it was.
//!
//! What must stay true: it goes from the last row to the first, so that a field that two rows changed becomes what it was
//! before both; what somebody changed since stays his; whoever was made and has talked or was changed since stays, and is
//! counted.

use super::{ImportState, may_import, person::tell, run, stored::Stored};
use crate::{
    field,
    history::{self, FieldChange},
};
use base::{App, MemberCaller, Problem, Tx};
use contacts::{By, ContactField, Known, RecordKind, lock_known};
use conversations::facts_of_contact;
use db::{Row, params, sql};
use ids::{AttributeId, ContactId, ContactImportId, ContactNoteId, TagId, WorkspaceId};
use serde_json::Value;
use std::{collections::HashMap, sync::Arc};

const AT_ONCE: i64 = 250;
const STEPS_OF_A_JOB: usize = 40;

pub async fn work(app: &App, workspace: WorkspaceId, id: ContactImportId, turn: i64) -> Result<(), Problem> {
    for step in 1..=STEPS_OF_A_JOB {
        let rest = step == STEPS_OF_A_JOB;
        let goes_on = app.write(workspace, move |tx| Box::pin(some(tx, id, turn, rest))).await?;
        if !goes_on {
            break;
        }
    }
    Ok(())
}

/// Takes the next ones back; answers whether there may be more.
async fn some(tx: &mut Tx<'_>, id: ContactImportId, turn: i64, rest: bool) -> Result<bool, Problem> {
    let Some(mut stored) = run::at(tx, id, turn).await? else { return Ok(false) };
    let member = people::as_caller(tx, stored.actor).await?.filter(may_import);
    let Some(member) = member.map(Arc::new) else {
        stored.stop();
        stored.save(tx).await?;
        return Ok(false);
    };
    tx.by = Some(member.clone());
    let rows = tx
        .query(
            sql!(
                "SELECT number, outcome, contact_id, version, note_id, external_id FROM contact_import_rows \
                 WHERE workspace_id = $1 AND import_id = $2 AND number < $3 AND outcome <> 'refused' \
                 ORDER BY number DESC LIMIT $4"
            ),
            &params![tx.workspace, id, stored.view.reached, AT_ONCE],
        )
        .await?;
    let tags: HashMap<_, _> = tags::list(tx).await?.into_iter().map(|tag| (tag.name, tag.id)).collect();
    for row in &rows {
        if one(tx, &stored, &member, row, &tags).await? {
            stored.view.taken_back += 1;
        } else {
            stored.view.kept += 1;
        }
        stored.view.reached = row.get("number")?;
    }
    let more = rows.len() as i64 == AT_ONCE;
    if !more {
        stored.view.state = ImportState::TakenBack;
        stored.view.ended_at = Some(tx.now);
    }
    stored.save(tx).await?;
    if more && rest {
        run::go_on(tx, &stored).await?;
    }
    Ok(more)
}

/// Answers whether nothing of the row is left.
async fn one(
    tx: &mut Tx<'_>,
    stored: &Stored,
    member: &MemberCaller,
    row: &Row,
    tags: &HashMap<String, TagId>,
) -> Result<bool, Problem> {
    let contact: ContactId = row.get("contact_id")?;
    let Some(known) = lock_known(tx, contact).await? else { return Ok(true) };
    if known.merged_into.is_some() {
        return Ok(false);
    }
    let (note, external_id) = (row.get::<Option<ContactNoteId>>("note_id")?, row.get::<Option<String>>("external_id")?);
    if row.get::<String>("outcome")? == "made" {
        if !is_untouched(tx, stored.view.id, &known).await? {
            return Ok(false);
        }
        forget(tx, stored, &known, note, external_id).await?;
        contacts::erase(tx, contact).await?;
        contacts::record(tx, RecordKind::Erased, contact, None, By::import(Some(member))).await?;
        return Ok(true);
    }
    if is_made(tx, stored.view.id, contact).await? {
        // He goes with the row that made him, or stays as he is.
        return is_untouched(tx, stored.view.id, &known).await;
    }
    let version = row.get::<Option<i64>>("version")?;
    forget(tx, stored, &known, note, external_id).await?;
    let before = known.shown();
    let (known, whole) = match version {
        Some(version) => revert(tx, known, version, member, tags).await?,
        None => (known, true),
    };
    tell(tx, &known, &before).await?;
    Ok(whole)
}

async fn is_made(tx: &mut Tx<'_>, import: ContactImportId, contact: ContactId) -> Result<bool, Problem> {
    let row = tx
        .first(
            sql!(
                "SELECT number FROM contact_import_rows WHERE workspace_id = $1 AND import_id = $2 \
                 AND contact_id = $3 AND outcome = 'made' LIMIT 1"
            ),
            &params![tx.workspace, import, contact],
        )
        .await?;
    Ok(row.is_some())
}

/// Only the import wrote about him, and nobody talked with him.
async fn is_untouched(tx: &mut Tx<'_>, import: ContactImportId, known: &Known) -> Result<bool, Problem> {
    let others = tx
        .first(
            sql!(
                "SELECT (SELECT MAX(version) FROM contact_import_rows WHERE workspace_id = $1 AND import_id = $2 \
                 AND contact_id = $3) AS version, (SELECT COUNT(*) FROM contact_notes n WHERE n.workspace_id = $1 \
                 AND n.contact_id = $3 AND NOT EXISTS (SELECT 1 FROM contact_import_rows r WHERE r.workspace_id = $1 \
                 AND r.import_id = $2 AND r.contact_id = $3 AND r.note_id = n.id AND n.edited_at IS NULL)) AS notes, \
                 (SELECT COUNT(*) FROM deleted_conversations d WHERE d.workspace_id = $1 AND d.contact_id = $3 \
                 AND d.erased_at IS NULL) AS deleted"
            ),
            &params![tx.workspace, import, known.id],
        )
        .await?;
    let Some(others) = others else { return Ok(false) };
    let same = others.get::<Option<i64>>("version")? == Some(known.version);
    let alone = others.get::<i64>("notes")? == 0 && others.get::<i64>("deleted")? == 0;
    Ok(same && alone && facts_of_contact(tx, known.id).await?.is_empty())
}

/// The note and the external id that came with a row.
async fn forget(
    tx: &mut Tx<'_>,
    stored: &Stored,
    known: &Known,
    note: Option<ContactNoteId>,
    external_id: Option<String>,
) -> Result<(), Problem> {
    if let Some(note) = note {
        tx.put(
            sql!(
                "DELETE FROM contact_notes WHERE workspace_id = $1 AND contact_id = $2 AND id = $3 \
                 AND edited_at IS NULL"
            ),
            params![tx.workspace, known.id, note],
        )
        .await?;
    }
    if let (Some(name), Some(inbox)) = (external_id, stored.plan()?.inbox_id) {
        // Once he has written under it, it is how he is known.
        let has_written = facts_of_contact(tx, known.id).await?.iter().any(|facts| facts.inbox == inbox);
        if !has_written {
            contacts::take_external_id(tx, inbox, &name, known.id).await?;
        }
    }
    Ok(())
}

/// Each field that still is what the row made it becomes what it was; answers whether that were all.
async fn revert(
    tx: &mut Tx<'_>,
    mut known: Known,
    version: i64,
    member: &MemberCaller,
    tags: &HashMap<String, TagId>,
) -> Result<(Known, bool), Problem> {
    let made = history::since(tx, known.id, version - 1).await?.into_iter().find(|change| change.number == version);
    let (mut changes, mut whole) = (Vec::new(), made.is_some());
    for FieldChange { field, before, after } in made.map(|made| made.changes).unwrap_or_default() {
        let reverted = if field == "tag" {
            match after.as_ref().and_then(|name| tags.get(name)) {
                Some(tag) => known.set_tag(tx, *tag, false).await?,
                None => false,
            }
        } else if let Ok(id) = field.parse::<AttributeId>() {
            let same = known.attributes.get(&id) == after.as_ref();
            if same {
                known.set_value(tx, id, before.clone()).await?;
            }
            same
        } else if let Ok(name) = serde_json::from_value::<ContactField>(Value::String(field.clone())) {
            let same = known.written.get(&name) == after.as_ref();
            if same {
                match &before {
                    Some(before) => drop(known.written.insert(name, before.clone())),
                    None => drop(known.written.remove(&name)),
                }
            }
            debug_assert_eq!(field::name(name), field);
            same
        } else {
            false
        };
        if reverted {
            changes.push(FieldChange { field, before: after, after: before });
        }
        whole &= reverted;
    }
    if !changes.is_empty() {
        known.version += 1;
        known.save(tx).await?;
        history::keep(tx, known.id, known.version, member, &changes).await?;
    }
    Ok((known, whole))
}
