//! The play: lanes and observers together, from the first sign-up to the history that the checker reads.
//!
//! Must stay true: everybody is connected and has written once before the first measured message; after the last one the
//! play waits until everything has arrived or nothing moves any more; what is stored is read back through the public
//! interface, by the administrator.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Result, bail, ensure};
use indicatif::ProgressBar;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinHandle;
use tokio::time::sleep;

use crate::client::http::Connection;
use crate::client::visitor::Visitor;
use crate::client::wire::Id;
use crate::clock::{Alarm, Micros};
use crate::history::{History, Observer, Scope, Stored};
use crate::people::Tally;
use crate::people::lane::{Lane, LaneDesk, Order, Written};
use crate::people::observer::{Observed, Seat, Signal, Watch, wait_for};
use crate::process::{self, Look};
use crate::progress;
use crate::stage::Stage;

/// How long a play waits while nothing moves, before it counts what is missing.
const PATIENCE: Duration = Duration::from_secs(10);
/// Silence after the last expected arrival, in which a double would show.
const AFTERMATH: Duration = Duration::from_millis(250);
/// Sockets that connect side by side.
const CONNECTING_AT_ONCE: usize = 64;
const READ_BACK_CONNECTIONS: usize = 4;
const SAMPLE_PERIOD: Duration = Duration::from_millis(100);

/// Who takes part.
#[derive(Clone, Copy, Debug)]
pub struct Cast {
    pub visitors: usize,
    /// Connections over which each visitor writes at the same time.
    pub lanes: usize,
    /// Visitors who hold a socket and write nothing.
    pub idle: usize,
    /// Share of messages that a visitor gives up after its connection broke.
    pub give_up_share: f64,
}

/// What the lanes are to do.
#[derive(Clone, Debug)]
pub enum Load {
    /// Open loop: a message at each of these times, lanes taking turns.
    Scheduled(Vec<Micros>),
    /// Closed loop for so many seconds: each lane sends when its last message was answered.
    BackToBack(f64),
}

/// A stretch of a play that is measured.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    pub start_us: Micros,
    /// When the last message was answered.
    pub end_us: Micros,
    pub before: Option<Look>,
    pub after: Option<Look>,
    pub own_cpu_s: f64,
    /// Largest resident memory of the server seen meanwhile, in bytes.
    pub rss_peak_bytes: Option<u64>,
}

impl Window {
    pub fn seconds(&self) -> f64 {
        (self.end_us - self.start_us) as f64 / 1e6
    }

    /// Processor time that the server took, in seconds.
    pub fn server_cpu_s(&self) -> Option<f64> {
        Some(self.after?.cpu_s - self.before?.cpu_s)
    }
}

/// A finished play.
pub struct Record {
    pub history: History,
    pub returns: Vec<(Micros, Micros)>,
    pub closes: BTreeMap<u16, u64>,
    pub refusals: BTreeMap<u16, u64>,
    pub breaks: u64,
    pub late_us: Vec<u32>,
}

/// A play that goes on.
pub struct Play<'a> {
    stage: &'a Stage,
    pub tally: Arc<Tally>,
    lanes: Vec<UnboundedSender<Order>>,
    writers: Vec<JoinHandle<Result<Written>>>,
    watchers: Vec<JoinHandle<Result<Observed>>>,
    signal: watch::Sender<Signal>,
    door: Arc<Semaphore>,
    ordered: u64,
    /// Arrivals that one acknowledged message leads to: each agent, and the visitor's own socket.
    arrivals_per_message: u64,
}

impl<'a> Play<'a> {
    /// Signs everybody up, brings them on stage and lets each lane write once.
    pub async fn open(stage: &'a Stage, cast: Cast) -> Result<Self> {
        let visitors = stage.visitors(cast.visitors + cast.idle).await?;
        Self::open_with(stage, cast, &visitors).await
    }

    /// The same with visitors who have signed up already, first those who write, then those who are idle.
    pub async fn open_with(stage: &'a Stage, cast: Cast, visitors: &[Visitor]) -> Result<Self> {
        let mut play = Self {
            stage,
            tally: Arc::default(),
            lanes: Vec::new(),
            writers: Vec::new(),
            watchers: Vec::new(),
            signal: watch::Sender::new(Signal::default()),
            door: Arc::new(Semaphore::new(CONNECTING_AT_ONCE)),
            ordered: 0,
            arrivals_per_message: stage.agents.len() as u64 + 1,
        };
        let bar = progress::bar("connecting", (cast.visitors + cast.idle + stage.agents.len()) as u64);
        play.seat_agents(&bar).await?;
        let (writing, idle) = visitors.split_at(cast.visitors);
        play.seat_writing(cast, writing, &bar).await?;
        play.seat_idle(idle, &bar).await?;
        bar.finish_and_clear();
        play.perform(Load::Scheduled(vec![stage.clock.now_us(); play.lanes.len()]), "warming up").await?;
        Ok(play)
    }

