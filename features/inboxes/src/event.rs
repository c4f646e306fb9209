//! The events of inboxes.

use crate::{Counters, Inbox, TeamQueue, counter, inbox};
use base::{Audience, EventKind, EventShape, Listeners, MemberCaller, NewEvent, Problem, Tx, View};
use ids::{InboxId, TeamId};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{OpenApi, ToSchema};

/// An inbox is new or changed.
pub static UPDATED: EventKind = EventKind { name: "inbox.updated", audience: parse };

/// An inbox's counters moved.
pub static COUNTERS: EventKind = EventKind { name: "inbox.counters", audience: parse_counters };

/// What waits for a team in an inbox changed in number.
pub static TEAM_QUEUE: EventKind =
    EventKind { name: "inbox.team_queue", audience: |facts| Ok(Arc::new(serde_json::from_str::<OfTeam>(facts)?)) };

/// How they look on the wire.
pub(crate) const SHAPES: &[EventShape] = &[
    EventShape { kind: "inbox.updated", schema: "InboxUpdated", lists: &[], to: Listeners::Members },
    EventShape { kind: "inbox.counters", schema: "Counters", lists: &[], to: Listeners::Members },
    EventShape { kind: "inbox.team_queue", schema: "TeamQueue", lists: &[], to: Listeners::Members },
];

/// Their data's schemas.
#[derive(OpenApi)]
#[openapi(components(schemas(InboxUpdated, Counters, TeamQueue)))]
pub(crate) struct Schemas;

#[derive(Serialize, Deserialize, ToSchema)]
pub struct InboxUpdated {
    pub inbox: Inbox,
}

/// Who sees an inbox.
#[derive(Serialize, Deserialize)]
struct OfInbox {
    inbox: InboxId,
    /// Whether visitors' rights may have changed: remembered ones carry whether their inbox takes messages.
    #[serde(default)]
    settings: bool,
    /// Whether its time limit or its hours changed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    times: bool,
    /// Its teams: their members see it too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    teams: Vec<TeamId>,
    /// Whoever had a conversation of it may look at it no more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    ended_formers: bool,
    /// It is given automatically by other rules than before.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    rerouted: bool,
}

/// What others act on when an inbox changes.
#[derive(Clone, Copy, Default)]
pub(crate) struct What {
    pub ended_formers: bool,
    pub rerouted: bool,
    /// Its time limit or its hours.
    pub times: bool,
}

/// The inbox of an event of kind [`UPDATED`] in which nobody looks back any more, from its facts.
pub fn ended_formers(facts: &str) -> Option<InboxId> {
    let of: OfInbox = serde_json::from_str(facts).ok()?;
    of.ended_formers.then_some(of.inbox)
}

/// The inbox of an event of kind [`UPDATED`] that is given automatically by other rules, from its facts.
pub fn changed_routing(facts: &str) -> Option<InboxId> {
    let of: OfInbox = serde_json::from_str(facts).ok()?;
    of.rerouted.then_some(of.inbox)
}

/// Who sees the numbers of an inbox.
#[derive(Serialize, Deserialize)]
struct OfCounters {
    inbox: InboxId,
}

/// Whose queue it is, and in which inbox.
#[derive(Serialize, Deserialize)]
struct OfTeam {
    inbox: InboxId,
    team: TeamId,
}

fn parse(facts: &str) -> Result<Arc<dyn Audience>, serde_json::Error> {
    Ok(Arc::new(serde_json::from_str::<OfInbox>(facts)?))
}

fn parse_counters(facts: &str) -> Result<Arc<dyn Audience>, serde_json::Error> {
    Ok(Arc::new(serde_json::from_str::<OfCounters>(facts)?))
}

impl Audience for OfInbox {
    fn member(&self, member: &MemberCaller) -> View {
        let seated = self.teams.iter().any(|team| member.is_in(*team));
        if inbox::sees_all(member) || member.works_in(self.inbox) || seated { View::Whole(0) } else { View::Hidden }
    }

    fn changes_rights(&self) -> bool {
        self.settings
    }
}

/// The inbox of an event of kind [`UPDATED`] whose time limit or hours changed, from its facts.
pub fn changed_times(facts: &str) -> Option<InboxId> {
    let facts: OfInbox = serde_json::from_str(facts).ok()?;
    facts.times.then_some(facts.inbox)
}

impl Audience for OfCounters {
    fn member(&self, member: &MemberCaller) -> View {
        if counter::sees_counters(member, self.inbox) { View::Whole(0) } else { View::Hidden }
    }
}

impl Audience for OfTeam {
    fn member(&self, member: &MemberCaller) -> View {
        if counter::sees_queue(member, self.inbox, self.team) { View::Whole(0) } else { View::Hidden }
    }
}

/// Tells of an inbox as it is now, and answers it.
pub(crate) async fn updated(tx: &mut Tx<'_>, id: InboxId) -> Result<Inbox, Problem> {
    changed(tx, id, What::default()).await
}

/// As [`updated`], with what others act on.
pub(crate) async fn changed(tx: &mut Tx<'_>, id: InboxId, what: What) -> Result<Inbox, Problem> {
    let What { ended_formers, rerouted, times } = what;
    let inbox = inbox::find(tx, id).await?.ok_or(base::refusal::NOT_FOUND)?;
    let payload = InboxUpdated { inbox: inbox.clone() };
    let teams = inbox.team_ids.clone();
    let facts = OfInbox { inbox: id, settings: true, teams, ended_formers, rerouted, times };
    tx.emit(NewEvent::new(&UPDATED, facts, &payload)?);
    Ok(inbox)
}

pub(crate) fn counters(counters: Counters) -> Result<NewEvent, serde_json::Error> {
    NewEvent::new(&COUNTERS, OfCounters { inbox: counters.inbox_id }, &counters)
}

pub(crate) fn team_queue(queue: TeamQueue) -> Result<NewEvent, serde_json::Error> {
    NewEvent::new(&TEAM_QUEUE, OfTeam { inbox: queue.inbox_id, team: queue.team_id }, &queue)
}
