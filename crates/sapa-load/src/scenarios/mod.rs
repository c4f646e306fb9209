//! The scenarios, one file each, and what those that send messages have in common.

mod burst;
mod check;
mod dataset;
mod desk;
mod flush_order;
mod idle;
mod kill;
mod limits;
mod lists;
mod max;
mod reconnect;
mod search;
mod start;
mod steady;
mod suite;
mod thread;

use anyhow::Result;
use clap::Subcommand;

use crate::Options;
use crate::history;
use crate::journal;
use crate::limits::Limits;
use crate::play::{Play, Record};
use crate::report::Report;
use crate::stage::Stage;

#[derive(Subcommand)]
pub enum Scenario {
    /// Messages at a fixed rate, open loop.
    Steady(steady::Arguments),
    /// As many messages as the server takes, closed loop.
    Max(max::Arguments),
    /// A quiet flow, a sudden burst, and the quiet flow again.
    Burst(burst::Arguments),
    /// Memory and processor time of many open sockets.
    Idle(idle::Arguments),
    /// All sockets drop at once and come back with their cursors.
    Reconnect(reconnect::Arguments),
    /// How long the program takes to start.
    Start(start::Arguments),
    /// First and deep pages of every list.
    Lists(lists::Arguments),
    /// Typical searches over a large number of messages.
    Search(search::Arguments),
    /// A very long conversation: opening it, paging through it, searching in it.
    Thread(thread::Arguments),
    /// How long a key press takes to be painted in a desk on which much happens; needs a browser.
    Desk(desk::Arguments),
    /// Write a data set of conversations for `sapa import`.
    Dataset(dataset::Arguments),
    /// Kill the server at random moments under load; nothing acknowledged may be missing.
    Kill(kill::Arguments),
    /// Trace the server's system calls: no answer before its flush.
    FlushOrder(flush_order::Arguments),
    /// All of them but the one that needs a browser, as `make bench` does.
    Suite(suite::Arguments),
    /// What this machine can do at best.
    Limits(limits::Arguments),
    /// Check the history files of an earlier run again.
    Check(check::Arguments),
}

impl Scenario {
    /// The scenarios that this one stands for.
    pub fn parts(self) -> Vec<Self> {
        match self {
            Self::Suite(arguments) => suite::scenarios(&arguments),
            scenario => vec![scenario],
        }
    }

    pub async fn run(&self, options: &Options) -> Result<Vec<Report>> {
        match self {
            Self::Suite(_) => Ok(Vec::new()),
            Self::Steady(arguments) => steady::run(options, arguments).await,
            Self::Max(arguments) => max::run(options, arguments).await,
            Self::Burst(arguments) => burst::run(options, arguments).await,
            Self::Idle(arguments) => idle::run(options, arguments).await,
            Self::Reconnect(arguments) => reconnect::run(options, arguments).await,
            Self::Start(arguments) => start::run(options, arguments).await,
            Self::Lists(arguments) => lists::run(options, arguments).await,
            Self::Search(arguments) => search::run(options, arguments).await,
            Self::Thread(arguments) => thread::run(options, arguments).await,
            Self::Desk(arguments) => desk::run(options, arguments).await,
            Self::Dataset(arguments) => dataset::run(options, arguments),
            Self::Kill(arguments) => kill::run(options, arguments).await,
            Self::FlushOrder(arguments) => flush_order::run(options, arguments).await,
            Self::Limits(arguments) => limits::run(options, arguments).await,
            Self::Check(arguments) => check::run(arguments),
        }
    }
}

/// Ends a play: waits for what is under way, keeps its history, checks it, and puts both limits and faults into the report.
async fn conclude(stage: &mut Stage, record: &Record, before: Limits, report: &mut Report) -> Result<()> {
    journal::write(&stage.bench.join("histories").join(&report.scenario), &record.history)?;
    let verdict = history::check(&record.history);
    if !verdict.is_clean()
        && let Some(server) = &mut stage.server
    {
        report.remarks.push(format!("the server's folder is kept: {}", server.keep_folder().display()));
    }
    report.record(record, verdict);
    report.limit_messages(before.slower(stage.limits().await?));
    Ok(())
}

/// Notes how many sockets were open.
fn note_sockets(play: &Play<'_>, report: &mut Report) {
    report.figure("sockets", play.sockets() as f64);
}
