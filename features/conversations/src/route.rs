//! Giving what waits to whoever is free, in inboxes that are routed automatically.
//!
//! Nothing looks for work by the clock: whatever makes a conversation wait, or a member free, enqueues the job of each
//! inbox that it may matter to, in its own transaction. The job gives one conversation in each transaction, until none
//! waits for which somebody fits.
//!
//! What must stay true: each is given once, also by several nodes at once. A transaction locks the conversation first,
//! then the inbox's turn, then the presence of whom it chose, and looks again behind each lock; all others lock in the
//! same order. Nobody gets one automatically who is not online, has all he can take, or takes
//! nothing from the inbox for now.

use crate::{
    Holder, Thread, Why,
    pick::{Waiting, pick},
    thread,
};
use base::{App, Follow, JobFailure, JobKind, Problem, Tx};
use db::{params, sql};
use ids::{InboxId, MemberId, TeamId, WorkspaceId};
use inboxes::{Reopening, Routing};
use people::{Candidate, PresenceState};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How many of those that wait are looked at for one that fits somebody.
const LOOK_AT: i64 = 200;
/// How often in a row somebody else may be quicker before the job is put off.
const TRIES: u32 = 20;

/// An inbox, or those that a member works in.
#[derive(Serialize, Deserialize)]
struct Route {
    inbox: InboxId,
}

pub static ROUTE: JobKind =
    JobKind { name: "conversations.route", run: |app, workspace, facts| Box::pin(run(app, workspace, facts)) };
/// Whoever has come, or can take more.
pub static ROUTE_TO: JobKind =
    JobKind { name: "conversations.route_to", run: |app, workspace, facts| Box::pin(run_for(app, workspace, facts)) };

pub const FOLLOW_PRESENCE: Follow = Follow {
    event: &people::PRESENCE_UPDATED,
    wants: |facts| people::routed_presence(facts).is_some_and(|(_, state)| state == PresenceState::Online),
    job: &ROUTE_TO,
};
pub const FOLLOW_PAUSE: Follow =
    Follow { event: &people::PAUSE_UPDATED, wants: |facts| !people::routed_members(facts).is_empty(), job: &ROUTE_TO };
pub const FOLLOW_PLACES: Follow = Follow {
    event: &people::MEMBERSHIP_CHANGED,
    wants: |facts| !people::routed_members(facts).is_empty(),
    job: &ROUTE_TO,
};
pub const FOLLOW_RIGHTS: Follow =
    Follow { event: &people::MEMBER_UPDATED, wants: |facts| !people::routed_members(facts).is_empty(), job: &ROUTE_TO };
pub const FOLLOW_INBOX: Follow =
    Follow { event: &inboxes::UPDATED, wants: |facts| inboxes::changed_routing(facts).is_some(), job: &ROUTE_IN };
/// The inbox is routed by other rules.
pub static ROUTE_IN: JobKind = JobKind {
    name: "conversations.route_in",
    run: |app, workspace, facts| {
        Box::pin(async move {
            match inboxes::changed_routing(&facts) {
                Some(inbox) => route(&app, workspace, inbox).await,
                None => Ok(()),
            }
        })
    },
};

/// A conversation waits in `inbox` now, or `freed` has one less, or both.
pub(crate) async fn wake(tx: &mut Tx<'_>, inbox: Option<InboxId>, freed: Option<MemberId>) -> Result<(), Problem> {
    for inbox in inboxes::automatic(tx, inbox, freed).await? {
        tx.enqueue(&ROUTE, &Route { inbox }, tx.now).await?;
    }
    Ok(())
}

/// Its contact wrote again after it was closed: it stays whose it was, unless the inbox gives it anew.
pub(crate) async fn reopen(tx: &mut Tx<'_>, thread: &mut Thread) -> Result<(), Problem> {
    if thread.conversation.holder.member().is_none() {
        return Ok(());
    }
    let routing = inboxes::routing(tx, thread.conversation.inbox_id).await?.unwrap_or_default();
    if routing.reopening == Reopening::Queue {
        thread.hand_to_because(tx, Holder::Queue, None, Why::Reopened);
    }
    Ok(())
}

async fn run(app: App, workspace: WorkspaceId, facts: String) -> Result<(), JobFailure> {
    let Route { inbox } = serde_json::from_str(&facts).map_err(|error| JobFailure::GiveUp(error.into()))?;
    route(&app, workspace, inbox).await
}

async fn run_for(app: App, workspace: WorkspaceId, facts: String) -> Result<(), JobFailure> {
    for member in people::routed_members(&facts) {
        let inboxes = app.read(workspace, move |tx| Box::pin(inboxes::automatic(tx, None, Some(member)))).await?;
        for inbox in inboxes {
            route(&app, workspace, inbox).await?;
        }
    }
    Ok(())
}

/// Gives one after another until none is left for which somebody fits.
async fn route(app: &App, workspace: WorkspaceId, inbox: InboxId) -> Result<(), JobFailure> {
    let mut tries = 0;
    loop {
        match app.write(workspace, move |tx| Box::pin(give_one(tx, inbox))).await? {
            Step::Given => tries = 0,
            Step::Again if tries < TRIES => tries += 1,
            Step::Again => return Err(JobFailure::Retry(anyhow::anyhow!("others were quicker every time"))),
            Step::Done => return Ok(()),
        }
    }
}

enum Step {
    Given,
    /// Somebody else was quicker.
    Again,
    Done,
}

