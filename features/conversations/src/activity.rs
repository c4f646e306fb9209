//! The activity stream: the past alerts of a member. What was given to him or to a team of his, where he was mentioned,
//! what was closed in his inboxes, who waited too long.
//!
//! What must stay true: an alert is written by the transaction of what it is about and holds none of its words: those are
//! read with it, by the one rule of who may see a conversation. Nobody is told of what he did himself. A message writes
//! none, nor does whoever takes a conversation by answering. Absent: sounds and notifications, which are the desk's.

mod list;
mod seen;

pub(crate) use list::{UnseenAlert, unseen};

use crate::{Ack, Entry, EntryKind, Facts, Holder, Thread, entry::spelled, event::OneMember, keys::id_list};
use base::{App, Audience, EventKind, MemberCaller, Ms, NewEvent, Problem, Tx, View};
use db::{FromValue, Sql, params, sql};
use futures_util::future::BoxFuture;
use ids::{AlertId, ConversationId, EntryId, InboxId, MemberId, TeamId, Uuid, WorkspaceId};
use serde::{Deserialize, Serialize};
use std::{sync::Arc, time::Duration};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list::list_activity)).routes(routes!(seen::see_activity))
}

/// How long an alert is kept.
const KEPT_MS: Ms = 30 * 24 * 3_600_000;
/// How often old ones go.
const LOOK: Duration = Duration::from_secs(600);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AlertKind {
    /// The conversation was handed to the member or to a team of his.
    Given,
    Mentioned,
    Closed,
    /// The contact waits as long as the warning allows.
    Warned,
    /// The contact waits too long.
    Late,
}

spelled!(
    AlertKind,
    "a kind of alert was expected",
    Given = "given",
    Mentioned = "mentioned",
    Closed = "closed",
    Warned = "warned",
    Late = "late"
);

/// There is one more in somebody's stream.
pub static ADDED: EventKind =
    EventKind { name: "alert.added", audience: |facts| Ok(Arc::new(serde_json::from_str::<Addressed>(facts)?)) };

/// A member looked at his stream: for his own other tabs.
pub static SEEN: EventKind =
    EventKind { name: "activity.seen", audience: |facts| Ok(Arc::new(serde_json::from_str::<OneMember>(facts)?)) };

#[derive(Serialize, Deserialize, ToSchema)]
pub struct AlertAdded {
    pub alert_id: AlertId,
    pub at: Ms,
    pub kind: AlertKind,
    pub conversation_id: ConversationId,
    /// Whoever read the conversation up to there has seen it.
    pub position: i64,
}

#[derive(Serialize, Deserialize, ToSchema)]
pub struct ActivitySeen {
    /// What is not newer was seen.
    pub seen_at: Ms,
}

/// Whom an alert is for.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Reader {
    Member(MemberId),
    Team(TeamId),
    /// Its people.
    Inbox(InboxId),
}

impl Reader {
    fn of(holder: Holder) -> Option<Self> {
        holder.member().map(Self::Member).or(holder.team().map(Self::Team))
    }

    /// The range in which his are.
    fn lane(self) -> Uuid {
        match self {
            Self::Member(id) => id.0,
            Self::Team(id) => id.0,
            Self::Inbox(id) => id.0,
        }
    }

    fn reaches(self, member: &MemberCaller) -> bool {
        match self {
            Self::Member(id) => id == member.id,
            Self::Team(id) => member.is_in(id),
            Self::Inbox(id) => member.works_in(id),
        }
    }
}

/// Those whom an alert is for, as far as they may see what it is about.
#[derive(Serialize, Deserialize)]
struct Addressed {
    to: Vec<Reader>,
    by: Option<MemberId>,
    facts: Facts,
}

impl Audience for Addressed {
    fn member(&self, member: &MemberCaller) -> View {
        let is_his = self.by != Some(member.id) && self.to.iter().any(|to| to.reaches(member));
        if is_his && self.facts.visible_to(member) { View::Whole(0) } else { View::Hidden }
    }
}

/// What happened.
struct About {
    kind: AlertKind,
    entry: Option<EntryId>,
    position: i64,
    by: Option<MemberId>,
}

/// Of a new entry, when anybody is to hear of it.
pub(crate) async fn of_entry(tx: &mut Tx<'_>, thread: &Thread, entry: &Entry) -> Result<(), Problem> {
    let conversation = &thread.conversation;
    let (kind, to) = match (entry.kind, &entry.assignment) {
        (EntryKind::Assigned, Some(assignment)) => (AlertKind::Given, [Reader::of(assignment.to), None]),
        (EntryKind::Closed, _) => {
            (AlertKind::Closed, [Some(Reader::Inbox(conversation.inbox_id)), Reader::of(conversation.holder)])
        }
        _ => return Ok(()),
    };
    // What came over from another conversation was told there.
    if entry.written_at.is_some() {
        return Ok(());
    }
    let by = entry.author.id.as_deref().and_then(|id| id.parse().ok());
    let about = About { kind, entry: Some(entry.id), position: entry.position, by };
    note(tx, thread, about, to.into_iter().flatten().collect()).await
}

