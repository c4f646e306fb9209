//! A new member begins to work in inboxes: what an invitation promised.

use crate::event;
use base::{Problem, Tx};
use db::{params, sql};
use futures_util::future::BoxFuture;
use ids::{InboxId, MemberId};

/// Makes the member work in each of the inboxes that exist. It is handed to `people`, which stands below.
pub fn join<'t>(tx: &'t mut Tx<'_>, member: MemberId, inboxes: Vec<InboxId>) -> BoxFuture<'t, Result<(), Problem>> {
    Box::pin(async move {
        for inbox in inboxes {
            let known = tx
                .first(
                    sql!("SELECT id FROM inboxes WHERE workspace_id = $1 AND id = $2"),
                    &params![tx.workspace, inbox],
                )
                .await?;
            // The invitation is older than the removal of an inbox.
            if known.is_none() {
                continue;
            }
            let mut members = people::members_of(tx, inbox).await?;
            members.push(member);
            people::set_members_of(tx, inbox, &members).await?;
            event::updated(tx, inbox).await?;
        }
        Ok(())
    })
}
