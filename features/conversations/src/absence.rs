//! What becomes of the open conversations of somebody who is offline: as each inbox says, they stay his, or go back into
//! the queue, all of them or those in which a contact waits.
//!
//! What must stay true: whoever says that he is offline is taken at his word at once; whoever only lost his connection
//! has [`COMES_BACK_MS`] to be back, also over a restart of the server.

use crate::{Holder, Why, thread};
use base::{App, Follow, JobFailure, JobKind, Ms, Problem, Tx};
use db::{params, sql};
use ids::{ConversationId, MemberId, WorkspaceId};
use inboxes::Absence;
use people::{Chosen, PresenceState};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How long somebody without a connection keeps what he has.
pub const COMES_BACK_MS: Ms = 120_000;

pub const FOLLOW: Follow = Follow {
    event: &people::PRESENCE_UPDATED,
    wants: |facts| people::routed_presence(facts).is_some_and(|(_, state)| state == PresenceState::Offline),
    job: &LEAVE,
};

/// He is offline now.
pub static LEAVE: JobKind =
    JobKind { name: "conversations.leave", run: |app, workspace, facts| Box::pin(leave(app, workspace, facts)) };
/// He had no connection a while ago.
pub static STAY_AWAY: JobKind = JobKind {
    name: "conversations.stay_away",
    run: |app, workspace, facts| Box::pin(stay_away(app, workspace, facts)),
};

#[derive(Serialize, Deserialize)]
struct Away {
    member: MemberId,
}

async fn leave(app: App, workspace: WorkspaceId, facts: String) -> Result<(), JobFailure> {
    let Some((member, _)) = people::changed_presence(&facts) else {
        return Err(JobFailure::GiveUp(anyhow::anyhow!("no member")));
    };
    let put_off = app.write(workspace, move |tx| {
        Box::pin(async move {
            let presence = people::presence_of(tx, member).await?;
            let lost = presence.is_some_and(|presence| presence.chosen != Chosen::Offline);
            if lost {
                tx.enqueue(&STAY_AWAY, &Away { member }, tx.now + COMES_BACK_MS).await?;
            }
            Ok(lost)
        })
    });
    if put_off.await? { Ok(()) } else { give_back(app, workspace, member).await }
}

async fn stay_away(app: App, workspace: WorkspaceId, facts: String) -> Result<(), JobFailure> {
    let Away { member } = serde_json::from_str(&facts).map_err(|error| JobFailure::GiveUp(error.into()))?;
    give_back(app, workspace, member).await
}

async fn give_back(app: App, workspace: WorkspaceId, member: MemberId) -> Result<(), JobFailure> {
    let held = app.read(workspace, move |tx| Box::pin(held(tx, member))).await?;
    for id in held {
        // One in each transaction: with two, this and people at work would lock them in different orders.
        let back = app.write(workspace, move |tx| Box::pin(put_back(tx, id, member)));
        if !back.await? {
            break;
        }
    }
    Ok(())
}

/// What he holds in inboxes that want it back, oldest wait first.
async fn held(tx: &mut Tx<'_>, member: MemberId) -> Result<Vec<ConversationId>, Problem> {
    let rows = tx
        .query(
            sql!(
                "SELECT id, inbox_id, waiting_since FROM conversations WHERE workspace_id = $1 AND status = 'open' \
                 AND holder_member_id = $2 ORDER BY last_activity_at, id"
            ),
            &params![tx.workspace, member],
        )
        .await?;
    let mut rules = BTreeMap::new();
    let mut held = Vec::new();
    for row in &rows {
        let inbox = row.get("inbox_id")?;
        if let std::collections::btree_map::Entry::Vacant(rule) = rules.entry(inbox) {
            rule.insert(inboxes::routing(tx, inbox).await?.unwrap_or_default().absence);
        }
        if goes_back(rules[&inbox], row.get::<Option<i64>>("waiting_since")?.is_some()) {
            held.push(row.get("id")?);
        }
    }
    Ok(held)
}

fn goes_back(rule: Absence, waits: bool) -> bool {
    match rule {
        Absence::Keep => false,
        Absence::Unanswered => waits,
        Absence::All => true,
    }
}

/// Answers whether he still is offline: whoever came back keeps the rest.
async fn put_back(tx: &mut Tx<'_>, id: ConversationId, member: MemberId) -> Result<bool, Problem> {
    let Some(mut thread) = thread::lock(tx, id).await? else { return Ok(true) };
    let presence = people::presence_of(tx, member).await?;
    if presence.is_some_and(|presence| presence.state != PresenceState::Offline) {
        return Ok(false);
    }
    let conversation = &thread.conversation;
    let rule = inboxes::routing(tx, conversation.inbox_id).await?.unwrap_or_default().absence;
    let waits = conversation.waiting_since.is_some();
    if conversation.is_active() && conversation.holder == (Holder::Member { id: member }) && goes_back(rule, waits) {
        thread.hand_to_because(tx, Holder::Queue, None, Why::Absent);
        thread.save(tx).await?;
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R106
    #[test]
    fn an_inbox_says_what_goes_back() {
        let back = |rule| [goes_back(rule, false), goes_back(rule, true)];
        assert_eq!(back(Absence::Keep), [false, false]);
        assert_eq!(back(Absence::Unanswered), [false, true]);
        assert_eq!(back(Absence::All), [true, true]);
    }
}
