//! The hub: one task that owns all listeners. Commits arrive with their positions, in any order; it delivers
//! them in the order of positions, and reads from the database what another node wrote.

use super::{
    Frame, Frames, Who, attendance, close, position_text,
    presence::{self, Whereabouts},
    replay, trim,
};
use crate::{App, Audience, Event, Metrics, Ms, NewEvent, Problem, VisitorCaller, job};
use axum::extract::ws::Utf8Bytes;
use db::{params, sql};
use ids::{ContactId, MemberId, WorkspaceId};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap, VecDeque},
    sync::Arc,
    time::Duration,
};
use tokio::{
    sync::{mpsc, oneshot},
    time::Instant,
};

/// Frames that may wait for a socket before it is cut; it resumes from its position.
const BACKLOG_FRAMES: usize = 512;
/// Recent events kept in memory, so that a crowd that reconnects costs no query.
const RECENT_EVENTS: usize = 4_096;
const SOCKETS_PER_MEMBER: usize = 20;
const SOCKETS_PER_VISITOR: usize = 5;
/// How long a hole in the positions may stay open before the database is asked.
const HOLE: Duration = Duration::from_millis(20);
/// Every socket hears the position this often: a heartbeat, and a cursor that moves on.
const HEARTBEAT_S: u64 = 30;
/// How often old events are looked for.
const TRIM_EVERY_S: u64 = 60;
/// How long the hub waits for what it can do without.
const PATIENCE: Duration = Duration::from_secs(2);
/// How often nodes that share a database look for each other's events, should no bell have rung.
const LOOK_AROUND_S: u64 = 5;

/// How often it is told again which members have a socket here.
pub const ATTENDANCE_S: u64 = 10;

/// A visitor without a socket for so long has left: a page that follows another opens its own within it.
const ABSENCE_MS: Ms = 15_000;

/// A message that is delivered now or never: typing.
pub struct Whisper {
    pub workspace: WorkspaceId,
    pub audience: Arc<dyn Audience>,
    /// The frame for members, when they are told.
    pub members: Option<String>,
    /// The frame for the audience's contact, when it is told.
    pub visitors: Option<String>,
    /// The listener that caused it and hears nothing.
    pub from: Option<ids::Uuid>,
}

/// The way to the hub. Its queue has no limit of its own: what enters it has passed the writer's limit.
#[derive(Clone)]
pub struct Hub {
    sender: mpsc::UnboundedSender<Message>,
}

enum Message {
    Committed { workspace: WorkspaceId, last: i64, events: Vec<NewEvent> },
    Subscribe { who: Who, workspace: WorkspaceId, after: Option<i64>, reply: oneshot::Sender<Option<Subscription>> },
    Unsubscribe { workspace: WorkspaceId, listener: u64 },
    Whisper(Whisper),
    Stop,
}

/// What a new listener gets.
pub(super) struct Subscription {
    pub listener: u64,
    /// Everything after it comes through `frames`.
    pub position: i64,
    /// What was missed, when memory still had it.
    pub missed: Option<Vec<Frame>>,
    pub frames: mpsc::Receiver<Frame>,
}

/// The hub's task before it starts.
pub(crate) struct HubWork {
    receiver: mpsc::UnboundedReceiver<Message>,
    metrics: Metrics,
}

struct Listener {
    who: Who,
    frames: mpsc::Sender<Frame>,
}

#[derive(Default)]
struct Stream {
    /// The position of the newest delivered event.
    position: i64,
    recent: VecDeque<Event>,
    early: BTreeMap<i64, Event>,
    listeners: HashMap<u64, Listener>,
    by_contact: HashMap<ContactId, Vec<u64>>,
    /// Events are shown to every member's listener; the many visitors are met through their contact, unless
    /// all are meant.
    by_member: HashMap<MemberId, Vec<u64>>,
    /// Visitors without a socket who may be back yet, with the time of the first tick that missed them.
    leaving: HashMap<ContactId, (Option<Ms>, Arc<VisitorCaller>)>,
}