/// Of a note that calls them.
pub(crate) async fn of_note(
    tx: &mut Tx<'_>,
    thread: &Thread,
    note_added: &Ack,
    called: &[MemberId],
) -> Result<(), Problem> {
    let Ack { id, position, .. } = *note_added;
    let about = About { kind: AlertKind::Mentioned, entry: Some(id), position, by: None };
    note(tx, thread, about, called.iter().copied().map(Reader::Member).collect()).await
}

/// Of a limit that a contact's waiting reached.
pub(crate) async fn of_limit(tx: &mut Tx<'_>, thread: &Thread, late: bool, told: &[MemberId]) -> Result<(), Problem> {
    let kind = if late { AlertKind::Late } else { AlertKind::Warned };
    // Known to whoever read further: that what is there was read is not that it was answered.
    let about = About { kind, entry: None, position: thread.conversation.last_position + 1, by: None };
    note(tx, thread, about, told.iter().copied().map(Reader::Member).collect()).await
}

async fn note(tx: &mut Tx<'_>, thread: &Thread, about: About, mut to: Vec<Reader>) -> Result<(), Problem> {
    let About { kind, entry, position, by } = about;
    to.retain(|one| by.is_none_or(|by| *one != Reader::Member(by)));
    if to.is_empty() {
        return Ok(());
    }
    let (id, conversation_id) = (AlertId(tx.uuid()), thread.conversation.id);
    for one in &to {
        tx.put(
            sql!(
                "INSERT INTO alerts (workspace_id, to_id, at, id, kind, conversation_id, entry_id, position, by_id) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
            ),
            params![tx.workspace, one.lane(), tx.now, id, kind.as_str(), conversation_id, entry, position, by],
        )
        .await?;
    }
    let added = AlertAdded { alert_id: id, at: tx.now, kind, conversation_id, position };
    tx.emit(NewEvent::new(&ADDED, Addressed { to, by, facts: thread.facts() }, &added)?);
    Ok(())
}

/// An entry calls nobody any more but these.
pub(crate) async fn forget(tx: &mut Tx<'_>, entry: &Entry, still: &[Uuid]) -> Result<(), Problem> {
    const GONE: &Sql = sql!(
        sqlite: "DELETE FROM alerts WHERE workspace_id = ?1 AND conversation_id = ?2 AND entry_id = ?3 \
                 AND to_id NOT IN (SELECT unhex(value) FROM json_each(?4))",
        postgres: "DELETE FROM alerts WHERE workspace_id = $1 AND conversation_id = $2 AND entry_id = $3 \
                   AND to_id <> ALL (ARRAY(SELECT value::uuid FROM jsonb_array_elements_text($4::text::jsonb)))"
    );
    tx.put(GONE, params![tx.workspace, entry.conversation_id, entry.id, id_list(still)]).await?;
    Ok(())
}

/// What a conversation is about goes over into another one, `offset` positions later, with what was told of it.
pub(crate) async fn take_in(
    tx: &mut Tx<'_>,
    from: ConversationId,
    to: ConversationId,
    offset: i64,
) -> Result<(), Problem> {
    tx.put(
        sql!(
            "UPDATE alerts SET conversation_id = $3, position = position + $4 \
             WHERE workspace_id = $1 AND conversation_id = $2"
        ),
        params![tx.workspace, from, to, offset],
    )
    .await?;
    Ok(())
}

pub fn run(app: App) -> BoxFuture<'static, ()> {
    Box::pin(async move {
        while !app.is_stopping() {
            if let Err(problem) = forget_old_alerts(&app).await {
                tracing::warn!(%problem, "failed to remove old alerts, it is tried again");
            }
            tokio::time::sleep(LOOK).await;
        }
    })
}

/// Removes what is older than is kept.
pub async fn forget_old_alerts(app: &App) -> Result<(), Problem> {
    let before = app.clock.now() - KEPT_MS;
    let old = app.read(WorkspaceId(Uuid::nil()), move |tx| {
        Box::pin(async move {
            let rows =
                tx.query(sql!("SELECT DISTINCT workspace_id FROM alerts WHERE at < $1"), &params![before]).await?;
            Ok(rows.iter().map(|row| row.get("workspace_id")).collect::<Result<Vec<WorkspaceId>, db::Error>>()?)
        })
    });
    for workspace in old.await? {
        app.write(workspace, move |tx| {
            Box::pin(async move {
                let gone = sql!("DELETE FROM alerts WHERE workspace_id = $1 AND at < $2");
                tx.put(gone, params![tx.workspace, before]).await?;
                Ok(())
            })
        })
        .await?;
    }
    Ok(())
}