async fn give_one(tx: &mut Tx<'_>, inbox: InboxId) -> Result<Step, Problem> {
    let Some(routing) = inboxes::routing(tx, inbox).await?.filter(Routing::is_automatic) else {
        return Ok(Step::Done);
    };
    let Some((first, _)) = first_that_fits(tx, inbox, &routing).await? else { return Ok(Step::Done) };
    let Some(mut thread) = thread::lock(tx, first.id).await? else { return Ok(Step::Again) };
    lock_turn(tx, inbox).await?;
    // Who fits now: another node may have given something meanwhile.
    let chosen = if thread.conversation.waits_since.is_some() {
        let waiting = Waiting {
            team: thread.conversation.holder.team(),
            tags: thread.conversation.tag_ids.clone(),
            last_member: thread.conversation.last_member,
            ..first
        };
        fitting(tx, inbox, &routing, &waiting, &mut BTreeMap::new()).await?
    } else {
        None
    };
    let Some((chosen, why)) = chosen else { return Ok(Step::Again) };
    if !people::lock_free(tx, chosen.id, inbox).await? {
        return Ok(Step::Again);
    }
    thread.hand_to_because(tx, Holder::Member { id: chosen.id }, Some(chosen.name), why);
    thread.save(tx).await?;
    tx.put(
        sql!("UPDATE routing_turns SET member_id = $3 WHERE workspace_id = $1 AND inbox_id = $2"),
        params![tx.workspace, inbox, chosen.id],
    )
    .await?;
    Ok(Step::Given)
}

/// The most urgent one, and of those the one that waits longest, for which somebody fits.
async fn first_that_fits(
    tx: &mut Tx<'_>,
    inbox: InboxId,
    routing: &Routing,
) -> Result<Option<(Waiting, Candidate)>, Problem> {
    let rows = tx
        .query(
            sql!(
                "SELECT id, holder_team_id, last_member_id, tags FROM conversations WHERE workspace_id = $1 \
                 AND inbox_id = $2 AND waits_since IS NOT NULL ORDER BY priority, waits_since, id LIMIT $3"
            ),
            &params![tx.workspace, inbox, LOOK_AT],
        )
        .await?;
    let mut known = BTreeMap::new();
    for row in &rows {
        let tags: Option<String> = row.get("tags")?;
        let waiting = Waiting {
            id: row.get("id")?,
            team: row.get("holder_team_id")?,
            last_member: row.get("last_member_id")?,
            tags: tags.map_or_else(|| Ok(Vec::new()), |tags| serde_json::from_str(&tags))?,
        };
        if let Some((candidate, _)) = fitting(tx, inbox, routing, &waiting, &mut known).await? {
            return Ok(Some((waiting, candidate)));
        }
    }
    Ok(None)
}

/// Who can take one more, for the inbox or for one of its teams.
type Known = BTreeMap<Option<TeamId>, Vec<Candidate>>;

/// Whom the inbox's rules give it to; `None` when nobody is free who may have it.
async fn fitting(
    tx: &mut Tx<'_>,
    inbox: InboxId,
    routing: &Routing,
    waiting: &Waiting,
    known: &mut Known,
) -> Result<Option<(Candidate, Why)>, Problem> {
    if let std::collections::btree_map::Entry::Vacant(place) = known.entry(waiting.team) {
        place.insert(free(tx, inbox, waiting.team, routing.open_limit).await?);
    }
    let candidates = &known[&waiting.team];
    if candidates.is_empty() {
        return Ok(None);
    }
    let skills = if routing.skills { tags::folded_names(tx, &waiting.tags).await? } else { Vec::new() };
    let turn = tx
        .first(
            sql!("SELECT member_id FROM routing_turns WHERE workspace_id = $1 AND inbox_id = $2"),
            &params![tx.workspace, inbox],
        )
        .await?;
    let turn: Option<MemberId> = turn.map(|row| row.get("member_id")).transpose()?.flatten();
    Ok(pick(candidates, routing, waiting.last_member, &skills, turn))
}

async fn free(
    tx: &mut Tx<'_>,
    inbox: InboxId,
    team: Option<TeamId>,
    open_limit: i64,
) -> Result<Vec<Candidate>, Problem> {
    let mut free = people::free_in(tx, inbox, team).await?;
    if open_limit > 0 {
        let rows = tx
            .query(
                sql!(
                    "SELECT c.holder_member_id, COUNT(*) AS open FROM presences p JOIN conversations c \
                     ON c.workspace_id = p.workspace_id AND c.status = 'open' AND c.holder_member_id = p.member_id \
                     WHERE p.workspace_id = $1 AND p.seen_at IS NOT NULL AND c.inbox_id = $2 \
                     GROUP BY c.holder_member_id"
                ),
                &params![tx.workspace, inbox],
            )
            .await?;
        let open: BTreeMap<MemberId, i64> = rows
            .iter()
            .map(|row| Ok((row.get("holder_member_id")?, row.get("open")?)))
            .collect::<Result<_, db::Error>>()?;
        free.retain(|candidate| open.get(&candidate.id).is_none_or(|open| *open < open_limit));
    }
    Ok(free)
}

/// Whose turn it is: one gives at a time in an inbox. On SQLite the writer runs one command at a time.
async fn lock_turn(tx: &mut Tx<'_>, inbox: InboxId) -> Result<(), Problem> {
    tx.put(
        sql!("INSERT INTO routing_turns (workspace_id, inbox_id) VALUES ($1, $2) ON CONFLICT DO NOTHING"),
        params![tx.workspace, inbox],
    )
    .await?;
    if tx.engine() == db::Engine::Postgres {
        tx.query(
            sql!(
                postgres: "SELECT inbox_id FROM routing_turns WHERE workspace_id = $1 AND inbox_id = $2 FOR UPDATE"
            ),
            &params![tx.workspace, inbox],
        )
        .await?;
    }
    Ok(())
}