impl Hub {
    pub(crate) fn new(metrics: Metrics) -> (Self, HubWork) {
        let (sender, receiver) = mpsc::unbounded_channel();
        (Self { sender }, HubWork { receiver, metrics })
    }

    pub(crate) fn committed(&self, workspace: WorkspaceId, last: i64, events: Vec<NewEvent>) {
        self.send(Message::Committed { workspace, last, events });
    }

    /// Delivers something that is not stored.
    pub fn whisper(&self, whisper: Whisper) {
        self.send(Message::Whisper(whisper));
    }

    pub(crate) fn stop(&self) {
        self.send(Message::Stop);
    }

    pub(super) async fn subscribe(&self, who: Who, workspace: WorkspaceId, after: Option<i64>) -> Option<Subscription> {
        let (reply, subscription) = oneshot::channel();
        self.send(Message::Subscribe { who, workspace, after, reply });
        subscription.await.ok().flatten()
    }

    pub(super) fn unsubscribe(&self, workspace: WorkspaceId, listener: u64) {
        self.send(Message::Unsubscribe { workspace, listener });
    }

    fn send(&self, message: Message) {
        // The hub's task ends with the process only.
        let _ = self.sender.send(message);
    }
}

impl HubWork {
    pub(crate) fn start(self, app: &App, job_workers: usize) {
        let (presences, whereabouts) = mpsc::unbounded_channel();
        let (attendances, attending) = mpsc::unbounded_channel();
        let task = Task {
            app: app.clone(),
            metrics: self.metrics,
            presences,
            attendances,
            streams: HashMap::new(),
            next_listener: 0,
            beat: 0,
        };
        tokio::spawn(task.run(self.receiver));
        tokio::spawn(presence::tell(app.clone(), whereabouts));
        tokio::spawn(attendance::tell(app.clone(), attending));
        job::start(app, job_workers);
    }
}

struct Task {
    app: App,
    metrics: Metrics,
    presences: mpsc::UnboundedSender<Whereabouts>,
    attendances: mpsc::UnboundedSender<BTreeSet<(WorkspaceId, MemberId)>>,
    streams: HashMap<WorkspaceId, Stream>,
    next_listener: u64,
    beat: u64,
}

impl Task {
    async fn run(mut self, mut receiver: mpsc::UnboundedReceiver<Message>) {
        let mut second = tokio::time::interval(Duration::from_secs(1));
        // Since when events wait for an earlier one. Traffic must not put the repair off.
        let mut hole_since: Option<Instant> = None;
        let bell = self.app.db.bell();
        self.complete_log().await;
        loop {
            let hole = self.streams.values().any(|stream| !stream.early.is_empty());
            hole_since = if hole { hole_since.or_else(|| Some(Instant::now())) } else { None };
            let repair_at = hole_since.unwrap_or_else(Instant::now) + HOLE;
            tokio::select! {
                biased;
                () = tokio::time::sleep_until(repair_at), if hole => {
                    hole_since = None;
                    self.look_around().await;
                }
                message = receiver.recv() => match message {
                    Some(message) => self.take(message).await,
                    None => break,
                },
                () = bell.notified() => self.look_around().await,
                _ = second.tick() => self.tick().await,
            }
        }
    }

    async fn take(&mut self, message: Message) {
        match message {
            Message::Committed { workspace, last, events } => {
                let first = last + 1 - events.len() as i64;
                let Some(stream) = self.stream(workspace, first - 1).await else { return };
                for (offset, event) in events.into_iter().enumerate() {
                    let position = first + offset as i64;
                    let event =
                        Event { position, kind: event.kind.name, audience: event.audience, payload: event.payload };
                    stream.early.insert(position, event);
                }
                self.deliver(workspace);
            }
            Message::Subscribe { who, workspace, after, reply } => {
                let subscription = self.subscribe(who, workspace, after).await;
                // A socket that went away meanwhile leaves a listener behind: it goes with its first frame.
                let _ = reply.send(subscription);
            }
            Message::Unsubscribe { workspace, listener } => {
                if let Some(stream) = self.streams.get_mut(&workspace) {
                    stream.remove(listener);
                    self.metrics.sockets.dec();
                }
            }
            Message::Whisper(whisper) => self.whisper(&whisper),
            Message::Stop => self.close_all(close::GOING),
        }
    }

