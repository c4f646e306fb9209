//! A batch: one act on many conversations, chosen by hand or all that a list holds.
//!
//! What must stay true: a batch is a series of the same commands as those of one conversation, each in a transaction of
//! its own with the permit of whoever asked for it; what it is done to stands fast before it begins, so that nobody does
//! more than he was told; the id is the client's, and asking twice begins one. Absent: acts of its own.

mod act;
mod run;

pub use act::Act;
pub use run::{FORGET, RUN};

use crate::{
    BATCH_OVER, ID_REUSED, TAG_UNKNOWN,
    entry::spelled,
    event::{BATCH, OneMember},
    filter::ListQuery,
};
use axum::Json;
use base::{Body, Caller, Ctx, MemberCaller, Ms, NewEvent, Permit, Problem, Tx, refusal};
use db::{FromValue, Row, Sql, params, sql};
use ids::{BatchId, ConversationId, MemberId};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// That may be chosen by hand.
const BY_HAND: usize = 500;
/// Of one member that are looked for or worked on at the same time.
const AT_ONCE: i64 = 5;
/// For so long after the last one was done all of it may be taken back.
const TAKE_BACK_MS: Ms = 60_000;
/// For so long it is known.
const KEPT_MS: Ms = 24 * 3_600_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BatchState {
    /// Its list is looked through.
    Choosing,
    /// What it is about stands fast; what is done is still to be said.
    Chosen,
    Running,
    Done,
    /// What was done is taken back.
    TakingBack,
    TakenBack,
}

spelled!(
    BatchState,
    "the state of a batch was expected",
    Choosing = "choosing",
    Chosen = "chosen",
    Running = "running",
    Done = "done",
    TakingBack = "taking_back",
    TakenBack = "taken_back"
);

/// What it is about.
#[derive(Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Choice {
    /// At most 500.
    Conversations { ids: Vec<ConversationId> },
    /// All of a list, at most 10,000: what stands behind the question mark where it is asked for.
    List { list: String },
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BeginBatch {
    pub of: Choice,
    /// Said later, it waits until then.
    pub act: Option<Act>,
}

/// Why some were left as they were.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = BatchRefusal)]
pub struct Refused {
    /// Of the refusal.
    pub code: String,
    pub conversations: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Batch {
    pub id: BatchId,
    pub state: BatchState,
    pub act: Option<Act>,
    /// So many were found so far; of what is taken back, so many were done.
    pub total: i64,
    /// The list holds more than are taken.
    pub more: bool,
    pub done: i64,
    pub refused: Vec<Refused>,
}

/// How a batch stands, for whoever asked for it.
#[derive(Serialize, Deserialize, ToSchema)]
pub struct BatchUpdated {
    pub batch: Batch,
}

/// A batch of one's own, begun or not.
pub struct OwnBatch {
    member: Arc<MemberCaller>,
    id: BatchId,
}

impl Permit for OwnBatch {
    type Target = BatchId;

    async fn grant(caller: &Caller, id: BatchId, _tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let member = caller.member()?.clone();
        // It goes on with all rights of its member, whatever a token leaves of them.
        member.must_be_signed_in()?;
        Ok(Self { member, id })
    }
}

/// Its row.
struct Stored {
    id: BatchId,
    member: MemberId,
    state: BatchState,
    list: Option<String>,
    list_cursor: Option<String>,
    act: Option<Act>,
    reached: Option<ConversationId>,
    total: i64,
    done: i64,
    refused: i64,
    more: bool,
    ended_at: Option<Ms>,
}

macro_rules! select {
    ($also:literal) => {
        concat!(
            "SELECT id, member_id, state, list, list_cursor, act, reached, total, done, refused, more, ended_at \
             FROM batches WHERE workspace_id = $1 AND id = $2",
            $also
        )
    };
}

const LOCK: &Sql = sql!(sqlite: select!(""), postgres: select!(" FOR UPDATE"));

impl Stored {
    fn from_row(row: &Row) -> Result<Self, Problem> {
        let act: Option<String> = row.get("act")?;
        Ok(Self {
            id: row.get("id")?,
            member: row.get("member_id")?,
            state: row.get("state")?,
            list: row.get("list")?,
            list_cursor: row.get("list_cursor")?,
            act: act.map(|act| serde_json::from_str(&act)).transpose()?,
            reached: row.get("reached")?,
            total: row.get("total")?,
            done: row.get("done")?,
            refused: row.get("refused")?,
            more: row.get::<i64>("more")? != 0,
            ended_at: row.get("ended_at")?,
        })
    }

    async fn find(tx: &mut Tx<'_>, id: BatchId) -> Result<Option<Self>, Problem> {
        let row = tx.first(sql!(select!("")), &params![tx.workspace, id]).await?;
        row.as_ref().map(Self::from_row).transpose()
    }

    /// To change it: whoever works on it too waits. It is locked before the conversation, and by nobody who holds one.
    async fn lock(tx: &mut Tx<'_>, id: BatchId) -> Result<Option<Self>, Problem> {
        let row = tx.first(LOCK, &params![tx.workspace, id]).await?;
        row.as_ref().map(Self::from_row).transpose()
    }

