//! A row of `site_visitors`: one browser that has a page of a website before it.

use crate::Invitation;
use base::{Ms, Problem, Tx};
use contacts::ContactSource;
use conversations::{Page, VisitorProfile};
use db::{Row, params, sql};
use ids::{ContactId, InboxId, SiteVisitorId};
use serde::de::DeserializeOwned;

#[derive(Clone)]
pub(crate) struct SiteVisitor {
    pub id: SiteVisitorId,
    pub inbox: InboxId,
    pub contact: Option<ContactId>,
    pub began_at: Ms,
    pub seen_at: Ms,
    pub changed_at: Ms,
    pub page: Page,
    pub page_at: Ms,
    pub visits: i64,
    pub came_by: Option<ContactSource>,
    pub profile: Option<VisitorProfile>,
    pub invitation: Option<Invitation>,
}

/// What [`SiteVisitor::from_row`] reads, of `s`.
macro_rules! columns {
    () => {
        "s.id, s.inbox_id, s.contact_id, s.began_at, s.seen_at, s.changed_at, s.page_url, s.page_title, s.page_at, s.visits, \
         s.came_by, s.profile, s.invitation"
    };
}
pub(crate) use columns;

impl SiteVisitor {
    pub fn from_row(row: &Row) -> Result<Self, Problem> {
        Ok(Self {
            id: row.get("id")?,
            inbox: row.get("inbox_id")?,
            contact: row.get("contact_id")?,
            began_at: row.get("began_at")?,
            seen_at: row.get("seen_at")?,
            changed_at: row.get("changed_at")?,
            page: Page { url: row.get("page_url")?, title: row.get("page_title")? },
            page_at: row.get("page_at")?,
            visits: row.get("visits")?,
            came_by: json(row, "came_by")?,
            profile: json(row, "profile")?,
            invitation: json(row, "invitation")?,
        })
    }

    /// Writes all of it, whether it is there or not.
    pub async fn store(&self, tx: &mut Tx<'_>) -> Result<(), Problem> {
        let came_kind = self.came_by.as_ref().map(|came| serde_json::to_value(came.kind)).transpose()?;
        let came_kind = came_kind.and_then(|kind| kind.as_str().map(str::to_owned));
        tx.put(
            sql!(
                "INSERT INTO site_visitors (workspace_id, id, inbox_id, contact_id, began_at, seen_at, changed_at, page_url, \
                 page_title, page_at, page_words, visits, came_kind, came_by, profile, invitation) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) \
                 ON CONFLICT (workspace_id, id) DO UPDATE SET contact_id = excluded.contact_id, \
                 began_at = excluded.began_at, seen_at = excluded.seen_at, changed_at = excluded.changed_at, \
                 page_url = excluded.page_url, page_title = excluded.page_title, page_at = excluded.page_at, \
                 page_words = excluded.page_words, visits = excluded.visits, came_kind = excluded.came_kind, \
                 came_by = excluded.came_by, profile = excluded.profile, invitation = excluded.invitation"
            ),
            params![
                tx.workspace,
                self.id,
                self.inbox,
                self.contact,
                self.began_at,
                self.seen_at,
                self.changed_at,
                self.page.url.clone(),
                self.page.title.clone(),
                self.page_at,
                format!("{} {}", self.page.url, self.page.title).to_lowercase(),
                self.visits,
                came_kind.unwrap_or_else(|| UNKNOWN.to_owned()),
                self.came_by.as_ref().map(serde_json::to_string).transpose()?,
                self.profile.as_ref().map(serde_json::to_string).transpose()?,
                self.invitation.as_ref().map(serde_json::to_string).transpose()?,
            ],
        )
        .await?;
        Ok(())
    }
}

/// How somebody came of whom nobody told it; as the list is asked for it.
const UNKNOWN: &str = "unknown";

/// Nobody else changes it before this transaction ends.
pub(crate) async fn lock(tx: &mut Tx<'_>, id: SiteVisitorId) -> Result<Option<SiteVisitor>, Problem> {
    macro_rules! select {
        ($tail:literal) => {
            concat!("SELECT ", columns!(), " FROM site_visitors s WHERE s.workspace_id = $1 AND s.id = $2", $tail)
        };
    }
    let found = sql!(sqlite: select!(""), postgres: select!(" FOR UPDATE"));
    let row = tx.first(found, &params![tx.workspace, id]).await?;
    row.as_ref().map(SiteVisitor::from_row).transpose()
}

fn json<T: DeserializeOwned>(row: &Row, column: &'static str) -> Result<Option<T>, Problem> {
    let stored: Option<String> = row.get(column)?;
    Ok(stored.map(|text| serde_json::from_str(&text)).transpose()?)
}