    /// The stream of a workspace. A workspace that nobody listened to so far begins at the position that the
    /// database names, or at `known` when that is newer than nothing.
    async fn stream(&mut self, workspace: WorkspaceId, known: i64) -> Option<&mut Stream> {
        if !self.streams.contains_key(&workspace) {
            let position = match position(&self.app, workspace).await {
                // The event in hand is committed, so the database may already count it.
                Ok(position) => position.min(known),
                Err(problem) => {
                    tracing::warn!(%problem, "failed to read the newest event position");
                    return None;
                }
            };
            self.streams.insert(workspace, Stream { position, ..Stream::default() });
        }
        self.streams.get_mut(&workspace)
    }

    async fn subscribe(&mut self, who: Who, workspace: WorkspaceId, after: Option<i64>) -> Option<Subscription> {
        let listener = self.next_listener;
        self.next_listener += 1;
        let behind = self.stream(workspace, i64::MAX).await?.position < after.unwrap_or(0);
        if behind {
            // Another node told the listener more than this one has heard of yet.
            self.look_around().await;
        }
        let stream = self.streams.get_mut(&workspace)?;
        stream.make_room(&who);
        let position = stream.position;
        let missed = match after {
            None => Some(Vec::new()),
            Some(after) if after == position => Some(Vec::new()),
            Some(after)
                if stream.recent.front().is_some_and(|first| first.position <= after + 1) && after < position =>
            {
                let missed = stream.recent.partition_point(|event| event.position <= after);
                Some(replay::frames(stream.recent.range(missed..), &who))
            }
            Some(_) => None,
        };
        let (sender, frames) = mpsc::channel(BACKLOG_FRAMES);
        let own = stream.own(&who);
        let others = own.clone();
        own.push(listener);
        // The tasks that are told end with the process only.
        match &who {
            Who::Visitor(visitor) => {
                stream.leaving.remove(&visitor.contact);
                let _ = self.presences.send(Whereabouts { visitor: visitor.clone(), left: None });
            }
            Who::Member(member) if who.is_there() && !others.iter().any(|id| stream.is_there(id)) => {
                let _ = self.attendances.send(BTreeSet::from([(workspace, member.id)]));
            }
            Who::Member(_) => {}
        }
        stream.listeners.insert(listener, Listener { who, frames: sender });
        self.metrics.sockets.inc();
        Some(Subscription { listener, position, missed, frames })
    }

    fn deliver(&mut self, workspace: WorkspaceId) {
        let Some(stream) = self.streams.get_mut(&workspace) else { return };
        while let Some(event) = stream.next() {
            self.metrics.events.inc();
            self.app.forget_changed(&*event.audience);
            let slow = stream.tell(&event);
            self.metrics.slow_sockets.inc_by(slow);
            stream.remember(event);
        }
    }

    fn whisper(&mut self, whisper: &Whisper) {
        let Some(stream) = self.streams.get(&whisper.workspace) else { return };
        let (members, visitors) =
            (whisper.members.clone().map(Utf8Bytes::from), whisper.visitors.clone().map(Utf8Bytes::from));
        for (_, listener) in stream.heard_by(&*whisper.audience) {
            let (text, view, id) = match &listener.who {
                Who::Member(member) => (&members, whisper.audience.member(member), member.id.0),
                Who::Visitor(visitor) => (&visitors, whisper.audience.visitor(visitor), visitor.id.0),
            };
            if let (Some(text), crate::View::Whole(_)) = (text, view)
                && whisper.from != Some(id)
            {
                // What a full socket misses here expires by itself.
                let _ = listener.frames.try_send(Frame::Text(text.clone()));
            }
        }
    }

