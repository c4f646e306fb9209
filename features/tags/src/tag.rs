//! A tag and how to find it.

use crate::TAG_NAME_INVALID;
use base::{Problem, Tx};
use db::{FromValue, Row, params, sql};
use ids::TagId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

const NAME_CHARACTERS: usize = 40;

/// One of twelve; each screen has its pair of a soft and a strong one for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TagColor {
    Gray,
    Red,
    Orange,
    Yellow,
    Olive,
    Green,
    Teal,
    Cyan,
    Blue,
    Indigo,
    Violet,
    Pink,
}

const COLORS: [(TagColor, &str); 12] = [
    (TagColor::Gray, "gray"),
    (TagColor::Red, "red"),
    (TagColor::Orange, "orange"),
    (TagColor::Yellow, "yellow"),
    (TagColor::Olive, "olive"),
    (TagColor::Green, "green"),
    (TagColor::Teal, "teal"),
    (TagColor::Cyan, "cyan"),
    (TagColor::Blue, "blue"),
    (TagColor::Indigo, "indigo"),
    (TagColor::Violet, "violet"),
    (TagColor::Pink, "pink"),
];

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Tag {
    pub id: TagId,
    /// One line of at most 40 characters.
    pub name: String,
    pub color: TagColor,
    /// It stays where it is and is put on nothing more.
    pub archived: bool,
    /// Lists show it beneath the name.
    #[serde(default)]
    pub pinned: bool,
}

impl TagColor {
    pub fn as_str(self) -> &'static str {
        COLORS.iter().find(|(color, _)| *color == self).map_or("gray", |(_, name)| name)
    }
}

impl FromValue for TagColor {
    fn from_value(value: db::Value) -> Result<Self, &'static str> {
        let text = String::from_value(value)?;
        COLORS.iter().find(|(_, name)| *name == text).map(|(color, _)| *color).ok_or("a color was expected")
    }
}

impl Tag {
    pub(crate) fn from_row(row: &Row) -> Result<Self, db::Error> {
        Ok(Self {
            id: row.get("id")?,
            name: row.get("name")?,
            color: row.get("color")?,
            archived: row.get("archived")?,
            pinned: row.get("pinned")?,
        })
    }
}

pub(crate) fn checked_name(text: &str) -> Result<String, Problem> {
    base::name(text, NAME_CHARACTERS, TAG_NAME_INVALID)
}

/// By which a name is one in its workspace.
pub(crate) fn folded(name: &str) -> String {
    name.to_lowercase()
}

pub async fn find(tx: &mut Tx<'_>, id: TagId) -> Result<Option<Tag>, Problem> {
    let row = tx
        .first(
            sql!("SELECT id, name, color, archived, pinned FROM tags WHERE workspace_id = $1 AND id = $2"),
            &params![tx.workspace, id],
        )
        .await?;
    Ok(row.as_ref().map(Tag::from_row).transpose()?)
}

/// The folded names of these.
pub async fn folded_names(tx: &mut Tx<'_>, ids: &[TagId]) -> Result<Vec<String>, Problem> {
    let mut names = Vec::new();
    for id in ids {
        names.extend(find(tx, *id).await?.map(|tag| folded(&tag.name)));
    }
    Ok(names)
}

/// Whether there is one that can be put on something.
pub async fn is_any(tx: &mut Tx<'_>) -> Result<bool, Problem> {
    let row = tx
        .first(sql!("SELECT id FROM tags WHERE workspace_id = $1 AND archived = 0 LIMIT 1"), &params![tx.workspace])
        .await?;
    Ok(row.is_some())
}

/// Those of them that there are, and how many conversations have each; the rarest first.
pub async fn counted(tx: &mut Tx<'_>, among: &[TagId]) -> Result<Vec<(TagId, i64)>, Problem> {
    let mut counted = Vec::with_capacity(among.len());
    for id in among {
        let row = tx
            .first(
                sql!("SELECT conversations FROM tags WHERE workspace_id = $1 AND id = $2"),
                &params![tx.workspace, *id],
            )
            .await?;
        if let Some(row) = row {
            counted.push((*id, row.get("conversations")?));
        }
    }
    counted.sort_by_key(|(_, conversations)| *conversations);
    Ok(counted)
}

/// The pinned ones, and how many conversations have each.
pub async fn pinned(tx: &mut Tx<'_>) -> Result<Vec<(TagId, i64)>, Problem> {
    let rows = tx
        .query(
            sql!("SELECT id, conversations FROM tags WHERE workspace_id = $1 AND pinned = 1 ORDER BY id"),
            &params![tx.workspace],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get("id")?, row.get("conversations")?))).collect()
}

/// As [`find`], and nobody else changes it before this transaction ends.
pub(crate) async fn lock(tx: &mut Tx<'_>, id: TagId) -> Result<Option<Tag>, Problem> {
    let row = tx
        .first(
            sql!(
                sqlite: "SELECT id, name, color, archived, pinned FROM tags WHERE workspace_id = ?1 AND id = ?2",
                postgres: "SELECT id, name, color, archived, pinned FROM tags WHERE workspace_id = $1 AND id = $2 \
                           FOR UPDATE"
            ),
            &params![tx.workspace, id],
        )
        .await?;
    Ok(row.as_ref().map(Tag::from_row).transpose()?)
}

/// More or fewer conversations have it. Whoever moves several does it in the order of their ids, so that nobody waits
/// for somebody who waits for him.
pub async fn move_count(tx: &mut Tx<'_>, id: TagId, by: i64) -> Result<(), Problem> {
    tx.put(
        sql!("UPDATE tags SET conversations = conversations + $3 WHERE workspace_id = $1 AND id = $2"),
        params![tx.workspace, id, by],
    )
    .await?;
    Ok(())
}
