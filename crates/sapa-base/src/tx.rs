//! One transaction with everything that commits together: the change, its events, its jobs.

use crate::{App, Audited, Follow, JobKind, MemberCaller, Ms, NewEvent, Problem, job::Lane};
use db::{Asked, Row, Sql, Value, params, sql};
use ids::{JobId, Uuid, WorkspaceId};
use serde::Serialize;
use std::{net::IpAddr, sync::Arc};

pub struct Tx<'a> {
    db: &'a mut db::Tx,
    app: &'a App,
    /// The workspace that every statement names.
    pub workspace: WorkspaceId,
    /// The time of this change; one value for all its rows.
    pub now: Ms,
    /// The address under which the browser asked; none outside of requests.
    pub(crate) asked: Option<String>,
    /// The member who asked, for the audit log; a command outside of a [`crate::Ctx`] says it itself.
    pub by: Option<Arc<MemberCaller>>,
    /// From where he asked.
    pub(crate) from: Option<IpAddr>,
    pub(crate) audited: Vec<Audited>,
    pub(crate) events: Vec<NewEvent>,
    /// How many were enqueued, for each lane.
    pub(crate) jobs: [u32; Lane::ALL.len()],
}

impl<'a> Tx<'a> {
    pub(crate) fn new(db: &'a mut db::Tx, app: &'a App, workspace: WorkspaceId) -> Self {
        Self {
            db,
            app,
            workspace,
            now: app.clock.now(),
            asked: None,
            by: None,
            from: None,
            audited: Vec::new(),
            events: Vec::new(),
            jobs: Default::default(),
        }
    }

    pub fn app(&self) -> &'a App {
        self.app
    }

    /// The address that links to us begin with: the configured one, or the one under which the browser asked.
    pub fn public_address(&self) -> &str {
        self.app.public_url.as_deref().or(self.asked.as_deref()).unwrap_or("http://localhost")
    }

    pub fn engine(&self) -> db::Engine {
        self.db.engine()
    }

    /// A fresh UUIDv7, to be wrapped in the id type it is for.
    pub fn uuid(&self) -> Uuid {
        self.app.random.uuid(self.now)
    }

    pub async fn query(&mut self, sql: &'static Sql, params: &[Value]) -> Result<Vec<Row>, db::Error> {
        self.db.query(sql, params).await
    }

    pub async fn first(&mut self, sql: &'static Sql, params: &[Value]) -> Result<Option<Row>, db::Error> {
        self.db.first(sql, params).await
    }

    /// For a query whose best plan depends on its values; see `db::Tx::query_planned`.
    pub async fn query_planned(&mut self, sql: &'static Sql, params: &[Value]) -> Result<Vec<Row>, db::Error> {
        self.db.query_planned(sql, params).await
    }

    /// Two queries, one after the other; see `db::Tx::both`.
    pub async fn both(&mut self, first: Asked<'_>, second: Asked<'_>) -> Result<(Vec<Row>, Vec<Row>), db::Error> {
        self.db.both(first, second).await
    }

    pub async fn execute(&mut self, sql: &'static Sql, params: &[Value]) -> Result<u64, db::Error> {
        self.db.execute(sql, params).await
    }

    /// A change whose result nobody needs; see `db::Tx::put`.
    pub async fn put(&mut self, sql: &'static Sql, params: Vec<Value>) -> Result<(), db::Error> {
        self.db.put(sql, params).await
    }

    /// A change that must touch exactly one row; see `db::Tx::put_one`.
    pub async fn put_one(&mut self, sql: &'static Sql, params: Vec<Value>) -> Result<(), db::Error> {
        self.db.put_one(sql, params).await
    }

    /// How many statements were asked for; tests hold requests to their budget with it.
    pub fn statements(&self) -> u32 {
        self.db.statements()
    }

    /// Adds an event; it leaves after the commit.
    pub fn emit(&mut self, event: NewEvent) {
        self.events.push(event);
    }

    /// Enqueues a job that is due at `due_at`. It carries ids only.
    pub async fn enqueue<P: Serialize>(&mut self, kind: &JobKind, payload: &P, due_at: Ms) -> Result<(), Problem> {
        self.enqueue_named(kind.name, payload, due_at).await
    }

    /// As [`Self::enqueue`], of a kind that is known by its name.
    pub async fn enqueue_named<P: Serialize>(&mut self, kind: &str, payload: &P, due_at: Ms) -> Result<(), Problem> {
        Ok(self.enqueue_text(kind, serde_json::to_string(payload)?, due_at).await?)
    }

    async fn enqueue_text(&mut self, kind: &str, payload: String, due_at: Ms) -> Result<(), db::Error> {
        let id = JobId(self.uuid());
        let lane = self.app.jobs.get(kind).map_or(Lane::Inside, |(_, lane)| *lane);
        self.put(
            sql!(
                "INSERT INTO jobs (id, workspace_id, kind, payload, due_at, attempts, lease, lane) \
                 VALUES ($1, $2, $3, $4, $5, 0, 0, $6)"
            ),
            params![id, self.workspace, kind, payload, due_at, lane as i64],
        )
        .await?;
        self.jobs[lane as usize] += 1;
        Ok(())
    }

    /// The newest event position; a snapshot takes it before it reads anything else.
    pub async fn position(&mut self) -> Result<i64, db::Error> {
        let row = self
            .first(sql!("SELECT position FROM event_positions WHERE workspace_id = $1"), &params![self.workspace])
            .await?;
        row.map_or(Ok(0), |row| row.get("position"))
    }

    async fn enqueue_followers(&mut self) -> Result<(), db::Error> {
        let events = std::mem::take(&mut self.events);
        for event in &events {
            let wanted = |follow: &&Follow| follow.event.name == event.kind.name && (follow.wants)(&event.facts);
            for follow in self.app.follows.iter().filter(wanted) {
                self.enqueue_text(follow.job.name, event.facts.clone(), self.now).await?;
            }
        }
        self.events = events;
        Ok(())
    }

    /// Writes the collected events, as the last thing of the transaction.
    pub(crate) async fn write_events(&mut self) -> Result<(), db::Error> {
        if self.events.is_empty() {
            return Ok(());
        }
        self.enqueue_followers().await?;
        let events = self.events.iter().map(|event| db::NewEvent {
            kind: event.kind.name,
            audience: &event.facts,
            payload: &event.payload,
        });
        self.db.log(self.workspace.0, self.now, events).await
    }
}