    async fn tick(&mut self) {
        self.beat += 1;
        let now = self.app.clock.now();
        for stream in self.streams.values_mut() {
            stream.heartbeat(self.beat);
            let gone = stream
                .leaving
                .extract_if(|_, (since, _)| *since.get_or_insert(now) + ABSENCE_MS <= now)
                .map(|(_, one)| one);
            for (left, visitor) in gone {
                // When everybody is told to go, nobody leaves by himself.
                if !self.app.is_stopping() {
                    let _ = self.presences.send(Whereabouts { visitor, left });
                }
            }
        }
        if self.beat.is_multiple_of(ATTENDANCE_S) {
            let members = |(workspace, stream): (&WorkspaceId, &Stream)| {
                let there = stream.by_member.iter().filter(|(_, own)| own.iter().any(|id| stream.is_there(id)));
                there.map(|(member, _)| (*workspace, *member)).collect::<Vec<_>>()
            };
            let here: BTreeSet<_> = self.streams.iter().flat_map(members).collect();
            if !here.is_empty() {
                let _ = self.attendances.send(here);
            }
        }
        if self.beat.is_multiple_of(TRIM_EVERY_S) {
            for workspace in self.streams.keys().copied() {
                let app = self.app.clone();
                tokio::spawn(async move {
                    if let Err(problem) = trim::trim(&app, workspace).await {
                        tracing::warn!(%problem, "failed to remove old events");
                    }
                });
            }
        }
        if self.app.db.engine() == db::Engine::Postgres && self.beat.is_multiple_of(LOOK_AROUND_S) {
            self.complete_log().await;
            self.look_around().await;
        }
    }

    /// Numbers what a node left that was killed between its commit and its flush.
    async fn complete_log(&self) {
        match tokio::time::timeout(PATIENCE, self.app.db.complete_log()).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "failed to number what was left"),
            Err(_) => tracing::warn!("the database takes too long to number what was left"),
        }
    }

    /// Reads from the database what other nodes wrote, or what a lost caller's commit left as a hole.
    async fn look_around(&mut self) {
        let behind: Vec<_> = self.streams.iter().map(|(workspace, stream)| (*workspace, stream.position)).collect();
        for (workspace, delivered) in behind {
            let newest = match position(&self.app, workspace).await {
                Ok(newest) => newest,
                Err(problem) => {
                    tracing::warn!(%problem, "failed to look for events of other nodes");
                    return;
                }
            };
            if newest > delivered {
                self.catch_up(workspace, delivered, newest).await;
            } else if newest < delivered {
                // The database was put back to an earlier time under the running server.
                tracing::warn!(delivered, newest, "positions went back, sockets reload");
                self.begin_anew(workspace);
            }
        }
    }

    async fn catch_up(&mut self, workspace: WorkspaceId, delivered: i64, newest: i64) {
        match replay::load(&self.app, workspace, delivered, newest).await {
            Ok(Some(events)) => {
                if let Some(stream) = self.streams.get_mut(&workspace) {
                    stream.early.extend(events.into_iter().map(|event| (event.position, event)));
                }
                self.deliver(workspace);
            }
            Ok(None) => {
                // Too far behind to tell one by one: the sockets come back and reload.
                tracing::warn!(delivered, newest, "the stream fell behind, sockets reload");
                self.begin_anew(workspace);
            }
            Err(problem) => tracing::warn!(%problem, "failed to read missed events"),
        }
    }

    fn begin_anew(&mut self, workspace: WorkspaceId) {
        self.app.forget_callers();
        self.close_all(close::TOO_SLOW);
        self.streams.remove(&workspace);
    }

    fn close_all(&mut self, code: u16) {
        for listener in self.streams.values().flat_map(|stream| stream.listeners.values()) {
            let _ = listener.frames.try_send(Frame::Close(code));
        }
    }
}

impl Stream {
    /// The next event in the order of positions; repeats are dropped.
    fn next(&mut self) -> Option<Event> {
        while let Some(first) = self.early.first_entry() {
            if *first.key() > self.position + 1 {
                return None;
            }
            let event = first.remove();
            if event.position == self.position + 1 {
                self.position = event.position;
                return Some(event);
            }
        }
        None
    }