    /// Sockets that are open by now.
    pub fn sockets(&self) -> usize {
        self.watchers.len()
    }

    /// Carries a load out and returns when its last message is done with.
    pub async fn perform(&mut self, load: Load, title: &'static str) -> Result<Window> {
        let clock = self.stage.clock;
        let own_before_s = process::own_cpu_s()?;
        let before = self.stage.look();
        let peak = RssPeak::watch(self.stage.pid);
        let start_us = clock.now_us();
        match load {
            Load::Scheduled(times) => self.conduct(&times, title).await?,
            Load::BackToBack(seconds) => {
                let end_us = start_us + (seconds * 1e6) as Micros;
                for lane in 0..self.lanes.len() {
                    self.order(lane, Order::Until(end_us)).await?;
                }
                progress::during(title, Duration::from_secs_f64(seconds)).await;
            }
        }
        self.finish_orders().await?;
        let end_us = clock.now_us();
        let own_cpu_s = process::own_cpu_s()? - own_before_s;
        Ok(Window { start_us, end_us, before, after: self.stage.look(), own_cpu_s, rss_peak_bytes: peak.end() })
    }

    /// Something that can drop all sockets while the play goes on.
    pub fn dropper(&self) -> Dropper {
        Dropper { signal: self.signal.clone() }
    }

    /// Ends the play, waits for what is still under way, and reads back what is stored.
    pub async fn close(self) -> Result<Record> {
        let Self { stage, tally, lanes, writers, watchers, signal, arrivals_per_message, .. } = self;
        drop(lanes);
        let mut record = Record {
            history: History::default(),
            returns: Vec::new(),
            closes: BTreeMap::new(),
            refusals: BTreeMap::new(),
            breaks: 0,
            late_us: Vec::new(),
        };
        for writer in writers {
            record.add_written(writer.await??);
        }
        let expected = tally.acknowledged() * arrivals_per_message;
        wait_for(|| tally.arrived(), expected, PATIENCE).await;
        sleep(AFTERMATH).await;
        signal.send_modify(|signal| signal.stop = true);
        for watcher in watchers {
            record.add_observed(watcher.await??);
        }
        record.history.stored = read_back(stage, &record.history).await?;
        Ok(record)
    }

    async fn seat_agents(&mut self, bar: &ProgressBar) -> Result<()> {
        for (number, agent) in self.stage.agents.iter().enumerate() {
            let mut connection = Connection::open(&self.stage.target).await?;
            let from = agent.desk(&mut connection).await?;
            self.watch(Seat::Agent(agent.clone()), format!("agent {number}"), Scope::Inbox, from);
            bar.inc(1);
        }
        self.wait_for_sockets().await
    }

    async fn seat_writing(&mut self, cast: Cast, visitors: &[Visitor], bar: &ProgressBar) -> Result<()> {
        for (number, visitor) in visitors.iter().enumerate() {
            let first = (number * cast.lanes) as u32;
            let scope = Scope::Authors(first, cast.lanes as u32);
            self.watch(Seat::Visitor(visitor.clone()), format!("visitor {number}"), scope, visitor.from);
            for lane in 0..cast.lanes {
                let connection = Connection::open(&self.stage.target).await?;
                self.write(visitor, first + lane as u32, connection, cast.give_up_share);
            }
            bar.inc(1);
        }
        self.wait_for_sockets().await
    }

    async fn seat_idle(&mut self, visitors: &[Visitor], bar: &ProgressBar) -> Result<()> {
        for (number, visitor) in visitors.iter().enumerate() {
            let name = format!("idle visitor {number}");
            self.watch(Seat::Visitor(visitor.clone()), name, Scope::Authors(0, 0), visitor.from);
            bar.inc(1);
        }
        self.wait_for_sockets().await
    }

    fn watch(&mut self, seat: Seat, name: String, scope: Scope, from: u64) {
        let watch = Watch {
            clock: self.stage.clock,
            target: self.stage.target.clone(),
            run: self.stage.run,
            seat,
            observer: Observer { name, scope, from, resets: Vec::new(), seen: Vec::new() },
            signal: self.signal.subscribe(),
            tally: self.tally.clone(),
            door: self.door.clone(),
        };
        self.watchers.push(tokio::spawn(watch.follow()));
    }

    fn write(&mut self, visitor: &Visitor, author: u32, connection: Connection, give_up_share: f64) {
        let (orders, receiver) = unbounded_channel();
        let lane = Lane {
            clock: self.stage.clock,
            target: self.stage.target.clone(),
            run: self.stage.run,
            author,
            visitor: visitor.clone(),
            texts: self.stage.texts.clone(),
            tally: self.tally.clone(),
            give_up_share,
            desk: LaneDesk::new(connection, u64::from(self.stage.run) << 32 | u64::from(author)),
        };
        self.lanes.push(orders);
        self.writers.push(tokio::spawn(lane.work(receiver)));
    }

