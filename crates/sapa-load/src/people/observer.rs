//! An observer: one socket that follows the events it may see and notes what arrives.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use tokio::sync::{Semaphore, watch};
use tokio::time::{Instant, sleep, timeout};

use super::Tally;
use crate::client::agent::Agent;
use crate::client::socket::{Incoming, Socket};
use crate::client::visitor::Visitor;
use crate::client::wire::{Frame, FrameKind};
use crate::clock::{Clock, Micros};
use crate::history::{Observer, Seen};
use crate::target::Target;

const RETURN_PAUSE: Duration = Duration::from_millis(25);
const RETURN_TIME_MAX: Duration = Duration::from_secs(60);
const READY_TIMEOUT: Duration = Duration::from_secs(30);

/// Whose socket it is.
#[derive(Clone, Debug)]
pub enum Seat {
    Agent(Agent),
    Visitor(Visitor),
}

impl Seat {
    async fn socket(&self, target: &Target, position: u64) -> Result<Socket> {
        match self {
            Self::Agent(agent) => agent.socket(target, position).await,
            Self::Visitor(visitor) => visitor.socket(target, position).await,
        }
    }
}

/// What all observers of a run are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signal {
    /// Each step means: drop the socket now and come back.
    pub drops: u32,
    pub stop: bool,
}

/// What an observer brings home.
#[derive(Debug)]
pub struct Observed {
    pub observer: Observer,
    /// For each time it connected: when it began and when the server said ready.
    pub returns: Vec<(Micros, Micros)>,
    /// Ends of sockets by close code.
    pub closes: BTreeMap<u16, u64>,
}

/// One observer at work.
pub struct Watch {
    pub clock: Clock,
    pub target: Target,
    pub run: u32,
    pub seat: Seat,
    pub observer: Observer,
    pub signal: watch::Receiver<Signal>,
    pub tally: Arc<Tally>,
    /// Lets so many observers connect at the same time that the lanes are not kept waiting.
    pub door: Arc<Semaphore>,
}

impl Watch {
    /// Follows until the signal says stop.
    pub async fn follow(mut self) -> Result<Observed> {
        let mut cursor = self.observer.from;
        let mut observed = Observed { observer: self.observer.clone(), returns: Vec::new(), closes: BTreeMap::new() };
        while !self.signal.borrow_and_update().stop {
            let began_us = self.clock.now_us();
            let socket = self.come_back(cursor).await?;
            self.sit(socket, began_us, &mut cursor, &mut observed).await?;
        }
        Ok(observed)
    }

    async fn come_back(&self, cursor: u64) -> Result<Socket> {
        let give_up = Instant::now() + RETURN_TIME_MAX;
        let _turn = self.door.acquire().await?;
        loop {
            match self.seat.socket(&self.target, cursor).await {
                Ok(socket) => return Ok(socket),
                Err(error) if Instant::now() > give_up => {
                    return Err(error).with_context(|| format!("{} could not connect", self.observer.name));
                }
                Err(_) => sleep(RETURN_PAUSE).await,
            }
        }
    }

    /// One life of a socket, from hello to its end.
    async fn sit(
        &mut self,
        mut socket: Socket,
        began_us: Micros,
        cursor: &mut u64,
        observed: &mut Observed,
    ) -> Result<()> {
        let mut ready = false;
        loop {
            let incoming = tokio::select! {
                incoming = socket.next() => incoming,
                // Both a stop and a drop end this socket; `follow` decides what comes next.
                _ = self.signal.changed() => break,
                () = sleep(READY_TIMEOUT), if !ready => bail!("{} was never told ready", self.observer.name),
            };
            match incoming {
                Ok(Incoming::Text(text)) => {
                    let frame: Frame = serde_json::from_slice(text)
                        .with_context(|| format!("unreadable frame {}", String::from_utf8_lossy(text)))?;
                    if frame.kind == FrameKind::Ready {
                        ready = true;
                        observed.returns.push((began_us, self.clock.now_us()));
                        self.tally.open.fetch_add(1, Ordering::Relaxed);
                    }
                    self.note(&frame, cursor, &mut observed.observer);
                }
                Ok(Incoming::Closed(code)) => {
                    *observed.closes.entry(code).or_default() += 1;
                    break;
                }
                Err(error) if error.downcast_ref::<std::io::Error>().is_some() => {
                    *observed.closes.entry(crate::client::socket::CODE_ABRUPT).or_default() += 1;
                    break;
                }
                Err(error) => return Err(error),
            }
        }
        self.tally.open.fetch_sub(u64::from(ready), Ordering::Relaxed);
        Ok(())
    }

    fn note(&self, frame: &Frame, cursor: &mut u64, observer: &mut Observer) {
        if let Some(position) = frame.position {
            *cursor = position;
        }
        if frame.kind == FrameKind::Reset {
            observer.resets.push(*cursor);
        }
        let Some(change) = &frame.data else { return };
        let Some(conversation) = change.conversation else { return };
        let at_us = self.clock.now_us();
        for entry in &change.entries {
            let ours = entry.mark.filter(|mark| mark.run == self.run);
            if entry.mark.is_some() && ours.is_none() {
                continue;
            }
            self.tally.arrived.fetch_add(u64::from(ours.is_some()), Ordering::Relaxed);
            observer.seen.push(Seen {
                event: *cursor,
                conversation: conversation.id,
                id: entry.id,
                position: entry.position,
                revision: entry.revision,
                scheduled_us: ours.map(|mark| mark.scheduled_us),
                at_us,
            });
        }
    }
}

/// Waits until a count is reached; false when it stands still for too long.
pub async fn wait_for(count: impl Fn() -> u64, goal: u64, patience: Duration) -> bool {
    const POLL: Duration = Duration::from_millis(5);
    let mut last = count();
    while last < goal {
        let moved = timeout(patience, async {
            while count() == last {
                sleep(POLL).await;
            }
        });
        if moved.await.is_err() {
            return false;
        }
        last = count();
    }
    true
}
