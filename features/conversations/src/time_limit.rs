//! Telling who is to hear of it that a contact waits too long, and finding the moments of those who wait anew when
//! their inbox changes.
//!
//! What must stay true: the moments stand in the conversation's row, so that the clock goes on over restarts; each
//! conversation is looked at again under its lock, so that several nodes tell once, and an answer meanwhile nothing.

use crate::{
    Holder, Status, activity,
    conversation::SNOOZED,
    event::{Called, LIMIT_REACHED, LimitReached},
    thread::{self, Thread},
};
use base::{App, Follow, JobFailure, JobKind, MemberCaller, Ms, NewEvent, Problem, Right, Scope, Tx};
use db::{params, sql};
use futures_util::future::BoxFuture;
use ids::{ConversationId, InboxId, MemberId, Uuid, WorkspaceId};
use inboxes::{CountsFrom, Hours, TimeLimit, Told};
use std::time::Duration;

/// How late somebody may hear of it.
const LOOK: Duration = Duration::from_secs(1);
/// Of one look.
const AT_ONCE: i64 = 300;
/// Of one page of those that wait.
const WAITING_PAGE: i64 = 100;

/// After each change of an inbox's limit or hours.
pub const FOLLOW: Follow =
    Follow { event: &inboxes::UPDATED, wants: |facts| inboxes::changed_times(facts).is_some(), job: &TIME_ANEW };

pub static TIME_ANEW: JobKind = JobKind {
    name: "conversations.time_anew",
    run: |app, workspace, facts| Box::pin(time_anew(app, workspace, facts)),
};

pub fn run(app: App) -> BoxFuture<'static, ()> {
    Box::pin(async move {
        while !app.is_stopping() {
            if let Err(problem) = tell_late(&app).await {
                tracing::warn!(%problem, "failed to tell who waits too long, it is tried again");
            }
            tokio::time::sleep(LOOK).await;
        }
    })
}

/// Tells of each mark that is due now, up to 300 of them; answers of how many.
pub async fn tell_late(app: &App) -> Result<usize, Problem> {
    let now = app.clock.now();
    let due = app
        .read(WorkspaceId(Uuid::nil()), move |tx| {
            Box::pin(async move {
                let rows = tx
                    .query(
                        sql!(
                            "SELECT workspace_id, id FROM conversations WHERE limit_at <= $1 ORDER BY limit_at LIMIT $2"
                        ),
                        &params![now, AT_ONCE],
                    )
                    .await?;
                Ok(rows
                    .iter()
                    .map(|row| Ok((row.get("workspace_id")?, row.get("id")?)))
                    .collect::<Result<_, db::Error>>()?)
            })
        })
        .await?;
    let due: Vec<(WorkspaceId, ConversationId)> = due;
    let mut told = 0;
    for (workspace, id) in due {
        if app.is_stopping() {
            break;
        }
        told += usize::from(app.write(workspace, move |tx| Box::pin(tell(tx, id))).await?);
    }
    Ok(told)
}

async fn tell(tx: &mut Tx<'_>, id: ConversationId) -> Result<bool, Problem> {
    let Some(thread) = thread::lock(tx, id).await? else { return Ok(false) };
    if thread.limit_at.is_none_or(|at| at > tx.now) {
        return Ok(false);
    }
    let conversation = &thread.conversation;
    let late = conversation.late_at.is_some_and(|at| at <= tx.now);
    let limit = thread.limit()?;
    let told = limit.map(|limit| if late { limit.late } else { limit.warned }).unwrap_or_default();
    let members = listeners(tx, &thread, &told).await?;
    if let Some(waiting_since) = conversation.waiting_since.filter(|_| !members.is_empty()) {
        let reached = LimitReached { conversation_id: id, waiting_since, late };
        activity::of_limit(tx, &thread, late, &members).await?;
        tx.emit(NewEvent::new(&LIMIT_REACHED, Called { members, member: None }, &reached)?);
    }
    thread.told_of_limit(tx).await?;
    Ok(true)
}

/// Those of them who can see the conversation.
async fn listeners(tx: &mut Tx<'_>, thread: &Thread, told: &Told) -> Result<Vec<MemberId>, Problem> {
    let Told { in_charge, supervisors, member_ids } = told;
    let (inbox, facts) = (thread.conversation.inbox_id, thread.facts());
    let holder = thread.conversation.holder;
    let paused = people::paused_in(tx, inbox).await?;
    let takes =
        |member: &MemberCaller| member.scope(Right::CONVERSATION_REPLY) > Scope::None && !paused.contains(&member.id);
    let is_meant = |member: &MemberCaller| {
        let gives = member.scope(Right::CONVERSATION_ASSIGN) >= Scope::Team;
        (*in_charge && holder == Holder::Queue && takes(member)) || (*supervisors && gives)
    };
    let mut asked = member_ids.clone();
    match holder {
        Holder::Member { id } if *in_charge => asked.push(id),
        Holder::Team { id } if *in_charge => {
            asked.extend(
                people::callers_in(tx, id).await?.iter().filter(|member| takes(member)).map(|member| member.id),
            );
        }
        _ => {}
    }
    if *supervisors || (*in_charge && holder == Holder::Queue) {
        for id in people::members_of(tx, inbox).await? {
            if people::as_caller(tx, id).await?.is_some_and(|member| is_meant(&member)) {
                asked.push(id);
            }
        }
    }
    asked.sort_unstable();
    asked.dedup();
    let mut listeners = Vec::with_capacity(asked.len());
    for id in asked {
        if people::as_caller(tx, id).await?.is_some_and(|member| facts.visible_to(&member)) {
            listeners.push(id);
        }
    }
    Ok(listeners)
}

