//! `lists`: how long each view of the desk takes over a large number of conversations, on its first page and deep
//! inside, for the administrator, who sees them all.
//!
//! With `--server` the data set is written and imported first; with `--url` the lists are taken as they are.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use clap::Args;
use hdrhistogram::Histogram;
use serde::Deserialize;
use serde_json::json;

use super::dataset;
use crate::client::http::Connection;
use crate::limits::histogram;
use crate::report::{Goal, Report};
use crate::stage::Stage;
use crate::{Options, progress};

const VIEWS: [&str; 4] = ["all", "queue", "mine", "closed"];
/// Members who share the open conversations with the administrator.
const AGENTS: usize = 19;
const PAGE_ITEMS: usize = 50;
/// Requests thrown away before a page is measured.
const WARM_UP: usize = 20;

#[derive(Args, Clone, Debug)]
pub struct Arguments {
    /// Conversations to import before, with --server.
    #[arg(long, default_value_t = 100_000)]
    pub conversations: usize,
    /// Messages per imported conversation, on average.
    #[arg(long, default_value_t = 10.0)]
    pub messages: f64,
    /// Requests measured for each page.
    #[arg(long, default_value_t = 1_000)]
    pub requests: usize,
    /// How many pages deep the deep page is.
    #[arg(long, default_value_t = 200)]
    pub deep: usize,
}

#[derive(Deserialize)]
struct Page {
    items: Vec<serde::de::IgnoredAny>,
    next_cursor: Option<String>,
}

pub async fn run(options: &Options, arguments: &Arguments) -> Result<Vec<Report>> {
    let parameters = json!({
        "conversations": arguments.conversations, "messages": arguments.messages, "requests": arguments.requests,
        "deep": arguments.deep,
    });
    let mut report = Report::new("lists", parameters);
    let mut stage = Stage::set(options, AGENTS).await?;
    if stage.server.is_some() {
        import(options, arguments.conversations, arguments.messages, &mut stage, &mut report).await?;
    }
    let before = stage.limits().await?;
    let bar = progress::bar("lists", VIEWS.len() as u64 + 1);
    let mut desk = Desk { connection: Connection::open(&stage.target).await?, stage: &stage };
    report.percentiles_in_brief("first_load", &desk.measure("/api/v1/desk?view=mine", arguments.requests).await?);
    bar.inc(1);
    for view in VIEWS {
        let first = format!("/api/v1/conversations?view={view}&limit={PAGE_ITEMS}");
        report.percentiles_in_brief(&format!("{view}_first"), &desk.measure(&first, arguments.requests).await?);
        report.goal(&format!("{view}_first_p99_ms"), Goal::AtMost(5.0));
        let (deep, pages) = desk.deep_page(&first, arguments.deep).await?;
        if pages > 1 {
            report.percentiles_in_brief(&format!("{view}_deep"), &desk.measure(&deep, arguments.requests).await?);
            report.goal(&format!("{view}_deep_p99_ms"), Goal::AtMost(5.0));
        }
        report.figure(format!("{view}_pages_deep"), pages as f64);
        bar.inc(1);
    }
    bar.finish_and_clear();
    // A page is read, not flushed: the loopback round trip is the limit that counts.
    let limits = before.slower(stage.limits().await?);
    report.limit_family("", "_p50_ms", limits.ping_pong_p50_ms);
    report.limits = Some(limits);
    stage.clear().await?;
    Ok(vec![report])
}

/// Writes the data set and lets `sapa import` load it into the folder of the stopped server.
pub(super) async fn import(
    options: &Options,
    conversations: usize,
    messages: f64,
    stage: &mut Stage,
    report: &mut Report,
) -> Result<()> {
    let data = dataset::Arguments {
        conversations,
        messages,
        holders: stage.holders(),
        until_ms: None,
        output: stage.bench.join("dataset.jsonl"),
    };
    let messages = dataset::write(&data.output, &data, options.seed)?;
    let server = stage.server.as_mut().context("no server of our own")?;
    let took: Duration = server.import(&data.output).await?;
    stage.pid = server.pid();
    report.figure("imported_messages", messages as f64);
    report.figure("imported_messages_per_s", messages as f64 / took.as_secs_f64());
    Ok(())
}

/// The administrator at work, one request after the other.
pub(super) struct Desk<'a> {
    pub connection: Connection,
    pub stage: &'a Stage,
}

impl Desk<'_> {
    pub async fn measure(&mut self, path: &str, requests: usize) -> Result<Histogram<u64>> {
        let mut times = histogram();
        for number in 0..WARM_UP + requests {
            let start_us = self.stage.clock.now_us();
            self.connection.get(path, &self.stage.administrator.credential).await?.success()?;
            let took_us = self.stage.clock.now_us() - start_us;
            if number >= WARM_UP {
                times.saturating_record(took_us.max(1));
            }
        }
        Ok(times)
    }

    /// Turns pages by their cursors; returns the path of the last full page and its number.
    async fn deep_page(&mut self, first: &str, depth: usize) -> Result<(String, usize)> {
        let mut path = first.to_owned();
        for number in 1..=depth {
            let answer = self.connection.get(&path, &self.stage.administrator.credential).await?;
            let page: Page = answer.json()?;
            ensure!(page.items.len() <= PAGE_ITEMS, "a page of {PAGE_ITEMS} held {}", page.items.len());
            match page.next_cursor {
                Some(cursor) if number < depth => path = format!("{first}&cursor={cursor}"),
                _ => return Ok((path, number)),
            }
        }
        Ok((path, depth))
    }
}
