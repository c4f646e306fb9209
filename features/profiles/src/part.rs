//! Two who were merged are parted again: what was the other's is his, and what came since stays with the kept one.
//!
//! What must stay true: a field that somebody changed after the merge stays as it is now; a note that was removed does not
//! come back; what was said by the other's own ways is his, whenever it was. Absent: parting after [`UNDO`], when nobody
//! remembers any more what belongs to whom.

use crate::{
    CONTACT_MERGE_TOO_OLD,
    access::CanEdit,
    attribute, field,
    history::{self, FieldChange},
    merge::{Before, UNDO, called, told},
    show::ContactProfile,
};
use axum::Json;
use base::{Caller, Ctx, Ms, Permit, Problem, Tx, refusal};
use contacts::{By, ContactField, Known, RecordKind};
use conversations::{CONTACT_BLOCKED, block_of_contact};
use db::{params, sql};
use ids::{AttributeId, ContactId};
use std::collections::BTreeSet;

const DAY: Ms = 24 * 3_600_000;
const FIELDS: [ContactField; 10] = [
    ContactField::DisplayName,
    ContactField::FirstName,
    ContactField::LastName,
    ContactField::Email,
    ContactField::Phone,
    ContactField::Country,
    ContactField::City,
    ContactField::Address,
    ContactField::Language,
    ContactField::Company,
];

/// May write the kept one, who is locked as the one is who was merged into him.
pub struct CanPart {
    kept: CanEdit,
    gone: Known,
    at: Ms,
    before: Before,
}

impl Permit for CanPart {
    type Target = (ContactId, ContactId);

    async fn grant(caller: &Caller, (kept, gone): Self::Target, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let kept = CanEdit::grant(caller, kept, tx).await?;
        let row = tx
            .first(
                sql!("SELECT at, before FROM contact_merges WHERE workspace_id = $1 AND gone_id = $2 AND kept_id = $3"),
                &params![tx.workspace, gone, kept.known.id],
            )
            .await?
            .ok_or(refusal::NOT_FOUND)?;
        let gone = contacts::lock_known(tx, gone).await?.ok_or(refusal::NOT_FOUND)?;
        Ok(Self { kept, gone, at: row.get("at")?, before: serde_json::from_str(&row.get::<String>("before")?)? })
    }
}

/// What the kept one took over and nobody changed since is as it was.
async fn give_back(tx: &mut Tx<'_>, kept: &mut Known, took: Vec<FieldChange>) -> Result<Vec<FieldChange>, Problem> {
    let known = attribute::all(tx).await?;
    let mut changes = Vec::new();
    for FieldChange { field: name, before, after } in took {
        let back = FieldChange { field: name.clone(), before: after.clone(), after: before.clone() };
        if let Ok(attribute) = name.parse::<AttributeId>() {
            if kept.attributes.get(&attribute) == after.as_ref() && known.iter().any(|one| one.id == attribute) {
                kept.set_value(tx, attribute, before).await?;
                changes.push(back);
            }
        } else if let Some(one) = FIELDS.into_iter().find(|one| field::name(*one) == name)
            && kept.written.get(&one) == after.as_ref()
        {
            match before {
                Some(before) => drop(kept.written.insert(one, before)),
                None => drop(kept.written.remove(&one)),
            }
            changes.push(back);
        }
    }
    Ok(changes)
}

/// By what the others are found who are merged into the contact.
async fn words_of_others(tx: &mut Tx<'_>, kept: ContactId, gone: ContactId) -> Result<BTreeSet<String>, Problem> {
    let rows = tx
        .query(
            sql!("SELECT before FROM contact_merges WHERE workspace_id = $1 AND kept_id = $2 AND gone_id <> $3"),
            &params![tx.workspace, kept, gone],
        )
        .await?;
    let mut words = BTreeSet::new();
    for row in &rows {
        words.extend(serde_json::from_str::<Before>(&row.get::<String>("before")?)?.was.words);
    }
    Ok(words)
}

async fn part(tx: &mut Tx<'_>, permit: CanPart) -> Result<ContactProfile, Problem> {
    let CanPart { kept: CanEdit { member, known: mut kept, .. }, mut gone, at, before } = permit;
    if tx.now >= at + UNDO {
        return Err(CONTACT_MERGE_TOO_OLD.with("days", UNDO / DAY));
    }
    if block_of_contact(tx, kept.id).await?.is_some() {
        return Err(CONTACT_BLOCKED.into());
    }
    let mut changes = give_back(tx, &mut kept, before.took).await?;
    for tag in before.tag_ids {
        if kept.set_tag(tx, tag, false).await? {
            let name = tags::find(tx, tag).await?.map(|tag| tag.name);
            changes.push(FieldChange { field: "tag".to_owned(), before: name, after: None });
        }
    }
    for note in before.note_ids {
        tx.put(
            sql!("UPDATE contact_notes SET contact_id = $4 WHERE workspace_id = $1 AND contact_id = $2 AND id = $3"),
            params![tx.workspace, kept.id, note, gone.id],
        )
        .await?;
    }
    let others = words_of_others(tx, kept.id, gone.id).await?;
    kept.version += 1;
    contacts::part(tx, &kept, &mut gone, before.was, &others).await?;
    kept.save(tx).await?;
    let forgotten = sql!("DELETE FROM contact_merges WHERE workspace_id = $1 AND gone_id = $2");
    tx.put(forgotten, params![tx.workspace, gone.id]).await?;
    changes.push(FieldChange { field: "parted".to_owned(), before: Some(called(&before.shown)), after: None });
    history::keep(tx, kept.id, kept.version, &member, &changes).await?;
    let from = FieldChange { field: "parted".to_owned(), before: Some(called(&kept.shown())), after: None };
    history::keep(tx, gone.id, gone.version, &member, &[from]).await?;
    contacts::record(tx, RecordKind::Parted, gone.id, Some(kept.id), By::member(&member)).await?;
    told(tx, &member, gone).await?;
    told(tx, &member, kept).await
}

/// Part a contact again who was merged into this one
///
/// What was his before is his again, and so is what was said by his own ways. What changed since stays with this one.
#[utoipa::path(
    delete, path = "/api/v1/contacts/{contact}/merges/{other}", tag = "contacts",
    params(("contact" = ContactId, Path), ("other" = ContactId, Path)),
    responses((status = 200, body = ContactProfile), (status = "default", body = base::ProblemBody))
)]
pub async fn part_contacts(ctx: Ctx<CanPart>) -> Result<Json<ContactProfile>, Problem> {
    ctx.write(|tx, permit| Box::pin(part(tx, permit))).await.map(Json)
}