    /// Hands an event to everyone who may see it; answers how many sockets were cut because they do not read.
    fn tell(&mut self, event: &Event) -> u64 {
        let mut frames = Frames::default();
        let mut cut = Vec::new();
        for (id, listener) in self.heard_by(&*event.audience) {
            let view = listener.who.view(event);
            let Some(frame) = frames.frame(event, &listener.who, view) else { continue };
            if listener.frames.try_send(frame).is_err() {
                cut.push(*id);
            }
        }
        for id in &cut {
            // Dropping the sender ends the socket's task with "too slow".
            self.remove(*id);
        }
        cut.len() as u64
    }

    /// Who may be in an audience: every member's listener, and those of its contact or of all contacts.
    fn heard_by(&self, audience: &dyn Audience) -> impl Iterator<Item = (&u64, &Listener)> {
        let all = audience.every_visitor().then(|| self.by_contact.values().flatten());
        let own = audience.contact().and_then(|contact| self.by_contact.get(&contact));
        let visitors = all.into_iter().flatten().chain(own.into_iter().flatten());
        self.by_member.values().flatten().chain(visitors).filter_map(|id| self.listeners.get_key_value(id))
    }

    fn remember(&mut self, event: Event) {
        if self.recent.len() == RECENT_EVENTS {
            self.recent.pop_front();
        }
        self.recent.push_back(event);
    }

    fn heartbeat(&mut self, beat: u64) {
        let text = position_text("position", self.position);
        for (id, listener) in &self.listeners {
            if id % HEARTBEAT_S == beat % HEARTBEAT_S {
                let _ = listener.frames.try_send(Frame::Text(text.clone()));
            }
        }
    }

    /// Cuts the oldest socket of somebody who opens one too many: it is the likeliest to be dead. A member's programs
    /// cut none of his own, nor he theirs.
    fn make_room(&mut self, who: &Who) {
        // Listeners are numbered as they come, and own lists keep that order.
        let mut alike = self.own(who).clone();
        alike.retain(|id| self.is_there(id) == who.is_there());
        if alike.len() >= who.socket_limit() {
            let oldest = alike[0];
            if let Some(listener) = self.listeners.get(&oldest) {
                let _ = listener.frames.try_send(Frame::Close(close::TOO_MANY));
            }
            self.remove(oldest);
        }
    }

    /// Whether a person sits at this listener.
    fn is_there(&self, listener: &u64) -> bool {
        self.listeners.get(listener).is_some_and(|listener| listener.who.is_there())
    }

    /// The listeners of the same person.
    fn own(&mut self, who: &Who) -> &mut Vec<u64> {
        match who {
            Who::Visitor(visitor) => self.by_contact.entry(visitor.contact).or_default(),
            Who::Member(member) => self.by_member.entry(member.id).or_default(),
        }
    }

    fn remove(&mut self, listener: u64) {
        let Some(Listener { who, .. }) = self.listeners.remove(&listener) else { return };
        let own = self.own(&who);
        own.retain(|id| *id != listener);
        if own.is_empty() {
            match who {
                Who::Visitor(visitor) => {
                    self.by_contact.remove(&visitor.contact);
                    self.leaving.insert(visitor.contact, (None, visitor));
                }
                Who::Member(member) => drop(self.by_member.remove(&member.id)),
            };
        }
    }
}

impl Who {
    /// A program of a member does not make him present.
    fn is_there(&self) -> bool {
        matches!(self, Self::Member(member) if member.token().is_none())
    }

    fn socket_limit(&self) -> usize {
        match self {
            Self::Member(_) => SOCKETS_PER_MEMBER,
            Self::Visitor(_) => SOCKETS_PER_VISITOR,
        }
    }
}

async fn position(app: &App, workspace: WorkspaceId) -> Result<i64, Problem> {
    app.read(workspace, move |tx| {
        Box::pin(async move {
            let row = tx
                .first(sql!("SELECT position FROM event_positions WHERE workspace_id = $1"), &params![workspace])
                .await?;
            Ok(row.map_or(Ok(0), |row| row.get("position"))?)
        })
    })
    .await
}
