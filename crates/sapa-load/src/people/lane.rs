//! A lane: one connection of one visitor that writes message after message.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use anyhow::{Context, Result};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use tokio::sync::mpsc::UnboundedReceiver;

use super::Tally;
use crate::client::http::{Connection, Refused};
use crate::client::visitor::Visitor;
use crate::client::wire::{Ack, Id};
use crate::clock::{Clock, Micros};
use crate::history::{Acked, Sent};
use crate::mark::Mark;
use crate::target::Target;

/// Pause before a message is tried again.
const RETRY_PAUSE: Duration = Duration::from_millis(25);
/// A message that is not stored after this time ends the run with an error.
const RETRY_TIME_MAX_US: Micros = 60_000_000;
const STATUS_TOO_MANY_REQUESTS: u16 = 429;
const STATUS_UNAVAILABLE: u16 = 503;

/// What a lane is asked to do next.
#[derive(Clone, Copy, Debug)]
pub enum Order {
    /// Write one message that was due at this time.
    At(Micros),
    /// Write one message after another until this time.
    Until(Micros),
}

/// What a lane brings home.
#[derive(Debug, Default)]
pub struct Written {
    pub sent: Vec<Sent>,
    pub acked: Vec<Acked>,
    /// How late this program itself started each send, after it was due and the lane was free, in microseconds.
    pub late_us: Vec<u32>,
    /// Answers "not now", by status.
    pub refusals: BTreeMap<u16, u64>,
    /// Connections that broke.
    pub breaks: u64,
}

/// One lane.
pub struct Lane {
    pub clock: Clock,
    pub target: Target,
    pub run: u32,
    pub author: u32,
    pub visitor: Visitor,
    pub texts: Arc<[String]>,
    pub tally: Arc<Tally>,
    /// After a broken connection, the share of messages that are given up instead of tried again.
    pub give_up_share: f64,
    pub desk: LaneDesk,
}

/// What a lane works with and on.
pub struct LaneDesk {
    connection: Option<Connection>,
    random: StdRng,
    body: Vec<u8>,
    /// When the last message was done with.
    free_us: Micros,
    written: Written,
}

impl LaneDesk {
    pub fn new(connection: Connection, seed: u64) -> Self {
        Self {
            connection: Some(connection),
            random: StdRng::seed_from_u64(seed),
            body: Vec::new(),
            free_us: 0,
            written: Written::default(),
        }
    }
}

impl Lane {
    /// Follows orders until there are no more.
    pub async fn work(mut self, mut orders: UnboundedReceiver<Order>) -> Result<Written> {
        while let Some(order) = orders.recv().await {
            match order {
                Order::At(due_us) => self.write(due_us).await?,
                Order::Until(end_us) => {
                    while self.clock.now_us() < end_us {
                        self.write(self.clock.now_us()).await?;
                    }
                }
            }
            self.tally.orders_done.fetch_add(1, Ordering::Relaxed);
        }
        Ok(self.desk.written)
    }

    async fn write(&mut self, due_us: Micros) -> Result<()> {
        let (author, counter) = (self.author, self.desk.written.sent.len() as u32);
        let mark = Mark { run: self.run, author, counter, scheduled_us: due_us };
        let text = format!("{mark} {}", self.texts[(author as usize + counter as usize) % self.texts.len()]);
        let id = Id::fresh();
        let sent_us = self.clock.now_us();
        let late_us = sent_us.saturating_sub(due_us.max(self.desk.free_us));
        self.desk.written.late_us.push(u32::try_from(late_us).unwrap_or(u32::MAX));
        self.desk.written.sent.push(Sent { author, counter, id, scheduled_us: due_us, sent_us });
        if let Some(ack) = self.deliver(id, &text).await? {
            let Ack { id, conversation_id: conversation, position, revision } = ack;
            self.desk.written.acked.push(Acked { id, conversation, position, revision, at_us: self.clock.now_us() });
            self.tally.acknowledged.fetch_add(1, Ordering::Relaxed);
        }
        self.desk.free_us = self.clock.now_us();
        Ok(())
    }

    /// Sends until the server has answered; `None` when the lane gave the message up.
    async fn deliver(&mut self, id: Id, text: &str) -> Result<Option<Ack>> {
        let started_us = self.clock.now_us();
        loop {
            let error = match self.attempt(id, text).await {
                Ok(ack) => return Ok(Some(ack)),
                Err(error) => error,
            };
            let written = &mut self.desk.written;
            match error.downcast_ref::<Refused>() {
                Some(Refused { status: status @ (STATUS_TOO_MANY_REQUESTS | STATUS_UNAVAILABLE), .. }) => {
                    *written.refusals.entry(*status).or_default() += 1;
                }
                Some(_) => return Err(error.context(format!("a message of visitor {} was refused", self.author))),
                None => {
                    written.breaks += u64::from(self.desk.connection.take().is_some());
                    if self.desk.random.random_bool(self.give_up_share) {
                        return Ok(None);
                    }
                }
            }
            if self.clock.now_us() - started_us > RETRY_TIME_MAX_US {
                return Err(error).context("a message could not be stored for a minute");
            }
            tokio::time::sleep(RETRY_PAUSE).await;
        }
    }

    async fn attempt(&mut self, id: Id, text: &str) -> Result<Ack> {
        let connection = match &mut self.desk.connection {
            Some(connection) => connection,
            empty => empty.insert(Connection::open(&self.target).await?),
        };
        self.visitor.send(connection, id, text, &mut self.desk.body).await
    }
}
