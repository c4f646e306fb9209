//! Notes about a contact: what the team wants to remember of him, whatever the conversation. The contact never sees them.
//!
//! What must stay true: a note is its author's, who alone changes it; whoever may write about every contact may remove
//! the notes of others. Absent: notes of one conversation, which are entries there.

use crate::{NOTE_INVALID, TOO_MANY_NOTES, access::CanEdit, event};
use axum::Json;
use base::{Body, Caller, Ctx, Permit, Problem, Right, Scope, Tx, refusal};
use db::{params, sql};
use ids::{ContactId, ContactNoteId, MemberId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub const CHARACTERS: usize = 2_000;
/// Of one contact: they come with his profile.
pub const MOST: usize = 100;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ContactNote {
    pub id: ContactNoteId,
    pub at: i64,
    pub member_id: MemberId,
    /// The author's name at that time.
    pub by: String,
    pub text: String,
    pub edited_at: Option<i64>,
}

#[derive(Serialize, ToSchema)]
pub struct ContactNotes {
    /// Newest first.
    pub items: Vec<ContactNote>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PutContactNote {
    /// At most 2,000 characters.
    pub text: String,
}

/// May write about the contact, and what stands under the id that is named, if anything does.
pub struct MayNote {
    permit: CanEdit,
    id: ContactNoteId,
    notes: Vec<ContactNote>,
}

impl Permit for MayNote {
    type Target = (ContactId, ContactNoteId);

    async fn grant(caller: &Caller, (contact, id): Self::Target, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let permit = CanEdit::grant(caller, contact, tx).await?;
        let notes = of_contact(tx, permit.known.id).await?;
        Ok(Self { permit, id, notes })
    }
}

impl MayNote {
    fn note(&self) -> Option<&ContactNote> {
        self.notes.iter().find(|note| note.id == self.id)
    }

    fn is_others(&self) -> bool {
        self.note().is_some_and(|note| note.member_id != self.permit.member.id)
    }
}

pub async fn of_contact(tx: &mut Tx<'_>, contact: ContactId) -> Result<Vec<ContactNote>, Problem> {
    let rows = tx
        .query(
            sql!(
                "SELECT id, at, member_id, member_name, text, edited_at FROM contact_notes \
                 WHERE workspace_id = $1 AND contact_id = $2 ORDER BY at DESC, id DESC"
            ),
            &params![tx.workspace, contact],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(ContactNote {
                id: row.get("id")?,
                at: row.get("at")?,
                member_id: row.get("member_id")?,
                by: row.get("member_name")?,
                text: row.get("text")?,
                edited_at: row.get("edited_at")?,
            })
        })
        .collect()
}

async fn told(tx: &mut Tx<'_>, permit: CanEdit) -> Result<ContactNotes, Problem> {
    let id = permit.known.id;
    event::updated(tx, id, permit.known.version, permit.his).await?;
    Ok(ContactNotes { items: of_contact(tx, id).await? })
}

async fn put(tx: &mut Tx<'_>, permit: MayNote, asked: PutContactNote) -> Result<ContactNotes, Problem> {
    let text = base::trimmed(&asked.text, CHARACTERS, NOTE_INVALID)?;
    if permit.is_others() {
        return Err(refusal::FORBIDDEN.into());
    }
    let (contact, member) = (permit.permit.known.id, permit.permit.member.clone());
    match permit.note() {
        Some(note) if note.text == text => return Ok(ContactNotes { items: permit.notes }),
        Some(_) => {
            tx.put(
                sql!(
                    "UPDATE contact_notes SET text = $4, edited_at = $5 \
                     WHERE workspace_id = $1 AND contact_id = $2 AND id = $3"
                ),
                params![tx.workspace, contact, permit.id, text, tx.now],
            )
            .await?;
        }
        None if permit.notes.len() >= MOST => return Err(TOO_MANY_NOTES.with("max", MOST)),
        None => {
            tx.put(
                sql!(
                    "INSERT INTO contact_notes (workspace_id, contact_id, id, at, member_id, member_name, text) \
                     VALUES ($1, $2, $3, $4, $5, $6, $7)"
                ),
                params![tx.workspace, contact, permit.id, tx.now, member.id, member.name.clone(), text],
            )
            .await?;
        }
    }
    told(tx, permit.permit).await
}

async fn remove(tx: &mut Tx<'_>, permit: MayNote) -> Result<ContactNotes, Problem> {
    if permit.note().is_none() {
        return Ok(ContactNotes { items: permit.notes });
    }
    if permit.is_others() && permit.permit.member.scope(Right::CONTACT_EDIT) < Scope::All {
        return Err(refusal::FORBIDDEN.into());
    }
    tx.put(
        sql!("DELETE FROM contact_notes WHERE workspace_id = $1 AND contact_id = $2 AND id = $3"),
        params![tx.workspace, permit.permit.known.id, permit.id],
    )
    .await?;
    told(tx, permit.permit).await
}

/// Note something about a contact, or change an own note
#[utoipa::path(
    put, path = "/api/v1/contacts/{contact}/notes/{contact_note}", tag = "contacts",
    params(("contact" = ContactId, Path), ("contact_note" = ContactNoteId, Path)), request_body = PutContactNote,
    responses((status = 200, body = ContactNotes), (status = "default", body = base::ProblemBody))
)]
pub async fn put_contact_note(
    ctx: Ctx<MayNote>,
    Body(asked): Body<PutContactNote>,
) -> Result<Json<ContactNotes>, Problem> {
    ctx.write(|tx, permit| Box::pin(put(tx, permit, asked))).await.map(Json)
}

/// Remove a note about a contact
#[utoipa::path(
    delete, path = "/api/v1/contacts/{contact}/notes/{contact_note}", tag = "contacts",
    params(("contact" = ContactId, Path), ("contact_note" = ContactNoteId, Path)),
    responses((status = 200, body = ContactNotes), (status = "default", body = base::ProblemBody))
)]
pub async fn remove_contact_note(ctx: Ctx<MayNote>) -> Result<Json<ContactNotes>, Problem> {
    ctx.write(|tx, permit| Box::pin(remove(tx, permit))).await.map(Json)
}