    /// The permit's, hidden when it is another's.
    async fn own(tx: &mut Tx<'_>, permit: &OwnBatch) -> Result<Self, Problem> {
        let found = Self::lock(tx, permit.id).await?.filter(|found| found.member == permit.member.id);
        found.ok_or_else(|| refusal::NOT_FOUND.into())
    }

    fn is_back(&self) -> bool {
        matches!(self.state, BatchState::TakingBack | BatchState::TakenBack)
    }

    async fn view(&self, tx: &mut Tx<'_>) -> Result<Batch, Problem> {
        let refused = if self.refused > 0 { self.reasons(tx).await? } else { Vec::new() };
        let Self { id, state, act, total, more, done, .. } = self;
        Ok(Batch { id: *id, state: *state, act: act.clone(), total: *total, more: *more, done: *done, refused })
    }

    /// Of taking back only those which could not be taken back: they stay done.
    async fn reasons(&self, tx: &mut Tx<'_>) -> Result<Vec<Refused>, Problem> {
        let rows = tx
            .query(
                sql!(
                    "SELECT code, COUNT(*) AS conversations FROM batch_items WHERE workspace_id = $1 \
                     AND batch_id = $2 AND code IS NOT NULL AND outcome = $3 GROUP BY code \
                     ORDER BY conversations DESC, code"
                ),
                &params![tx.workspace, self.id, if self.is_back() { "done" } else { "refused" }],
            )
            .await?;
        let reasons = rows.iter().map(|row| {
            Ok::<_, db::Error>(Refused { code: row.get("code")?, conversations: row.get("conversations")? })
        });
        Ok(reasons.collect::<Result<_, _>>()?)
    }

    /// Its member hears how it stands.
    async fn tell(&self, tx: &mut Tx<'_>) -> Result<(), Problem> {
        let batch = self.view(tx).await?;
        tx.emit(NewEvent::new(&BATCH, OneMember { member: self.member }, &BatchUpdated { batch })?);
        Ok(())
    }

    async fn insert(&self, tx: &mut Tx<'_>) -> Result<(), Problem> {
        tx.put(
            sql!(
                "INSERT INTO batches (workspace_id, id, member_id, state, list, act, total, done, refused, more, \
                 began_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0, 0, $8)"
            ),
            params![
                tx.workspace,
                self.id,
                self.member,
                self.state.as_str(),
                self.list.clone(),
                self.act.as_ref().map(serde_json::to_string).transpose()?,
                self.total,
                tx.now
            ],
        )
        .await?;
        Ok(())
    }

