//! Those who act in a run: lanes that write, observers that watch, and guests who do what people do.
//!
//! A lane is one visitor's HTTP connection; it writes one message at a time and repeats it under the same id until the
//! server has answered. An observer is one socket; it follows from its cursor and comes back after every break. Must
//! stay true: both only record, in memory of their own; nothing is judged or written to disk while the run goes on.

pub mod guest;
pub mod lane;
pub mod observer;

use std::sync::atomic::{AtomicU64, Ordering};

/// Live counters of a run, to know when everything has arrived.
#[derive(Debug, Default)]
pub struct Tally {
    acknowledged: AtomicU64,
    arrived: AtomicU64,
    open: AtomicU64,
    orders_done: AtomicU64,
}

impl Tally {
    /// Messages that the server has answered for.
    pub fn acknowledged(&self) -> u64 {
        self.acknowledged.load(Ordering::Relaxed)
    }

    /// Messages that arrived at sockets, each socket counting.
    pub fn arrived(&self) -> u64 {
        self.arrived.load(Ordering::Relaxed)
    }

    /// Orders that lanes have finished.
    pub fn orders_done(&self) -> u64 {
        self.orders_done.load(Ordering::Relaxed)
    }

    /// Sockets that are ready at this moment.
    pub fn open_sockets(&self) -> u64 {
        self.open.load(Ordering::Relaxed)
    }
}
