//! `thread`: how long a very long conversation takes to open, to page through and to search, for the administrator.

use std::time::Duration;

use anyhow::{Context, Result};
use clap::Args;
use serde::Deserialize;
use serde_json::json;

use super::dataset;
use super::lists::Desk;
use crate::client::http::Connection;
use crate::limits::histogram;
use crate::report::{Goal, Report};
use crate::stage::Stage;
use crate::{Options, progress};

const PAGE_ENTRIES: usize = 50;
const INDEXED_AFTER: Duration = Duration::from_secs(60);

#[derive(Args, Clone, Debug)]
pub struct Arguments {
    /// Messages of the conversation.
    #[arg(long, default_value_t = 100_000)]
    pub entries: usize,
    /// Requests measured for each page.
    #[arg(long, default_value_t = 200)]
    pub requests: usize,
}

#[derive(Deserialize)]
struct List {
    items: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    conversation: Conversation,
}

#[derive(Deserialize)]
struct Conversation {
    id: String,
    last_position: u64,
}

#[derive(Deserialize)]
struct Hits {
    hits: Vec<serde::de::IgnoredAny>,
}

pub async fn run(options: &Options, arguments: &Arguments) -> Result<Vec<Report>> {
    let parameters = json!({ "entries": arguments.entries, "requests": arguments.requests });
    let mut report = Report::new("thread", parameters);
    let mut stage = Stage::set(options, 1).await?;
    let server = stage.server.as_mut().context("a long conversation is made with --server only")?;
    let file = stage.bench.join("thread.jsonl");
    dataset::write_long(&file, arguments.entries, options.seed)?;
    let took = server.import(&file).await?;
    stage.pid = server.pid();
    report.figure("imported_messages_per_s", arguments.entries as f64 / took.as_secs_f64());
    let before = stage.limits().await?;
    let mut desk = Desk { connection: Connection::open(&stage.target).await?, stage: &stage };
    let credential = &stage.administrator.credential;
    let list: List = desk.connection.get("/api/v1/conversations?view=all", credential).await?.json()?;
    let Conversation { id, last_position } =
        list.items.into_iter().next().context("the conversation is not in the list")?.conversation;
    report.figure("entries", last_position as f64);

    let one = format!("/api/v1/conversations/{id}");
    let bar = progress::bar("thread", 5);
    report.percentiles_in_brief("open", &desk.measure(&one, arguments.requests).await?);
    report.goal("open_p99_ms", Goal::AtMost(200.0));
    bar.inc(1);
    for (name, before) in [("middle", last_position / 2), ("beginning", PAGE_ENTRIES as u64)] {
        let page = format!("{one}/entries?before={before}&limit={PAGE_ENTRIES}");
        report.percentiles_in_brief(name, &desk.measure(&page, arguments.requests).await?);
        report.goal(&format!("{name}_p99_ms"), Goal::AtMost(200.0));
        bar.inc(1);
    }
    // From the newest page to the very first entry, as a reader would who never lets go of the wheel.
    let mut times = histogram();
    let mut position = last_position;
    while position > 1 && times.len() < arguments.requests as u64 {
        let page = format!("{one}/entries?before={position}&limit={PAGE_ENTRIES}");
        let start_us = stage.clock.now_us();
        desk.connection.get(&page, credential).await?.success()?;
        times.saturating_record((stage.clock.now_us() - start_us).max(1));
        position = position.saturating_sub(PAGE_ENTRIES as u64);
    }
    report.percentiles_in_brief("upwards", &times);
    bar.inc(1);
    let search = format!("{one}/search?q=order");
    let until = tokio::time::Instant::now() + INDEXED_AFTER;
    while tokio::time::Instant::now() < until {
        let found: Hits = desk.connection.get(&search, credential).await?.json()?;
        if !found.hits.is_empty() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    report.percentiles_in_brief("search_within", &desk.measure(&search, arguments.requests).await?);
    report.goal("search_within_p99_ms", Goal::AtMost(100.0));
    bar.finish_and_clear();
    let limits = before.slower(stage.limits().await?);
    report.limit_family("", "_p50_ms", limits.ping_pong_p50_ms);
    report.limits = Some(limits);
    stage.clear().await?;
    Ok(vec![report])
}
