//! How a batch is worked on: a page of its list or one conversation in each transaction, and a few dozen in each job, so
//! that others have their turn between. A job that is cut off is taken up where it was; one that runs twice does nothing
//! twice, because each step looks at how far the batch is while it holds it.

use super::{BatchState, Stored, act::Was};
use crate::{filter::ListQuery, list};
use base::{App, JobFailure, JobKind, Problem, Tx, refusal};
use db::{params, sql};
use ids::{BatchId, ConversationId, WorkspaceId};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Conversations, or pages of a list, in one job.
const AT_A_TIME: usize = 50;
/// Of a list at most.
const OF_A_LIST: i64 = 10_000;
/// Conversations that a page of the list is asked for.
const PAGE: i64 = 100;

pub static RUN: JobKind =
    JobKind { name: "batches.run", run: |app, workspace, turn| Box::pin(run(app, workspace, turn)) };
pub static FORGET: JobKind =
    JobKind { name: "batches.forget", run: |app, workspace, id| Box::pin(forget(app, workspace, id)) };

/// Whoever finds the batch in another state has nothing to do any more: none is entered twice.
#[derive(Serialize, Deserialize)]
struct Turn {
    batch: BatchId,
    state: BatchState,
}

/// Enqueues what is to be done next, when something is.
pub(super) async fn go_on(tx: &mut Tx<'_>, batch: &Stored) -> Result<(), Problem> {
    match batch.state {
        BatchState::Choosing | BatchState::Running | BatchState::TakingBack => {
            tx.enqueue(&RUN, &Turn { batch: batch.id, state: batch.state }, tx.now).await
        }
        BatchState::Chosen | BatchState::Done | BatchState::TakenBack => Ok(()),
    }
}

/// Adds what is not there yet; answers how many those were.
pub(super) async fn choose(tx: &mut Tx<'_>, batch: BatchId, ids: &[ConversationId]) -> Result<i64, Problem> {
    let mut fresh = 0;
    for id in ids {
        fresh += tx
            .execute(
                sql!(
                    "INSERT INTO batch_items (workspace_id, batch_id, conversation_id) VALUES ($1, $2, $3) \
                     ON CONFLICT DO NOTHING"
                ),
                &params![tx.workspace, batch, *id],
            )
            .await? as i64;
    }
    Ok(fresh)
}

async fn run(app: App, workspace: WorkspaceId, turn: String) -> Result<(), JobFailure> {
    let Turn { batch, state } = serde_json::from_str(&turn).map_err(|error| JobFailure::GiveUp(error.into()))?;
    let goes_on = match state {
        BatchState::Choosing => look_through(&app, workspace, batch).await?,
        _ => work(&app, workspace, batch, state).await?,
    };
    if goes_on {
        app.write(workspace, move |tx| Box::pin(rest(tx, batch, state))).await?;
    }
    Ok(())
}

/// The next job goes on where this one ends.
async fn rest(tx: &mut Tx<'_>, id: BatchId, state: BatchState) -> Result<(), Problem> {
    let found = Stored::find(tx, id).await?.filter(|batch| batch.state == state);
    let Some(batch) = found else { return Ok(()) };
    batch.tell(tx).await?;
    go_on(tx, &batch).await
}

/// What a page of the list held.
struct Looked {
    /// Where it was looked at.
    from: Option<String>,
    ids: Vec<ConversationId>,
    next: Option<String>,
}

