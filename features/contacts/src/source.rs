//! How a contact came to us: first touch (C27).
//!
//! What must stay true: what is kept first stays, whatever way he comes later; each session keeps its own beside its other
//! facts (`conversations`). Absent: how a way is classed, which is for whoever sees it.

use base::{Ms, Problem, Tx};
use db::{params, sql};
use ids::ContactId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    /// By himself: the address, a bookmark, or a program that tells nothing.
    Direct,
    /// A search engine.
    Search,
    /// A social network or a messenger.
    Social,
    /// An advertisement that is paid for.
    Ad,
    /// A mail: a newsletter, or a page of a mailbox.
    Email,
    /// A campaign of another kind, which its link names.
    Campaign,
    /// A link of ours that opens a messenger.
    Link,
    /// Another site.
    Referral,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ContactSource {
    pub kind: SourceKind,
    /// Who led him here, such as `Google`, `blog.example` or the title of an advertisement; `null`: nobody told.
    pub name: Option<String>,
    /// The page that led him to the site, without what it was asked.
    pub referrer: Option<String>,
    /// The first page of the site that is known.
    pub landing: Option<String>,
    /// What the link says of its campaign: `source`, `medium`, `campaign`, `term`, `content` and `id`.
    #[serde(default)]
    pub utm: BTreeMap<String, String>,
    pub at: Ms,
}

/// How the contact came first, when it was told.
pub async fn source_of(tx: &mut Tx<'_>, contact: ContactId) -> Result<Option<ContactSource>, Problem> {
    let row = tx
        .first(sql!("SELECT source FROM contacts WHERE workspace_id = $1 AND id = $2"), &params![tx.workspace, contact])
        .await?;
    let stored: Option<String> = row.map(|row| row.get("source")).transpose()?.flatten();
    Ok(stored.map(|text| serde_json::from_str(&text)).transpose()?)
}

/// Keeps how the contact came, unless that is known.
pub async fn keep_source(tx: &mut Tx<'_>, contact: ContactId, source: &ContactSource) -> Result<(), Problem> {
    tx.put(
        sql!("UPDATE contacts SET source = $3 WHERE workspace_id = $1 AND id = $2 AND source IS NULL"),
        params![tx.workspace, contact, serde_json::to_string(source)?],
    )
    .await?;
    Ok(())
}

/// Of two who turn out to be one, how he came first. Whoever calls it holds the person.
pub(crate) async fn take_in(tx: &mut Tx<'_>, gone: ContactId, person: ContactId) -> Result<(), Problem> {
    let sources = [source_of(tx, gone).await?, source_of(tx, person).await?];
    let [Some(there), here] = sources else { return Ok(()) };
    if here.is_none_or(|here| there.at < here.at) {
        tx.put(
            sql!("UPDATE contacts SET source = $3 WHERE workspace_id = $1 AND id = $2"),
            params![tx.workspace, person, serde_json::to_string(&there)?],
        )
        .await?;
    }
    Ok(())
}
