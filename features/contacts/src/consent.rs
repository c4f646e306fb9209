//! What a contact agreed to, and when.

use base::{Ms, Problem, Tx};
use db::{params, sql};
use ids::{ContactId, InboxId};
use serde::Serialize;
use utoipa::ToSchema;

/// The words that somebody agrees to.
pub struct Consent {
    pub version: i64,
    pub text: String,
    /// Where they are explained; may be empty.
    pub link: String,
}

#[derive(Serialize, ToSchema)]
pub struct GivenConsent {
    pub at: Ms,
    /// Of the inbox's text.
    pub version: i64,
    /// As it was then.
    pub text: String,
    pub link: String,
}

/// Keeps that the contact agreed; once more to the same version keeps the first time.
pub async fn agree(tx: &mut Tx<'_>, contact: ContactId, inbox: InboxId, consent: Consent) -> Result<(), Problem> {
    tx.put(
        sql!(
            "INSERT INTO consents (workspace_id, contact_id, inbox_id, version, at, text, link) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING"
        ),
        params![tx.workspace, contact, inbox, consent.version, tx.now, consent.text, consent.link],
    )
    .await?;
    Ok(())
}

/// What one contact agreed to, another agreed to as well: they are the same person.
pub async fn agree_alike(tx: &mut Tx<'_>, from: ContactId, to: ContactId) -> Result<(), Problem> {
    tx.put(
        sql!(
            "INSERT INTO consents (workspace_id, contact_id, inbox_id, version, at, text, link) \
             SELECT workspace_id, $3, inbox_id, version, at, text, link FROM consents \
             WHERE workspace_id = $1 AND contact_id = $2 ON CONFLICT DO NOTHING"
        ),
        params![tx.workspace, from, to],
    )
    .await?;
    Ok(())
}

/// What the contact agreed to in an inbox, newest first.
pub async fn consents(tx: &mut Tx<'_>, contact: ContactId, inbox: InboxId) -> Result<Vec<GivenConsent>, Problem> {
    let rows = tx
        .query(
            sql!(
                "SELECT at, version, text, link FROM consents WHERE workspace_id = $1 AND contact_id = $2 \
                 AND inbox_id = $3 ORDER BY version DESC"
            ),
            &params![tx.workspace, contact, inbox],
        )
        .await?;
    let consent = |row: &db::Row| {
        Ok(GivenConsent {
            at: row.get("at")?,
            version: row.get("version")?,
            text: row.get("text")?,
            link: row.get("link")?,
        })
    };
    rows.iter().map(consent).collect()
}