/// Answers whether something is left.
async fn look_through(app: &App, workspace: WorkspaceId, id: BatchId) -> Result<bool, JobFailure> {
    for _ in 0..AT_A_TIME {
        let looked = app.read(workspace, move |tx| Box::pin(look(tx, id))).await?;
        let Some(looked) = looked else { return Ok(false) };
        if !app.write(workspace, move |tx| Box::pin(take(tx, id, looked))).await? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Who can no longer sign in sees nothing.
async fn look(tx: &mut Tx<'_>, id: BatchId) -> Result<Option<Looked>, Problem> {
    let found = Stored::find(tx, id).await?.filter(|batch| batch.state == BatchState::Choosing);
    let Some(batch) = found else { return Ok(None) };
    let from = batch.list_cursor;
    let Some(member) = people::as_caller(tx, batch.member).await? else {
        return Ok(Some(Looked { from, ids: Vec::new(), next: None }));
    };
    let list = ListQuery::parse(batch.list.as_deref().unwrap_or_default())?;
    let query = ListQuery { cursor: from.clone(), limit: Some(PAGE), ..list };
    let page = list::page(tx, &member, query).await?;
    let ids = page.items.iter().map(|item| item.conversation.id).collect();
    Ok(Some(Looked { from, ids, next: page.next_cursor }))
}

/// Takes what a page held, as far as there is room; answers whether another page is to be looked at.
async fn take(tx: &mut Tx<'_>, id: BatchId, looked: Looked) -> Result<bool, Problem> {
    let Looked { from, ids, next } = looked;
    let found = Stored::lock(tx, id).await?;
    let same = |batch: &Stored| batch.state == BatchState::Choosing && batch.list_cursor == from;
    let Some(mut batch) = found.filter(same) else { return Ok(false) };
    let room = (OF_A_LIST - batch.total) as usize;
    batch.total += choose(tx, id, &ids[..ids.len().min(room)]).await?;
    batch.more = ids.len() > room || (batch.total >= OF_A_LIST && next.is_some());
    batch.list_cursor = next.filter(|_| !batch.more);
    let goes_on = batch.list_cursor.is_some();
    if !goes_on {
        batch.state = if batch.act.is_some() { BatchState::Running } else { BatchState::Chosen };
        batch.tell(tx).await?;
        go_on(tx, &batch).await?;
    }
    batch.save(tx).await?;
    Ok(goes_on)
}

/// Answers whether something is left, and this is the job to do it.
async fn work(app: &App, workspace: WorkspaceId, id: BatchId, state: BatchState) -> Result<bool, JobFailure> {
    let next = app.read(workspace, move |tx| Box::pin(next(tx, id, state))).await?;
    let last = next.len() < AT_A_TIME;
    for conversation in next {
        let done = app.write(workspace, move |tx| Box::pin(step(tx, id, state, conversation))).await;
        let problem = match done {
            Ok(true) => continue,
            Ok(false) => return Ok(false),
            Err(problem) => problem,
        };
        // The database is away or full: the job is tried again.
        if [refusal::UNAVAILABLE, refusal::STORAGE_FULL].contains(&problem.refusal()) {
            return Err(problem.into());
        }
        if let Problem::Internal(error) = &problem {
            tracing::error!(%conversation, batch = %id, error = format!("{error:#}"), "failed to act on one of a batch");
        }
        let code = problem.refusal().code;
        app.write(workspace, move |tx| Box::pin(refuse(tx, id, state, conversation, code))).await?;
    }
    if last {
        app.write(workspace, move |tx| Box::pin(end(tx, id, state))).await?;
    }
    Ok(!last)
}

/// The next of them that something is done to.
async fn next(tx: &mut Tx<'_>, id: BatchId, state: BatchState) -> Result<Vec<ConversationId>, Problem> {
    let found = Stored::find(tx, id).await?.filter(|batch| batch.state == state);
    let Some(batch) = found else { return Ok(Vec::new()) };
    let outcome = (state == BatchState::TakingBack).then_some("done");
    let rows = tx
        .query(
            sql!(
                "SELECT conversation_id FROM batch_items WHERE workspace_id = $1 AND batch_id = $2 \
                 AND conversation_id > $3 AND COALESCE(outcome, '') = $4 ORDER BY conversation_id LIMIT $5"
            ),
            &params![
                tx.workspace,
                id,
                batch.reached.unwrap_or(ConversationId(ids::Uuid::nil())),
                outcome.unwrap_or_default(),
                AT_A_TIME as i64
            ],
        )
        .await?;
    Ok(rows.iter().map(|row| row.get("conversation_id")).collect::<Result<_, _>>()?)
}

/// The batch, while this conversation is the next of it.
async fn at(
    tx: &mut Tx<'_>,
    id: BatchId,
    state: BatchState,
    conversation: ConversationId,
) -> Result<Option<Stored>, Problem> {
    let found = Stored::lock(tx, id).await?;
    Ok(found.filter(|batch| batch.state == state && batch.reached.is_none_or(|reached| reached < conversation)))
}

/// Does it to one of them, or takes it back; answers whether this was the one to do it.
async fn step(tx: &mut Tx<'_>, id: BatchId, state: BatchState, conversation: ConversationId) -> Result<bool, Problem> {
    let Some(mut batch) = at(tx, id, state, conversation).await? else { return Ok(false) };
    let act = batch.act.clone().ok_or(refusal::NOT_FOUND)?;
    let member = Arc::new(people::as_caller(tx, batch.member).await?.ok_or(refusal::FORBIDDEN)?);
    tx.by = Some(member.clone());
    let (outcome, was) = if state == BatchState::TakingBack {
        let was = was(tx, id, conversation).await?.ok_or(refusal::NOT_FOUND)?;
        act.take_back(tx, &member, conversation, was).await?;
        ("taken_back", None)
    } else {
        let was = act.on(tx, &member, conversation).await?;
        (if was.is_some() { "done" } else { "same" }, was)
    };
    tx.put(
        sql!(
            "UPDATE batch_items SET outcome = $4, was = $5 \
             WHERE workspace_id = $1 AND batch_id = $2 AND conversation_id = $3"
        ),
        params![tx.workspace, id, conversation, outcome, was.as_ref().map(serde_json::to_string).transpose()?],
    )
    .await?;
    (batch.reached, batch.done) = (Some(conversation), batch.done + 1);
    batch.save(tx).await?;
    Ok(true)
}

async fn was(tx: &mut Tx<'_>, id: BatchId, conversation: ConversationId) -> Result<Option<Was>, Problem> {
    let row = tx
        .first(
            sql!(
                "SELECT was FROM batch_items WHERE workspace_id = $1 AND batch_id = $2 AND conversation_id = $3 \
                 AND was IS NOT NULL"
            ),
            &params![tx.workspace, id, conversation],
        )
        .await?;
    let was: Option<String> = row.map(|row| row.get("was")).transpose()?;
    Ok(was.map(|was| serde_json::from_str(&was)).transpose()?)
}

/// It is left as it is, and why is kept. What could not be taken back stays done.
async fn refuse(
    tx: &mut Tx<'_>,
    id: BatchId,
    state: BatchState,
    conversation: ConversationId,
    code: &'static str,
) -> Result<(), Problem> {
    let Some(mut batch) = at(tx, id, state, conversation).await? else { return Ok(()) };
    tx.put(
        sql!(
            "UPDATE batch_items SET outcome = COALESCE(outcome, 'refused'), code = $4 \
             WHERE workspace_id = $1 AND batch_id = $2 AND conversation_id = $3"
        ),
        params![tx.workspace, id, conversation, code],
    )
    .await?;
    (batch.reached, batch.refused) = (Some(conversation), batch.refused + 1);
    batch.save(tx).await
}

/// Nothing is left to do.
async fn end(tx: &mut Tx<'_>, id: BatchId, state: BatchState) -> Result<(), Problem> {
    let found = Stored::lock(tx, id).await?.filter(|batch| batch.state == state);
    let Some(mut batch) = found else { return Ok(()) };
    batch.state = if state == BatchState::TakingBack { BatchState::TakenBack } else { BatchState::Done };
    batch.ended_at = Some(tx.now);
    batch.save(tx).await?;
    batch.tell(tx).await
}

/// What is over is known no more. One that is still worked on is looked at again later.
async fn forget(app: App, workspace: WorkspaceId, id: String) -> Result<(), JobFailure> {
    let id: BatchId = serde_json::from_str(&id).map_err(|error| JobFailure::GiveUp(error.into()))?;
    app.write(workspace, move |tx| {
        Box::pin(async move {
            let Some(batch) = Stored::lock(tx, id).await? else { return Ok(()) };
            if matches!(batch.state, BatchState::Choosing | BatchState::Running | BatchState::TakingBack) {
                // Its job may have been given up: one too many does nothing twice.
                go_on(tx, &batch).await?;
                return tx.enqueue(&FORGET, &id, tx.now + super::KEPT_MS).await;
            }
            for sql in [
                sql!("DELETE FROM batch_items WHERE workspace_id = $1 AND batch_id = $2"),
                sql!("DELETE FROM batches WHERE workspace_id = $1 AND id = $2"),
            ] {
                tx.put(sql, params![tx.workspace, id]).await?;
            }
            Ok(())
        })
    })
    .await?;
    Ok(())
}
