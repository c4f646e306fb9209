//! A contact's profile.

use crate::{
    access::CanSee,
    merge::{self, ContactMerge},
    note::{self, ContactNote},
};
use axum::Json;
use base::{Ctx, MemberCaller, Problem, Tx};
use contacts::{Contact, ContactField, ContactSource, Known, Told};
use conversations::facts_of_contact;
use db::{params, sql};
use ids::{AttributeId, ContactId, InboxId, TagId};
use inboxes::Channel;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ContactProfile {
    /// As he is shown everywhere.
    pub contact: Contact,
    /// What the team wrote, by field. What it did not write is absent.
    #[schema(value_type = BTreeMap<String, String>)]
    pub fields: BTreeMap<ContactField, String>,
    pub tag_ids: Vec<TagId>,
    /// By what the workspace wants to know, as text.
    #[schema(value_type = BTreeMap<String, String>)]
    pub attributes: BTreeMap<AttributeId, String>,
    /// Newest first.
    pub notes: Vec<ContactNote>,
    /// Grows with each change of what the team wrote.
    pub version: i64,
    /// What his channels or his page tell of him, beside what the team wrote.
    pub told: ToldProfile,
    pub identities: Vec<ContactIdentity>,
    /// How he came first; never overwritten. `null`: nobody told.
    pub source: Option<ContactSource>,
    /// Who was merged into him and can be parted again, newest first.
    pub merges: Vec<ContactMerge>,
    pub created_at: i64,
    /// The asking member may change it.
    pub can_edit: bool,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ToldProfile {
    pub name: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
}

/// By which way a contact is reached.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ContactIdentity {
    pub inbox_id: InboxId,
    pub channel: Channel,
    /// How he is called there: a number, an address, a name; none on a website that signs nothing.
    pub external_id: Option<String>,
    /// Since when he is known there.
    pub since: i64,
}

impl From<&Told> for ToldProfile {
    fn from(told: &Told) -> Self {
        Self { name: told.name.clone(), email: told.email.clone(), phone: told.phone.clone() }
    }
}

impl ContactProfile {
    pub async fn of(tx: &mut Tx<'_>, member: &MemberCaller, known: Known, can_edit: bool) -> Result<Self, Problem> {
        Ok(Self {
            contact: known.shown(),
            told: (&known.told).into(),
            identities: identities(tx, member, known.id).await?,
            source: contacts::source_of(tx, known.id).await?,
            notes: note::of_contact(tx, known.id).await?,
            merges: merge::undoable(tx, known.id).await?,
            fields: known.written,
            tag_ids: known.tag_ids,
            attributes: known.attributes,
            version: known.version,
            created_at: known.created_at,
            can_edit,
        })
    }
}

/// How the contact, and whoever was merged into him, is reached.
async fn identities(
    tx: &mut Tx<'_>,
    member: &MemberCaller,
    contact: ContactId,
) -> Result<Vec<ContactIdentity>, Problem> {
    let his = facts_of_contact(tx, contact).await?;
    let mut all = Vec::new();
    for one in contacts::all_of(tx, contact).await? {
        let rows = tx
            .query(
                sql!(
                    "SELECT i.id AS inbox_id, i.channel, d.external_id, d.created_at FROM identities d \
                     JOIN inboxes i ON i.workspace_id = d.workspace_id AND i.id = d.inbox_id \
                     WHERE d.workspace_id = $1 AND d.contact_id = $2 ORDER BY d.created_at, d.inbox_id"
                ),
                &params![tx.workspace, one],
            )
            .await?;
        let mut found: Vec<_> = rows
            .iter()
            .map(|row| {
                Ok::<_, Problem>(ContactIdentity {
                    inbox_id: row.get("inbox_id")?,
                    channel: row.get("channel")?,
                    external_id: Some(row.get("external_id")?),
                    since: row.get("created_at")?,
                })
            })
            .collect::<Result<_, _>>()?;
        // Nobody named a visitor of a website that signs nothing; he is known by his conversation, where that is seen.
        let seen = |inbox: InboxId| {
            his.iter().any(|facts| facts.inbox == inbox && facts.contact == one && facts.visible_to(member))
        };
        let unnamed = tx
            .query(
                sql!(
                    "SELECT i.id AS inbox_id, i.channel, c.opened_at FROM inboxes i JOIN conversations c \
                     ON c.workspace_id = i.workspace_id AND c.inbox_id = i.id AND c.contact_id = $2 \
                     WHERE i.workspace_id = $1 AND i.channel = 'website' ORDER BY i.id"
                ),
                &params![tx.workspace, one],
            )
            .await?;
        for row in &unnamed {
            let inbox_id: InboxId = row.get("inbox_id")?;
            if seen(inbox_id) && found.iter().all(|one| one.inbox_id != inbox_id) {
                let channel = row.get("channel")?;
                found.push(ContactIdentity { inbox_id, channel, external_id: None, since: row.get("opened_at")? });
            }
        }
        all.append(&mut found);
    }
    Ok(all)
}

/// Show a contact's profile
#[utoipa::path(
    get, path = "/api/v1/contacts/{contact}", tag = "contacts", params(("contact" = ContactId, Path)),
    responses((status = 200, body = ContactProfile), (status = "default", body = base::ProblemBody))
)]
pub async fn show_contact(ctx: Ctx<CanSee>) -> Result<Json<ContactProfile>, Problem> {
    ctx.read(|tx, CanSee { member, known, can_edit, .. }| {
        Box::pin(async move { ContactProfile::of(tx, &member, known, can_edit).await })
    })
    .await
    .map(Json)
}
