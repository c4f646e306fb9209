//! That somebody has a page before him, as his widget tells again and again, and that he leaves.
//!
//! What must stay true: of whom nothing was heard for [`ABSENCE_MS`] is no longer there, whichever server heard him; a page
//! that follows another makes nobody leave; what he told and is the same is written no more often than it has to be.
//! Absent: whether he may be told of at all, which the widget's endpoint asks first.

use crate::{
    Invitation,
    site_visitor::{SiteVisitor, lock},
};
use base::{Ms, Problem, Tx};
use contacts::ContactSource;
use conversations::{Page, VisitorProfile};
use db::{params, sql};
use ids::{ContactId, InboxId, SiteVisitorId};

/// How soon a page that is looked at is told of again: as late does its visitor hear that somebody invites him.
pub const AGAIN_MS: Ms = 15_000;
/// Whoever was not told of for so long has left. Browsers wake a page in the background once a minute.
pub const ABSENCE_MS: Ms = 110_000;
/// Who says that he leaves may come to the next page within it.
pub const LEAVING_MS: Ms = 15_000;
/// Of one inbox; whoever comes then is not listed.
pub const IN_ONE_INBOX: i64 = 5_000;
/// How often it is written down that he is still there.
const SEEN_EVERY_MS: Ms = 25_000;
const VISITS: i64 = 9_999;
/// How long ago a visit can have begun.
const VISIT_MS: Ms = 24 * 3_600_000;

/// What a browser tells.
pub struct Here {
    pub id: SiteVisitorId,
    pub inbox: InboxId,
    /// Whose it is, when he is known.
    pub contact: Option<ContactId>,
    pub page: Page,
    /// The page is in front: one behind another does not say where he is.
    pub looks: bool,
    /// How long ago he came, and how often he did.
    pub began_ago: Ms,
    pub visits: i64,
    pub came_by: Option<ContactSource>,
    pub profile: Option<VisitorProfile>,
}

/// He is there. Answers whether he is listed, and to what he is invited.
pub async fn is_here(tx: &mut Tx<'_>, told: Here) -> Result<(bool, Option<Invitation>), Problem> {
    let known = lock(tx, told.id).await?;
    if known.as_ref().is_some_and(|known| known.inbox != told.inbox) {
        return Ok((false, None));
    }
    if let Some(known) = &known
        && known.contact == told.contact
        && (!told.looks || known.page == told.page)
        && known.seen_at > tx.now - SEEN_EVERY_MS
    {
        return Ok((true, known.invitation.clone()));
    }
    let new_to_us = known.as_ref().is_none_or(|known| known.contact != told.contact);
    if let Some(contact) = told.contact.filter(|_| new_to_us)
        && conversations::block_of_contact(tx, contact).await?.is_some()
    {
        remove(tx, told.id).await?;
        return Ok((false, None));
    }
    if known.is_none() && is_full(tx, told.inbox).await? {
        return Ok((false, None));
    }
    let visitor = met(known, told, tx.now);
    visitor.store(tx).await?;
    Ok((true, visitor.invitation))
}

/// What is known of him now.
fn met(known: Option<SiteVisitor>, told: Here, now: Ms) -> SiteVisitor {
    let began_at = now - told.began_ago.clamp(0, VISIT_MS);
    let visits = told.visits.clamp(1, VISITS);
    let Some(mut known) = known else {
        return SiteVisitor {
            id: told.id,
            inbox: told.inbox,
            contact: told.contact,
            began_at,
            seen_at: now,
            changed_at: now,
            page: told.page,
            page_at: now,
            visits,
            came_by: told.came_by,
            profile: told.profile,
            invitation: None,
        };
    };
    let moves = told.looks && known.page != told.page;
    let was_away = known.seen_at <= now - ABSENCE_MS;
    if moves || was_away || known.contact != told.contact {
        known.changed_at = now;
    }
    if moves {
        (known.page, known.page_at) = (told.page, now);
    }
    if was_away {
        (known.began_at, known.visits) = (began_at, visits);
    }
    (known.contact, known.seen_at, known.profile) = (told.contact, now, told.profile.or(known.profile));
    known
}

/// He left the page, and is gone unless another one follows.
pub async fn leaves(tx: &mut Tx<'_>, inbox: InboxId, id: SiteVisitorId) -> Result<(), Problem> {
    tx.execute(
        sql!(
            "UPDATE site_visitors SET seen_at = $4 WHERE workspace_id = $1 AND inbox_id = $2 AND id = $3 AND seen_at > $4"
        ),
        &params![tx.workspace, inbox, id, tx.now - ABSENCE_MS + LEAVING_MS],
    )
    .await?;
    Ok(())
}

async fn remove(tx: &mut Tx<'_>, id: SiteVisitorId) -> Result<(), Problem> {
    tx.put(sql!("DELETE FROM site_visitors WHERE workspace_id = $1 AND id = $2"), params![tx.workspace, id]).await?;
    Ok(())
}

async fn is_full(tx: &mut Tx<'_>, inbox: InboxId) -> Result<bool, Problem> {
    let row = tx
        .first(
            sql!("SELECT COUNT(*) AS there FROM site_visitors WHERE workspace_id = $1 AND inbox_id = $2"),
            &params![tx.workspace, inbox],
        )
        .await?;
    Ok(row.map_or(Ok(0), |row| row.get::<i64>("there"))? >= IN_ONE_INBOX)
}