    /// Waits until every seated socket is ready.
    pub async fn wait_for_sockets(&self) -> Result<()> {
        if !wait_for(|| self.tally.open_sockets(), self.watchers.len() as u64, PATIENCE).await {
            let open = self.tally.open_sockets();
            bail!("only {open} of {} sockets became ready", self.watchers.len());
        }
        Ok(())
    }

    async fn conduct(&mut self, times: &[Micros], title: &'static str) -> Result<()> {
        let mut alarm = Alarm::new(self.stage.clock)?;
        let bar = progress::bar(title, times.len() as u64);
        for (number, time) in times.iter().enumerate() {
            alarm.until(*time).await?;
            self.order(number % self.lanes.len(), Order::At(*time)).await?;
            bar.inc(1);
        }
        bar.finish_and_clear();
        Ok(())
    }

    async fn order(&mut self, lane: usize, order: Order) -> Result<()> {
        self.ordered += 1;
        if self.lanes[lane].send(order).is_err() {
            self.writers.swap_remove(lane).await??;
        }
        Ok(())
    }

    /// Waits for all orders; a lane that ended early ends the play with its error.
    async fn finish_orders(&mut self) -> Result<()> {
        const LANE_PATIENCE: Duration = Duration::from_secs(90);
        let finished = wait_for(|| self.tally.orders_done(), self.ordered, LANE_PATIENCE).await;
        if let Some(ended) = self.writers.iter().position(JoinHandle::is_finished) {
            self.writers.swap_remove(ended).await??;
        }
        ensure!(finished, "the lanes did not finish within {} s", LANE_PATIENCE.as_secs());
        Ok(())
    }
}

/// Drops sockets.
pub struct Dropper {
    signal: watch::Sender<Signal>,
}

impl Dropper {
    /// Drops every socket at once; they come back by themselves.
    pub fn drop_all_sockets(&self) {
        self.signal.send_modify(|signal| signal.drops += 1);
    }
}

/// Watches the server's resident memory.
struct RssPeak {
    peak_bytes: Arc<AtomicU64>,
    task: JoinHandle<()>,
}

impl RssPeak {
    fn watch(pid: Option<u32>) -> Self {
        let peak_bytes = Arc::new(AtomicU64::new(0));
        let shared = peak_bytes.clone();
        let task = tokio::spawn(async move {
            while let Some(look) = pid.and_then(|pid| process::look(pid).ok()) {
                shared.fetch_max(look.rss_bytes, Ordering::Relaxed);
                sleep(SAMPLE_PERIOD).await;
            }
        });
        Self { peak_bytes, task }
    }

    fn end(self) -> Option<u64> {
        self.task.abort();
        Some(self.peak_bytes.load(Ordering::Relaxed)).filter(|peak| *peak > 0)
    }
}

impl Record {
    fn add_written(&mut self, written: Written) {
        self.history.sent.extend(written.sent);
        self.history.acked.extend(written.acked);
        self.late_us.extend(written.late_us);
        self.breaks += written.breaks;
        add_counts(&mut self.refusals, written.refusals);
    }

    fn add_observed(&mut self, observed: Observed) {
        self.history.observers.push(observed.observer);
        self.returns.extend(observed.returns);
        add_counts(&mut self.closes, observed.closes);
    }
}

fn add_counts(all: &mut BTreeMap<u16, u64>, more: BTreeMap<u16, u64>) {
    for (key, count) in more {
        *all.entry(key).or_default() += count;
    }
}

/// Reads every conversation of the run, from its first entry to its last.
async fn read_back(stage: &Stage, history: &History) -> Result<Vec<Stored>> {
    let conversations: BTreeSet<Id> = history.acked.iter().map(|acked| acked.conversation).collect();
    let conversations: Vec<Id> = conversations.into_iter().collect();
    let bar = progress::bar("reading back", conversations.len() as u64);
    let share = conversations.len().div_ceil(READ_BACK_CONNECTIONS).max(1);
    let tasks: Vec<_> = conversations
        .chunks(share)
        .map(|share| tokio::spawn(read_conversations(stage, share.to_vec(), bar.clone())))
        .collect();
    let mut stored = Vec::new();
    for task in tasks {
        stored.extend(task.await??);
    }
    bar.finish_and_clear();
    Ok(stored)
}

fn read_conversations(
    stage: &Stage,
    conversations: Vec<Id>,
    bar: ProgressBar,
) -> impl Future<Output = Result<Vec<Stored>>> + Send + 'static {
    let (target, administrator, run) = (stage.target.clone(), stage.administrator.clone(), stage.run);
    async move {
        let mut connection = Connection::open(&target).await?;
        let mut stored = Vec::new();
        for conversation in conversations {
            let entries = administrator.entries(&mut connection, conversation).await?;
            stored.extend(entries.into_iter().map(|entry| Stored {
                conversation,
                id: entry.id,
                position: entry.position,
                revision: entry.revision,
                written: entry.mark.filter(|mark| mark.run == run).map(|mark| (mark.author, mark.counter)),
            }));
            bar.inc(1);
        }
        Ok(stored)
    }
}