    /// Writes how far it is.
    async fn save(&self, tx: &mut Tx<'_>) -> Result<(), Problem> {
        tx.put(
            sql!(
                "UPDATE batches SET state = $3, list_cursor = $4, act = $5, reached = $6, total = $7, done = $8, \
                 refused = $9, more = $10, ended_at = $11 WHERE workspace_id = $1 AND id = $2"
            ),
            params![
                tx.workspace,
                self.id,
                self.state.as_str(),
                self.list_cursor.clone(),
                self.act.as_ref().map(serde_json::to_string).transpose()?,
                self.reached,
                self.total,
                self.done,
                self.refused,
                i64::from(self.more),
                self.ended_at
            ],
        )
        .await?;
        Ok(())
    }
}

/// Begins it, or answers how the one of this id stands.
async fn begin(tx: &mut Tx<'_>, permit: OwnBatch, asked: BeginBatch) -> Result<Batch, Problem> {
    if let Some(known) = Stored::find(tx, permit.id).await? {
        return if known.member == permit.member.id { known.view(tx).await } else { Err(ID_REUSED.into()) };
    }
    must_be_possible(tx, asked.act.as_ref()).await?;
    must_have_room(tx, permit.member.id).await?;
    let (list, ids) = match asked.of {
        Choice::Conversations { ids } if ids.len() > BY_HAND => {
            return Err(refusal::INVALID_BODY.with("detail", format!("ids: at most {BY_HAND}")));
        }
        Choice::Conversations { ids } => (None, ids),
        Choice::List { list } => {
            ListQuery::parse(&list)?;
            (Some(list), Vec::new())
        }
    };
    let mut batch = Stored {
        id: permit.id,
        member: permit.member.id,
        state: match (&list, &asked.act) {
            (Some(_), _) => BatchState::Choosing,
            (None, None) => BatchState::Chosen,
            (None, Some(_)) => BatchState::Running,
        },
        list,
        list_cursor: None,
        act: asked.act,
        reached: None,
        total: 0,
        done: 0,
        refused: 0,
        more: false,
        ended_at: None,
    };
    batch.total = run::choose(tx, batch.id, &ids).await?;
    batch.insert(tx).await?;
    run::go_on(tx, &batch).await?;
    tx.enqueue(&FORGET, &batch.id, tx.now + KEPT_MS).await?;
    batch.view(tx).await
}

async fn must_have_room(tx: &mut Tx<'_>, member: MemberId) -> Result<(), Problem> {
    let row = tx
        .first(
            sql!(
                "SELECT COUNT(*) AS active FROM batches WHERE workspace_id = $1 AND member_id = $2 \
                 AND state IN ('choosing', 'running', 'taking_back')"
            ),
            &params![tx.workspace, member],
        )
        .await?;
    let active: i64 = row.map_or(Ok(0), |row| row.get("active"))?;
    if active < AT_ONCE { Ok(()) } else { Err(refusal::TOO_MANY_REQUESTS.into()) }
}

/// A tag that nobody knows would be refused for each of them.
async fn must_be_possible(tx: &mut Tx<'_>, act: Option<&Act>) -> Result<(), Problem> {
    for tag in act.map(Act::tags).unwrap_or_default() {
        tags::find(tx, *tag).await?.ok_or(TAG_UNKNOWN)?;
    }
    Ok(())
}

/// Says what is done to those that were chosen. The same once more changes nothing.
async fn give_act(tx: &mut Tx<'_>, permit: OwnBatch, act: Act) -> Result<Batch, Problem> {
    let mut batch = Stored::own(tx, &permit).await?;
    if batch.act.as_ref() == Some(&act) {
        return batch.view(tx).await;
    }
    if batch.state != BatchState::Chosen {
        // Something else is done to them already, or they are not found yet.
        return Err(ID_REUSED.into());
    }
    must_be_possible(tx, Some(&act)).await?;
    (batch.state, batch.act) = (BatchState::Running, Some(act));
    batch.save(tx).await?;
    run::go_on(tx, &batch).await?;
    batch.view(tx).await
}

/// Stops it, and takes back what was done.
async fn take_back(tx: &mut Tx<'_>, permit: OwnBatch) -> Result<Batch, Problem> {
    let mut batch = Stored::own(tx, &permit).await?;
    match batch.state {
        BatchState::TakingBack | BatchState::TakenBack => return batch.view(tx).await,
        BatchState::Done if batch.ended_at.is_none_or(|at| at + TAKE_BACK_MS < tx.now) => {
            return Err(BATCH_OVER.into());
        }
        BatchState::Choosing | BatchState::Chosen | BatchState::Running | BatchState::Done => {}
    }
    let done = tx
        .first(
            sql!(
                "SELECT COUNT(*) AS done FROM batch_items WHERE workspace_id = $1 AND batch_id = $2 \
                 AND outcome = 'done'"
            ),
            &params![tx.workspace, batch.id],
        )
        .await?;
    batch.total = done.map_or(Ok(0), |row| row.get("done"))?;
    (batch.state, batch.reached, batch.done, batch.refused) = (BatchState::TakingBack, None, 0, 0);
    batch.ended_at = None;
    batch.save(tx).await?;
    run::go_on(tx, &batch).await?;
    batch.view(tx).await
}

/// Choose conversations, and do something to all of them
#[utoipa::path(
    put, path = "/api/v1/batches/{batch}", tag = "batches",
    params(("batch" = BatchId, Path)), request_body = BeginBatch,
    responses((status = 200, body = Batch), (status = "default", body = base::ProblemBody))
)]
pub async fn begin_batch(ctx: Ctx<OwnBatch>, Body(asked): Body<BeginBatch>) -> Result<Json<Batch>, Problem> {
    ctx.write(move |tx, permit| Box::pin(begin(tx, permit, asked))).await.map(Json)
}

/// Say what is done to those that were chosen
#[utoipa::path(
    put, path = "/api/v1/batches/{batch}/act", tag = "batches",
    params(("batch" = BatchId, Path)), request_body = Act,
    responses((status = 200, body = Batch), (status = "default", body = base::ProblemBody))
)]
pub async fn act_on_batch(ctx: Ctx<OwnBatch>, Body(act): Body<Act>) -> Result<Json<Batch>, Problem> {
    ctx.write(move |tx, permit| Box::pin(give_act(tx, permit, act))).await.map(Json)
}

/// Look how far it is
#[utoipa::path(
    get, path = "/api/v1/batches/{batch}", tag = "batches",
    params(("batch" = BatchId, Path)),
    responses((status = 200, body = Batch), (status = "default", body = base::ProblemBody))
)]
pub async fn show_batch(ctx: Ctx<OwnBatch>) -> Result<Json<Batch>, Problem> {
    ctx.read(|tx, permit| {
        Box::pin(async move {
            let found = Stored::find(tx, permit.id).await?.filter(|found| found.member == permit.member.id);
            found.ok_or(refusal::NOT_FOUND)?.view(tx).await
        })
    })
    .await
    .map(Json)
}

/// Stop it and take back what was done
#[utoipa::path(
    delete, path = "/api/v1/batches/{batch}", tag = "batches",
    params(("batch" = BatchId, Path)),
    responses((status = 200, body = Batch), (status = "default", body = base::ProblemBody))
)]
pub async fn take_batch_back(ctx: Ctx<OwnBatch>) -> Result<Json<Batch>, Problem> {
    ctx.write(|tx, permit| Box::pin(take_back(tx, permit))).await.map(Json)
}
