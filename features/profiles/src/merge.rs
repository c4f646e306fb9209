//! Two records of one person become one: which value wins is chosen, everything else of both is united.
//!
//! What must stay true: it is one transaction; the other's id leads to the one who is kept; what each was before is kept,
//! so that they can be parted again for a while (`part`). Conversations stay as they are, also two in one inbox: each
//! reaches him by its own way. Nobody who is blocked is merged: that would block or unblock the other.

use crate::{
    CONTACT_MERGE_STALE, CONTACT_MERGE_TOO_LARGE, TOO_MANY_NOTES,
    access::{CanEdit, CanSee},
    event, field,
    history::{self, FieldChange},
    note,
    show::ContactProfile,
    tag,
};
use axum::Json;
use base::{Body, Caller, Ctx, MemberCaller, Ms, Permit, Problem, Tx, refusal};
use contacts::{By, Contact, ContactField, Known, RecordKind, Was};
use conversations::{CONTACT_BLOCKED, TOO_MANY_TAGS_ON_ONE, block_of_contact, facts_of_contact, show_contact};
use db::{params, sql};
use ids::{AttributeId, ContactId, ContactNoteId, TagId};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, sync::Arc};
use utoipa::ToSchema;

/// For so long two who were merged can be parted again.
pub const UNDO: Ms = 30 * 24 * 3_600_000;
/// Contacts that one consists of.
const MOST_PARTS: usize = 20;
/// Conversations of both together: each says anew how he is called.
const MOST_CONVERSATIONS: usize = 100;

/// Other than names, addresses and numbers, of which is chosen what is shown.
const PLAIN_FIELDS: [ContactField; 7] = [
    ContactField::FirstName,
    ContactField::LastName,
    ContactField::Company,
    ContactField::Country,
    ContactField::City,
    ContactField::Address,
    ContactField::Language,
];

/// Somebody who was merged into a contact.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ContactMerge {
    /// As he was shown before.
    pub contact: Contact,
    pub at: i64,
    /// The name of the member who did it.
    pub by: String,
    /// He can be parted again until then.
    pub undo_until: i64,
}

/// What two contacts say of the same thing, where at least one says anything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct MergeField {
    /// A field of the profile, `display_name` for how he is called; or the id of an attribute.
    pub field: String,
    pub kept: Option<String>,
    pub other: Option<String>,
    /// Of which the other's is proposed: it says more.
    pub take: bool,
}

#[derive(Serialize, ToSchema)]
pub struct MergePreview {
    pub kept: ContactProfile,
    pub other: ContactProfile,
    pub fields: Vec<MergeField>,
    /// Those that the asking member may not see are counted too.
    pub kept_conversations: usize,
    pub other_conversations: usize,
    /// Until when they could be parted again, in milliseconds UTC.
    pub undo_until: i64,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MergeContacts {
    /// The versions that the writer looked at.
    pub version: i64,
    pub other_version: i64,
    /// Fields, or ids of attributes, of which the other's value wins. Otherwise that of the kept one does, where there is
    /// one.
    #[serde(default)]
    pub take: BTreeSet<String>,
}

/// What each of them was before.
#[derive(Serialize, Deserialize)]
pub(crate) struct Before {
    pub shown: Contact,
    pub was: Was,
    /// What the kept one took over, from what to what.
    pub took: Vec<FieldChange>,
    pub tag_ids: Vec<TagId>,
    pub note_ids: Vec<ContactNoteId>,
}

/// May see both.
pub struct CanCompare {
    kept: CanSee,
    other: CanSee,
}

impl Permit for CanCompare {
    type Target = (ContactId, ContactId);

    async fn grant(caller: &Caller, (kept, other): Self::Target, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let both =
            Self { kept: CanSee::grant(caller, kept, tx).await?, other: CanSee::grant(caller, other, tx).await? };
        if both.kept.can_edit && both.other.can_edit { Ok(both) } else { Err(refusal::FORBIDDEN.into()) }
    }
}

/// May see and write both, who are locked.
pub struct CanMerge {
    pub kept: CanEdit,
    pub other: CanEdit,
}

impl Permit for CanMerge {
    type Target = (ContactId, ContactId);