/// Where a look at those that wait goes on.
#[derive(Clone, Copy)]
struct After {
    at: Ms,
    id: ConversationId,
}

async fn time_anew(app: App, workspace: WorkspaceId, facts: String) -> Result<(), JobFailure> {
    let inbox = inboxes::changed_times(&facts).ok_or_else(|| JobFailure::GiveUp(anyhow::anyhow!("no inbox")))?;
    for status in [Status::Open.as_str(), SNOOZED] {
        let mut after = Some(After { at: 0, id: ConversationId(Uuid::nil()) });
        while let Some(from) = after {
            let (moved, next) = app.read(workspace, move |tx| Box::pin(moved(tx, inbox, status, from))).await?;
            for id in moved {
                app.write(workspace, move |tx| Box::pin(time_one_anew(tx, id))).await?;
            }
            after = next;
        }
    }
    Ok(())
}

/// Those of a page of waiting conversations whose moments are others now, and where the next page begins.
async fn moved(
    tx: &mut Tx<'_>,
    inbox: InboxId,
    status: &'static str,
    after: After,
) -> Result<(Vec<ConversationId>, Option<After>), Problem> {
    let limit = inboxes::time_limit_of(tx, inbox).await?;
    let hours = inboxes::hours_of(tx, inbox).await?;
    let rows = tx
        .query(
            sql!(
                "SELECT id, waiting_since, last_activity_at, opened_at, warning_at, late_at FROM conversations \
                 WHERE workspace_id = $1 AND inbox_id = $2 AND status = $3 AND (last_activity_at, id) > ($4, $5) \
                 AND waiting_since IS NOT NULL ORDER BY last_activity_at, id LIMIT $6"
            ),
            &params![tx.workspace, inbox, status, after.at, after.id, WAITING_PAGE],
        )
        .await?;
    let (mut moved, mut last) = (Vec::new(), None);
    for row in &rows {
        let (id, at) = (row.get("id")?, row.get("last_activity_at")?);
        let waits =
            Waits { first_unanswered: row.get("waiting_since")?, last_message: at, opened: row.get("opened_at")? };
        let marked: Moments = (row.get("warning_at")?, row.get("late_at")?);
        if marked != waits.moments(limit.as_ref(), hours.as_ref()) {
            moved.push(id);
        }
        last = Some(After { at, id });
    }
    Ok((moved, last.filter(|_| rows.len() as i64 == WAITING_PAGE)))
}

async fn time_one_anew(tx: &mut Tx<'_>, id: ConversationId) -> Result<(), Problem> {
    let Some(mut thread) = thread::lock(tx, id).await? else { return Ok(()) };
    if thread.conversation.waiting_since.is_some() {
        thread.timed = true;
        thread.save(tx).await?;
    }
    Ok(())
}

impl Thread {
    fn limit(&self) -> Result<Option<TimeLimit>, Problem> {
        Ok(self.time_limit.as_deref().map(serde_json::from_str).transpose()?)
    }

    /// When his waiting is marked, by the limit of the inbox. A mark of the past is nobody's news.
    pub(crate) async fn set_moments(&mut self, tx: &mut Tx<'_>) -> Result<(), Problem> {
        let conversation = &self.conversation;
        let Some(first_unanswered) = conversation.waiting_since else {
            (self.conversation.warning_at, self.conversation.late_at, self.limit_at) = (None, None, None);
            return Ok(());
        };
        if !std::mem::take(&mut self.timed) {
            return Ok(());
        }
        let inbox = conversation.inbox_id;
        let begins = conversation.revision == 1;
        let limit = if begins { inboxes::time_limit_of(tx, inbox).await? } else { self.limit()? };
        // A change of the inbox looks at those that wait: it must see this one, or this one it.
        let (limit, hours) = if limit.is_some() { inboxes::keep_times(tx, inbox).await? } else { (None, None) };
        let conversation = &mut self.conversation;
        let (last_message, opened) = (conversation.last_activity_at, conversation.opened_at);
        let moments = Waits { first_unanswered, last_message, opened }.moments(limit.as_ref(), hours.as_ref());
        if moments != (conversation.warning_at, conversation.late_at) {
            (conversation.warning_at, conversation.late_at) = moments;
            self.limit_at = [moments.0, moments.1].into_iter().flatten().find(|at| *at > tx.now);
        }
        Ok(())
    }

    /// Somebody was told of the marks up to now.
    async fn told_of_limit(&self, tx: &mut Tx<'_>) -> Result<(), Problem> {
        let next = self.conversation.late_at.filter(|at| *at > tx.now);
        tx.put(
            sql!("UPDATE conversations SET limit_at = $3 WHERE workspace_id = $1 AND id = $2"),
            params![tx.workspace, self.conversation.id, next],
        )
        .await?;
        Ok(())
    }
}

/// When waiting is marked yellow and red.
pub(crate) type Moments = (Option<Ms>, Option<Ms>);

/// What a contact's waiting may count from.
pub(crate) struct Waits {
    pub first_unanswered: Ms,
    pub last_message: Ms,
    pub opened: Ms,
}

impl Waits {
    pub fn moments(&self, limit: Option<&TimeLimit>, hours: Option<&Hours>) -> Moments {
        let Some(limit) = limit else { return (None, None) };
        let start = match limit.counts_from {
            CountsFrom::FirstUnanswered => self.first_unanswered,
            CountsFrom::LastMessage => self.last_message,
            CountsFrom::FirstOfSession => self.opened,
        };
        limit.moments(start, hours)
    }
}
