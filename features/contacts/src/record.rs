//! That contacts were added, merged, parted again and erased: what the workspace can show when a contact himself is gone.
//!
//! What must stay true: a record holds ids, a time and who did it, and no word about the contact. Absent: who may read
//! them (`profiles`).

use base::{MemberCaller, Ms, Problem, Tx};
use db::{FromValue, Row, params, sql};
use ids::{ContactId, ContactRecordId, InboxId, MemberId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RecordKind {
    Added,
    /// He turned out to be another contact.
    Merged,
    /// He is a contact of his own again.
    Parted,
    /// All that was known of him and said with him is gone.
    Erased,
}

const KINDS: [(RecordKind, &str); 4] = [
    (RecordKind::Added, "added"),
    (RecordKind::Merged, "merged"),
    (RecordKind::Parted, "parted"),
    (RecordKind::Erased, "erased"),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RecordSource {
    Member,
    /// With a member's token.
    Program,
    Import,
    /// He came by himself, or another system named him.
    Channel,
}

const SOURCES: [(RecordSource, &str); 4] = [
    (RecordSource::Member, "member"),
    (RecordSource::Program, "program"),
    (RecordSource::Import, "import"),
    (RecordSource::Channel, "channel"),
];

impl RecordKind {
    pub fn as_str(self) -> &'static str {
        KINDS.iter().find(|(kind, _)| *kind == self).map_or("added", |(_, name)| name)
    }
}

impl RecordSource {
    pub fn as_str(self) -> &'static str {
        SOURCES.iter().find(|(source, _)| *source == self).map_or("channel", |(_, name)| name)
    }
}

impl FromValue for RecordKind {
    fn from_value(value: db::Value) -> Result<Self, &'static str> {
        let text = String::from_value(value)?;
        KINDS.iter().find(|(_, name)| *name == text).map(|(kind, _)| *kind).ok_or("a kind of record was expected")
    }
}

impl FromValue for RecordSource {
    fn from_value(value: db::Value) -> Result<Self, &'static str> {
        let text = String::from_value(value)?;
        SOURCES.iter().find(|(_, name)| *name == text).map(|(one, _)| *one).ok_or("a source of a record was expected")
    }
}

/// By whom something came to be.
#[derive(Clone, Debug)]
pub struct By {
    pub source: RecordSource,
    pub member: Option<(MemberId, String)>,
    pub inbox: Option<InboxId>,
}

impl By {
    pub fn member(member: &MemberCaller) -> Self {
        let source = if member.token().is_some() { RecordSource::Program } else { RecordSource::Member };
        Self { source, member: Some((member.id, member.name.clone())), inbox: None }
    }

    pub fn channel(inbox: InboxId) -> Self {
        Self { source: RecordSource::Channel, member: None, inbox: Some(inbox) }
    }

    /// By a member, or from the command line.
    pub fn import(member: Option<&MemberCaller>) -> Self {
        let member = member.map(|member| (member.id, member.name.clone()));
        Self { source: RecordSource::Import, member, inbox: None }
    }
}

/// What happened to which contact.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ContactRecord {
    pub id: ContactRecordId,
    pub at: Ms,
    pub kind: RecordKind,
    pub contact_id: ContactId,
    /// Into whom he was merged, or from whom he was parted.
    pub other_id: Option<ContactId>,
    pub source: RecordSource,
    pub member_id: Option<MemberId>,
    /// The member's name at that time.
    pub by: Option<String>,
    /// By whose channel he came.
    pub inbox_id: Option<InboxId>,
}

impl ContactRecord {
    pub fn from_row(row: &Row) -> Result<Self, Problem> {
        Ok(Self {
            id: row.get("id")?,
            at: row.get("at")?,
            kind: row.get("kind")?,
            contact_id: row.get("contact_id")?,
            other_id: row.get("other_id")?,
            source: row.get("source")?,
            member_id: row.get("member_id")?,
            by: row.get("member_name")?,
            inbox_id: row.get("inbox_id")?,
        })
    }
}

/// Keeps that it happened now. `other`: into whom he was merged, or from whom he was parted.
pub async fn record(
    tx: &mut Tx<'_>,
    kind: RecordKind,
    contact: ContactId,
    other: Option<ContactId>,
    by: By,
) -> Result<(), Problem> {
    let (member, name) = by.member.unzip();
    tx.put(
        sql!(
            "INSERT INTO contact_records (workspace_id, id, at, kind, contact_id, other_id, source, member_id, \
             member_name, inbox_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        ),
        params![
            tx.workspace,
            ContactRecordId(tx.uuid()),
            tx.now,
            kind.as_str(),
            contact,
            other,
            by.source.as_str(),
            member,
            name,
            by.inbox
        ],
    )
    .await?;
    Ok(())
}