    async fn grant(caller: &Caller, (kept, other): Self::Target, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        // Whoever merges them the other way round meanwhile locks them in the same order.
        if kept.0 < other.0 {
            let kept = CanEdit::grant(caller, kept, tx).await?;
            return Ok(Self { kept, other: CanEdit::grant(caller, other, tx).await? });
        }
        let other = CanEdit::grant(caller, other, tx).await?;
        Ok(Self { kept: CanEdit::grant(caller, kept, tx).await?, other })
    }
}

/// By which a line of the history calls him.
pub(crate) fn called(contact: &Contact) -> String {
    [&contact.name, &contact.email, &contact.phone].into_iter().flatten().next().cloned().unwrap_or_default()
}

/// Both sides of each field.
fn compare(kept: &Known, other: &Known) -> Vec<MergeField> {
    let (mine, his) = (kept.shown(), other.shown());
    // A name that somebody wrote says more than what a channel calls him.
    let named = |known: &Known| known.shown().name != known.told.name;
    let take_name = !named(kept) && named(other);
    // Where both names are made of the first and the last one, those are chosen.
    let spelled = |known: &Known| {
        let wrote = |field| known.written.contains_key(&field);
        !wrote(ContactField::DisplayName) && (wrote(ContactField::FirstName) || wrote(ContactField::LastName))
    };
    let mut fields = Vec::new();
    if !(spelled(kept) && spelled(other)) {
        fields.push((field::name(ContactField::DisplayName), mine.name, his.name, take_name));
    }
    fields.extend([
        (field::name(ContactField::Email), mine.email, his.email, false),
        (field::name(ContactField::Phone), mine.phone, his.phone, false),
    ]);
    for one in PLAIN_FIELDS {
        fields.push((field::name(one), kept.written.get(&one).cloned(), other.written.get(&one).cloned(), false));
    }
    let attributes: BTreeSet<_> = kept.attributes.keys().chain(other.attributes.keys()).collect();
    for one in attributes {
        let (mine, his) = (kept.attributes.get(one).cloned(), other.attributes.get(one).cloned());
        fields.push((one.to_string(), mine, his, false));
    }
    fields
        .into_iter()
        .filter(|(_, mine, his, _)| mine.is_some() || his.is_some())
        .map(|(field, kept, other, better)| MergeField {
            take: other.is_some() && other != kept && (kept.is_none() || better),
            field,
            kept,
            other,
        })
        .collect()
}

/// The kept one takes over what is chosen of the other, and what he lacks.
async fn take(
    tx: &mut Tx<'_>,
    kept: &mut Known,
    other: &Known,
    chosen: &BTreeSet<String>,
) -> Result<Vec<FieldChange>, Problem> {
    let mut took = Vec::new();
    let wins = |one: &MergeField| {
        one.other.is_some() && one.other != one.kept && (one.kept.is_none() || chosen.contains(&one.field))
    };
    let (mut called, mut reached) = (None, Vec::new());
    for one in compare(kept, other) {
        if one.field == field::name(ContactField::DisplayName) {
            called = if wins(&one) { one.other } else { one.kept };
        } else if !wins(&one) {
        } else if let Ok(attribute) = one.field.parse::<AttributeId>() {
            let before = kept.set_value(tx, attribute, one.other.clone()).await?;
            took.push(FieldChange { field: one.field, before, after: one.other });
        } else if let Some(value) = one.other {
            reached.push((one.field, value));
        }
    }
    let all = [&PLAIN_FIELDS[..], &[ContactField::Email, ContactField::Phone]].concat();
    for (name, value) in reached {
        let Some(one) = all.iter().find(|one| field::name(**one) == name) else { continue };
        let before = kept.written.insert(*one, value.clone());
        took.push(FieldChange { field: name, before, after: Some(value) });
    }
    // Whatever he took over: he is called as it was chosen.
    if let Some(called) = called.filter(|called| kept.shown().name.as_ref() != Some(called)) {
        let before = kept.written.insert(ContactField::DisplayName, called.clone());
        took.push(FieldChange { field: field::name(ContactField::DisplayName), before, after: Some(called) });
    }
    Ok(took)
}

async fn must_fit(tx: &mut Tx<'_>, kept: &Known, other: &Known) -> Result<(), Problem> {
    let parts = contacts::all_of(tx, kept.id).await?.len() + contacts::all_of(tx, other.id).await?.len();
    let conversations = facts_of_contact(tx, kept.id).await?.len() + facts_of_contact(tx, other.id).await?.len();
    if parts > MOST_PARTS || conversations > MOST_CONVERSATIONS {
        return Err(CONTACT_MERGE_TOO_LARGE.with("parts", MOST_PARTS).with("conversations", MOST_CONVERSATIONS));
    }
    for one in [kept.id, other.id] {
        if block_of_contact(tx, one).await?.is_some() {
            return Err(CONTACT_BLOCKED.into());
        }
    }
    if note::of_contact(tx, kept.id).await?.len() + note::of_contact(tx, other.id).await?.len() > note::MOST {
        return Err(TOO_MANY_NOTES.with("max", note::MOST));
    }
    let tags: BTreeSet<_> = kept.tag_ids.iter().chain(&other.tag_ids).collect();
    if tags.len() > tag::MOST { Err(TOO_MANY_TAGS_ON_ONE.with("max", tag::MOST)) } else { Ok(()) }
}

async fn preview(tx: &mut Tx<'_>, CanCompare { kept, other }: CanCompare) -> Result<MergePreview, Problem> {
    if kept.known.id != other.known.id {
        must_fit(tx, &kept.known, &other.known).await?;
    }
    let member = kept.member;
    Ok(MergePreview {
        fields: compare(&kept.known, &other.known),
        kept_conversations: facts_of_contact(tx, kept.known.id).await?.len(),
        other_conversations: facts_of_contact(tx, other.known.id).await?.len(),
        kept: ContactProfile::of(tx, &member, kept.known, true).await?,
        other: ContactProfile::of(tx, &member, other.known, true).await?,
        undo_until: tx.now + UNDO,
    })
}

async fn merge(tx: &mut Tx<'_>, both: CanMerge, asked: MergeContacts) -> Result<ContactProfile, Problem> {
    let CanMerge { kept: CanEdit { member, known: mut kept, .. }, other: CanEdit { known: other, .. } } = both;
    if kept.id == other.id {
        return ContactProfile::of(tx, &member, kept, true).await;
    }
    if (asked.version, asked.other_version) != (kept.version, other.version) {
        return Err(CONTACT_MERGE_STALE.into());
    }
    must_fit(tx, &kept, &other).await?;
    let (shown, gone) = (other.shown(), other.id);
    let took = take(tx, &mut kept, &other, &asked.take).await?;
    let mut changes = took.clone();
    let mut tag_ids = Vec::new();
    for tag in other.tag_ids.clone() {
        if kept.set_tag(tx, tag, true).await? {
            tag_ids.push(tag);
            let name = tags::find(tx, tag).await?.map(|tag| tag.name);
            changes.push(FieldChange { field: "tag".to_owned(), before: None, after: name });
        }
    }
    let note_ids = note::of_contact(tx, gone).await?.into_iter().map(|note| note.id).collect();
    tx.put(
        sql!("UPDATE contact_notes SET contact_id = $3 WHERE workspace_id = $1 AND contact_id = $2"),
        params![tx.workspace, gone, kept.id],
    )
    .await?;
    kept.version += 1;
    kept.save(tx).await?;
    let was = contacts::merge(tx, &kept, other).await?;
    changes.push(FieldChange { field: "merged".to_owned(), before: None, after: Some(called(&shown)) });
    history::keep(tx, kept.id, kept.version, &member, &changes).await?;
    let before = Before { shown, was, took, tag_ids, note_ids };
    tx.put(
        sql!(
            "INSERT INTO contact_merges (workspace_id, gone_id, kept_id, at, member_id, member_name, before) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)"
        ),
        params![tx.workspace, gone, kept.id, tx.now, member.id, member.name.clone(), serde_json::to_string(&before)?],
    )
    .await?;
    contacts::record(tx, RecordKind::Merged, gone, Some(kept.id), By::member(&member)).await?;
    told(tx, &member, kept).await
}

/// Conversations say how he is called now, and desks hear of it.
pub(crate) async fn told(tx: &mut Tx<'_>, member: &Arc<MemberCaller>, known: Known) -> Result<ContactProfile, Problem> {
    show_contact(tx, &known.shown()).await?;
    let his = facts_of_contact(tx, known.id).await?;
    event::updated(tx, known.id, known.version, his).await?;
    ContactProfile::of(tx, member, known, true).await
}

/// Who was merged into the contact and can be parted again.
pub async fn undoable(tx: &mut Tx<'_>, contact: ContactId) -> Result<Vec<ContactMerge>, Problem> {
    let rows = tx
        .query(
            sql!(
                "SELECT at, member_name, before FROM contact_merges WHERE workspace_id = $1 AND kept_id = $2 AND at > $3 \
                 ORDER BY at DESC"
            ),
            &params![tx.workspace, contact, tx.now - UNDO],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let (at, before) = (row.get::<Ms>("at")?, serde_json::from_str::<Before>(&row.get::<String>("before")?)?);
            Ok(ContactMerge { contact: before.shown, at, by: row.get("member_name")?, undo_until: at + UNDO })
        })
        .collect()
}

/// Compare two contacts before they are merged
#[utoipa::path(
    get, path = "/api/v1/contacts/{contact}/merges/{other}", tag = "contacts",
    params(("contact" = ContactId, Path), ("other" = ContactId, Path)),
    responses((status = 200, body = MergePreview), (status = "default", body = base::ProblemBody))
)]
pub async fn preview_contact_merge(ctx: Ctx<CanCompare>) -> Result<Json<MergePreview>, Problem> {
    ctx.read(|tx, both| Box::pin(preview(tx, both))).await.map(Json)
}

/// Merge another contact into this one
///
/// The other's id leads to this one from then on.
#[utoipa::path(
    put, path = "/api/v1/contacts/{contact}/merges/{other}", tag = "contacts",
    params(("contact" = ContactId, Path), ("other" = ContactId, Path)), request_body = MergeContacts,
    responses((status = 200, body = ContactProfile), (status = "default", body = base::ProblemBody))
)]
pub async fn merge_contacts(
    ctx: Ctx<CanMerge>,
    Body(asked): Body<MergeContacts>,
) -> Result<Json<ContactProfile>, Problem> {
    ctx.write(|tx, both| Box::pin(merge(tx, both, asked))).await.map(Json)
}
